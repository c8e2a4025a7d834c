import type { CursorDocument, ForeignCursor, OwnCursor } from "snorky";
import type { Board } from "./board.js";
import type { Actions } from "./controls.js";
import { Paced } from "./paced.js";
import { type Point, pointIn } from "./point.js";

/** At least between two positions that are sent, in milliseconds. */
const PACE = 40;
const OWN = "own";

/** What a cursor's status is on this page: how many ripples it has left so far. */
interface Status {
  readonly ripples: number;
}

/** The pointers of a document, the own one and those of others, on a board. */
export class Place implements Actions {
  private readonly own: OwnCursor;
  private readonly positions: Paced<Point>;
  private readonly ripples = new Map<number, unknown>();
  private status: Status = { ripples: 0 };
  position: Point = { x: 0.4 + 0.2 * Math.random(), y: 0.4 + 0.2 * Math.random() };

  /** @param changed called when somebody came or left */
  constructor(
    private readonly document: CursorDocument,
    private readonly board: Board,
    name: string,
    private readonly changed: () => void,
  ) {
    const { position, status } = this;
    const [own, created] = document.createCursor({ position, status });
    this.own = own;
    created.catch(() => {}); // the document was lost: that is told
    this.positions = new Paced(PACE, (position) => this.update({ position }));
    board.add(OWN, name, position).element.classList.add("own");
    for (const cursor of document.cursors) {
      if (!cursor.isMine) {
        this.add(cursor);
      }
    }
    document.cursorAdded.add(this.add);
    document.cursorUpdated.add(this.follow);
    document.cursorRemoved.add(this.remove);
    changed();
  }

  /** Moves the own pointer. */
  move(to: Point): void {
    this.position = to;
    this.board.move(OWN, to, true);
    this.positions.set(to);
  }

  /** Leaves a ripple at the own pointer. */
  ripple(): void {
    this.board.ripple(OWN);
    this.status = { ripples: this.status.ripples + 1 };
    this.update({ position: this.position, status: this.status });
  }

  /** Clears the board, when the document was lost. */
  end(): void {
    this.board.remove(OWN);
    for (const handle of this.ripples.keys()) {
      this.board.remove(handle);
    }
    this.document.cursorAdded.remove(this.add);
    this.document.cursorUpdated.remove(this.follow);
    this.document.cursorRemoved.remove(this.remove);
  }

  private update(data: { readonly position: Point; readonly status?: Status }): void {
    this.own.update(data).catch(() => {}); // only the latest counts, and that is sent again
  }

  private readonly add = ({ publicHandle, owner, position, status }: ForeignCursor): void => {
    this.ripples.set(publicHandle, ripplesIn(status));
    this.board.add(publicHandle, String(owner), pointIn(position));
    this.changed();
  };

  private readonly follow = ({ publicHandle, position, status }: ForeignCursor): void => {
    this.board.move(publicHandle, pointIn(position));
    const ripples = ripplesIn(status);
    if (ripples !== this.ripples.get(publicHandle)) {
      this.ripples.set(publicHandle, ripples);
      this.board.ripple(publicHandle);
    }
  };

  private readonly remove = ({ publicHandle }: ForeignCursor): void => {
    this.ripples.delete(publicHandle);
    this.board.remove(publicHandle);
    this.changed();
  };
}

/** @param status what somebody says, which may be anything */
function ripplesIn(status: unknown): unknown {
  return (status as Partial<Status> | null)?.ripples;
}

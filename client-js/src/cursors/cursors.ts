import { canonical } from "../canonical.js";
import { isRecord, jsonType } from "../checks.js";
import type { SnorkyConnectionError } from "../errors.js";
import { HoldingService } from "../holding-service.js";
import { guarded } from "../report.js";
import type { CallOptions, Notification } from "../rpc-service.js";
import type { Signal } from "../signal.js";
import type { Snorky } from "../snorky.js";
import { Cursor } from "./cursor.js";
import { Document } from "./document.js";
import { checkCursor, ForeignCursor } from "./foreign-cursor.js";
import { OwnCursor } from "./own-cursor.js";

/** How many cursors a page may have, over all documents of a service. */
const PRIVATE_HANDLES = 256;

/**
 * Where everybody is in shared documents, whose names are any JSON values.
 *
 * After a lost connection the documents are joined again, before anything else is sent, and one's own
 * cursors are created again where they are then. The signals of the documents tell what else has
 * changed in between.
 */
export class Cursors extends HoldingService<Document> {
  static Document = Document;
  static Cursor = Cursor;
  static OwnCursor = OwnCursor;
  static ForeignCursor = ForeignCursor;

  /** The documents that are joined, by the JSON of their names with sorted keys. */
  readonly documents: Record<string, Document> = {};
  /** The page's cursors in all documents, by their private handles, 0 to 255. */
  readonly ownCursors: Record<number, OwnCursor> = {};
  /** Dispatched when the server refuses to let the page join a document again. */
  readonly documentLost: Signal<[lost: { readonly document: Document; readonly error: Error }]>;
  /** Dispatched when the server refuses to create a cursor of the page's again. */
  readonly cursorLost: Signal<[lost: { readonly cursor: OwnCursor; readonly error: Error }]>;

  private lastHandle = -1;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.documentLost = snorky.createSignal();
    this.cursorLost = snorky.createSignal();
  }

  /**
   * Joins a document. The first call for a document that is joined again after a lost connection does
   * not ask twice, and gets the same `Document`.
   *
   * @param document its name
   * @returns the document. Rejected with `Not authenticated` and `Already joined` by the server, and
   *     as `rpcCall`
   */
  join({ document }: { readonly document: unknown }): Promise<Document> {
    return this.take(
      document,
      () => new Document(this, document),
      (joined) => joined,
    );
  }

  /**
   * Leaves a document; the page's cursors in it are removed.
   *
   * @param document its name
   * @returns null. Rejected with `Not joined` by the server, and as `rpcCall`
   */
  leave({ document }: { readonly document: unknown }, options?: CallOptions): Promise<null> {
    return this.give(document, "leave", { document }, options);
  }

  /** As of every service with commands; the command `leave` does as the method. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what their commands return
  override rpcCall<Result = any>(
    command: string,
    params: object = {},
    options: CallOptions = {},
  ): Promise<Result> {
    if (command === "leave" && "document" in params) {
      return this.leave({ document: params.document }, options) as Promise<Result>;
    }
    return super.rpcCall(command, params, options);
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    super.connectionClosed(error, final);
    for (const document of this.holdings()) {
      document.left();
    }
  }

  /** @internal */
  call(
    command: string,
    params: object,
    resolve: (answer: unknown) => void,
    reject: (error: unknown) => void,
  ): void {
    this.startCall(command, params, {}, resolve, reject);
  }

  /** @internal */
  freePrivateHandle(): number {
    for (let i = 1; i <= PRIVATE_HANDLES; i++) {
      const handle = (this.lastHandle + i) % PRIVATE_HANDLES;
      if (!(handle in this.ownCursors)) {
        this.lastHandle = handle;
        return handle;
      }
    }
    throw new RangeError(
      `cursors: ${PRIVATE_HANDLES} (expected: fewer than that before one is created)`,
    );
  }

  /** @internal */
  whenCursorLost(cursor: OwnCursor, error: Error): void {
    this.snorky.report(error, `${this.name}: a cursor could not be created again`);
    this.cursorLost.dispatch({ cursor, error });
  }

  protected override notified(notification: Notification): void {
    super.notified(notification);
    if (/^cursor(Added|Updated|Removed)$/.test(notification.type)) {
      guarded(
        () => this.tell(notification),
        `the server sent a malformed ${notification.type} to ${this.name}`,
        this.snorky.report,
      );
    }
  }

  protected override askFor({ name }: Document) {
    return ["join", { document: name }] as const;
  }

  protected override whenGranted(document: Document, answer: unknown): void {
    if (!isRecord(answer) || !Array.isArray(answer.cursors)) {
      throw new TypeError(`join: ${jsonType(answer)} (expected: an object with cursors, an array)`);
    }
    const cursors = answer.cursors.map(checkCursor);
    this.documents[canonical(document.name)] = document;
    document.joined(cursors);
  }

  protected override whenReleased(document: Document, error: Error | null): void {
    delete this.documents[canonical(document.name)];
    document.left();
    for (const cursor of document.own()) {
      document.drop(cursor, error);
    }
  }

  protected override whenLost(document: Document, error: Error): void {
    this.whenReleased(document, error);
    this.snorky.report(error, `${this.name}: a document could not be joined again`);
    this.documentLost.dispatch({ document, error });
  }

  private tell({ type, cursor }: Notification): void {
    const data = checkCursor(cursor);
    const document = this.holding(data.document);
    if (document) {
      document.notified(type, data);
    } else {
      this.snorky.logDebug("a cursor of a document that is not joined:", data);
    }
  }
}

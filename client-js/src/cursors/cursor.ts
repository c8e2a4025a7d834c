import type { Document } from "./document.js";

/** Where somebody is in a document. */
export abstract class Cursor {
  /** Whether the page owns it: then it is an `OwnCursor`, else a `ForeignCursor`. */
  abstract readonly isMine: boolean;
  /** By what the others in the document know it, from 0 to 65535. */
  abstract readonly publicHandle: number | undefined;
  /** By what its owner and the server know it, from 0 to 255. Of one's own cursors alone. */
  abstract readonly privateHandle: number | undefined;
  /** The owner's identity: any JSON value. Of foreign cursors alone. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  abstract readonly owner: any;
  /** Where it is: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their positions
  abstract readonly position: any;
  /** What its owner does there: any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know what is done in their documents
  abstract readonly status: any;
  /** What it is in. */
  abstract readonly document: Document;
  /** Whether it is not there any more. */
  abstract readonly removed: boolean;
}

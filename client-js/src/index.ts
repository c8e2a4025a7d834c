export type { BackoffOptions } from "./backoff.js";
export { Chat, type ChatMessage, type ChatPresence, type ChatRead } from "./chat.js";
export { Class, type ClassBody, type MadeClass } from "./class.js";
export type { Clock } from "./clock.js";
export type { Disconnection } from "./connection.js";
export type { CursorUpdate } from "./cursors/change.js";
export { Cursor } from "./cursors/cursor.js";
export { Cursors } from "./cursors/cursors.js";
export { Document as CursorDocument } from "./cursors/document.js";
export { ForeignCursor } from "./cursors/foreign-cursor.js";
export { OwnCursor } from "./cursors/own-cursor.js";
export { ArrayCollection } from "./datasync/array-collection.js";
export { Collection, type CollectionIterator } from "./datasync/collection.js";
export {
  type Acquired,
  type AcquireParams,
  DataSync,
  type ResumeParams,
  type SubscriptionsLost,
} from "./datasync/datasync.js";
export type { DeleteDelta, Delta, InsertDelta, UpdateDelta } from "./datasync/delta.js";
export {
  CollectionDeltaProcessor,
  type Collections,
  type DeltaProcessor,
  type ProcessorOptions,
} from "./datasync/delta-processor.js";
export type { ItemsAreEqual, RowId } from "./datasync/equality.js";
export type { Fetched, KeepSyncedOptions, LiveState } from "./datasync/keep-synced.js";
export type { CollectionChange, ListOptions } from "./datasync/list-collection.js";
export { ListCollection } from "./datasync/list-collection.js";
export { LiveList, type LiveListOptions } from "./datasync/live-list.js";
export { LiveSubscription } from "./datasync/live-subscription.js";
export type { VersionOf } from "./datasync/row-versions.js";
export { SingleItemCollection } from "./datasync/single-item-collection.js";
export { SnapshotCollection } from "./datasync/snapshot-collection.js";
export {
  type FetchFunction,
  type RequestOptions,
  SnorkyFetchError,
} from "./datasync/subscribing-request.js";
export {
  SnorkyConnectionError,
  SnorkyQueueFullError,
  SnorkyRPCError,
  SnorkyTimeoutError,
} from "./errors.js";
export type { IdentifiedEvent } from "./identity.js";
export { type DirectMessage, Messaging } from "./messaging.js";
export type { Settings, SnorkyOptions } from "./options.js";
export {
  type ChannelPresence,
  type ChannelState,
  type PublishedMessage,
  PubSub,
  type SubscribeParams,
} from "./pubsub.js";
export type { ErrorReporter } from "./report.js";
export { type CallOptions, type Notification, type RPCMethod, RPCService } from "./rpc-service.js";
export { Service, type ServiceClass } from "./service.js";
export { Signal, type SignalBinding, type SignalListener } from "./signal.js";
export {
  type ConnectedEvent,
  type PromiseClass,
  type ServiceClasses,
  type ServicesOf,
  Snorky,
} from "./snorky.js";
export type { Socket, SocketClass, SocketCloseEvent } from "./socket.js";
export type { TokenOption, TokenSource } from "./token.js";

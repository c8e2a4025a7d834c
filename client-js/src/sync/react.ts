import {
  type Context,
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { isRecord } from "../checks.js";
import type { ActionOf, ActionsParams, AnyActions, NameOf } from "./actions.js";
import type { Draft } from "./draft.js";
import { Session } from "./session.js";
import { type StoreOptions, SyncedStore } from "./store.js";
import { show, type Toaster } from "./toast.js";

/** The session of the components below a `SessionProvider` that names no other context. */
export const SessionContext: Context<Session | null> = createContext<Session | null>(null);

/** What a `SessionProvider` takes. */
export interface SessionProviderProps {
  /** Address of the server's endpoint. Another one makes another session. */
  readonly url: string;
  /** What the server is called in messages to the user; "Server" if unset. */
  readonly label?: string;
  /** Shows messages to the user. */
  readonly toast?: Toaster;
  /** Whether to connect while it is mounted; true if unset. */
  readonly autoconnect?: boolean;
  /** Whether the server, if it asks, is told the ids that the page's storages keep; false if unset. */
  readonly wsAuth?: boolean;
  /** How binary data is handed over; `"blob"` if unset. */
  readonly binaryType?: "blob" | "arraybuffer";
  /** For pages with several sessions: the context to provide this one in. */
  readonly context?: Context<Session | null>;
  readonly children?: ReactNode;
}

/** Makes a session and provides it to the components below, connected while it is mounted. */
export function SessionProvider(props: SessionProviderProps): ReactNode {
  const { url, label, toast, autoconnect = true, wsAuth, binaryType, context, children } = props;
  const session = useMemo(
    () => new Session({ url, label, wsAuth, binaryType }),
    [url, label, wsAuth, binaryType],
  );
  useEffect(() => {
    session.toast = toast;
  }, [session, toast]);
  // Runs after the effects of the components below: their handlers are there when it connects.
  useEffect(() => (autoconnect ? session.connect() : undefined), [session, autoconnect]);
  return createElement(context ?? SessionContext, { value: session }, children);
}

/**
 * The session of the `SessionProvider` above.
 *
 * @throws Error if there is none
 */
export function useSession(context: Context<Session | null> = SessionContext): Session {
  const session = useContext(context);
  if (session === null) {
    throw new Error("session: none (expected: a SessionProvider above, or a session given)");
  }
  return session;
}

/** Whether the session is connected; renders anew when that changes. */
export function useIsConnected(given?: Session): boolean {
  const session = useGivenSession(given);
  const subscribe = useMemo(
    () => (listener: () => void) => session.onConnectionChange(listener),
    [session],
  );
  return useSyncExternalStore(
    subscribe,
    () => session.isConnected,
    () => false,
  );
}

type Setters<S> = {
  readonly [K in keyof S & string as `set${Capitalize<K>}`]: (value: S[K]) => void;
};
type Syncers<S> = {
  readonly [K in keyof S & string as `sync${Capitalize<K>}`]: (value: S[K]) => void;
};

/** What can be done with a synced object. */
export type SyncedControls<
  S extends object,
  A extends ActionsParams = AnyActions,
  T extends ActionsParams = AnyActions,
> = {
  readonly sendAction: (action: ActionOf<A>) => void;
  readonly startTask: (task: ActionOf<T>) => void;
  readonly cancelTask: (task: { readonly type: NameOf<T> }) => void;
  readonly sendBinary: (action: ActionOf<A>, data: ArrayBuffer) => void;
  readonly fetchRemoteState: () => void;
  readonly sendState: (state: Partial<S>) => void;
};

/**
 * The members of a synced object; for each member `x` the function `setX`, which shows another value
 * here alone, and `syncX`, which the server gets; and what else can be done with it.
 */
export type Synced<
  S extends object,
  A extends ActionsParams = AnyActions,
  T extends ActionsParams = AnyActions,
> = Readonly<S> & Setters<S> & Syncers<S> & SyncedControls<S, A, T>;

/**
 * A synced object of the server's.
 *
 * @param initial shown until the server has sent its state; its members are those that have setters
 * @param session the one of the `SessionProvider` above if unset
 * @param sendOnInit whether the server is sent the page's state with each connection
 */
export function useSynced<
  S extends object,
  A extends ActionsParams = AnyActions,
  T extends ActionsParams = AnyActions,
>(key: string, initial: S, session?: Session, sendOnInit = false): Synced<S, A, T> {
  const store = useStoreOf<S, A, T>(key, initial, session, { sendOnInit });
  const state = useSnapshot(store);
  const members = Object.keys(state).join("\n");
  const controls = useMemo(() => controlsOf(store, members.split("\n")), [store, members]);
  return useMemo(() => ({ ...state, ...controls }) as Synced<S, A, T>, [state, controls]);
}

/** A synced object that is only looked at. The server is asked for its state. */
export function useObserved<S extends object>(
  key: string,
  initial: S,
  session?: Session,
): Readonly<S> {
  return useSnapshot(useStoreOf<S, AnyActions, AnyActions>(key, initial, session, OBSERVED));
}

const OBSERVED = { fetchOnInit: true };

/** An action of a reducer's. */
export interface ReducerAction {
  readonly type: string;
}

/**
 * Changes a draft of the state, in place.
 *
 * @param sync sends what was changed
 * @param delegate calls the server's action: the one given, or the one that is being reduced
 */
export type SyncedReducer<S extends object, D extends ReducerAction> = (
  draft: Draft<S>,
  action: D,
  sync: () => void,
  delegate: (action?: ReducerAction & Record<string, unknown>) => void,
) => unknown;

/**
 * A synced object whose state a reducer changes. Actions of the server's are dispatched, too.
 *
 * The reducer runs once per dispatch, at once; `sync` and `delegate` take effect right after it, in
 * the order of the calls. Several dispatches in one batch are several runs, each with its effects.
 * Changes that are not synced are sent with the next ones that are.
 *
 * @returns the state, and the function that dispatches, which stays the same
 */
export function useSyncedReducer<S extends object, D extends ReducerAction>(
  key: string,
  reducer: SyncedReducer<S, D>,
  initial: S,
  session?: Session,
  sendOnInit = false,
): [state: S, dispatch: (action: D) => void] {
  const store = useStoreOf<S, AnyActions, AnyActions>(key, initial, session, { sendOnInit });
  const latest = useRef(reducer);
  useEffect(() => {
    latest.current = reducer;
  });
  const dispatch = useMemo(() => {
    return (action: D) => reduce(store, latest.current, action);
  }, [store]);
  useEffect(() => {
    store.onAction((action) => {
      dispatch(action as D);
      return true;
    });
    return () => store.onAction(null);
  }, [store, dispatch]);
  return [useSnapshot(store), dispatch];
}

/**
 * Shows the messages that the server sends with `toast`.
 *
 * @param prefix put before each message
 */
export function useRemoteToast(session: Session, toast: Toaster, prefix = ""): void {
  const latest = useRef({ toast, prefix });
  useEffect(() => {
    latest.current = { toast, prefix };
  });
  useEffect(() => {
    const handler = (data: unknown) => {
      if (isRecord(data)) {
        show(latest.current.toast, data.type, `${latest.current.prefix}${data.message}`);
      }
    };
    session.registerEvent("_TOAST", handler);
    return () => session.deregisterEvent("_TOAST", handler);
  }, [session]);
}

function useGivenSession(given: Session | undefined): Session {
  const provided = useContext(SessionContext);
  const session = given ?? provided;
  if (session === null) {
    throw new Error("session: none (expected: a SessionProvider above, or a session given)");
  }
  return session;
}

function useStoreOf<S extends object, A extends ActionsParams, T extends ActionsParams>(
  key: string,
  initial: S,
  given: Session | undefined,
  options: StoreOptions<S>,
): SyncedStore<S, A, T> {
  const session = useGivenSession(given);
  const [first] = useState(initial);
  const { sendOnInit, fetchOnInit } = options;
  const store = useMemo(
    () => new SyncedStore<S, A, T>(session, key, first, { sendOnInit, fetchOnInit }),
    [session, key, first, sendOnInit, fetchOnInit],
  );
  useEffect(() => store.attach(), [store]);
  return store;
}

function useSnapshot<S extends object>(store: {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => S;
}): S {
  return useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
}

function controlsOf<S extends object, A extends ActionsParams, T extends ActionsParams>(
  store: SyncedStore<S, A, T>,
  members: readonly string[],
): object {
  const setters = members.flatMap((member) => {
    const name = member.charAt(0).toUpperCase() + member.slice(1);
    const set = (value: S[keyof S]) => store.setLocal(member as keyof S, value);
    const sync = (value: S[keyof S]) => {
      store.assign({ [member]: value } as Partial<S>);
      store.flush();
    };
    return [
      [`set${name}`, set],
      [`sync${name}`, sync],
    ];
  });
  const controls: SyncedControls<S, A, T> = {
    sendAction: (action) => store.sendAction(action),
    startTask: (task) => store.startTask(task),
    cancelTask: (task) => store.cancelTask(task),
    sendBinary: (action, data) => store.sendBinary(action, data),
    fetchRemoteState: () => store.fetchRemoteState(),
    sendState: (state) => store.sendState(state),
  };
  return { ...Object.fromEntries(setters), ...controls };
}

/** Effects wait until the reducer is through: what it changes after `sync()` is sent, too. */
function reduce<S extends object, D extends ReducerAction>(
  store: SyncedStore<S>,
  reducer: SyncedReducer<S, D>,
  action: D,
): void {
  const effects: (() => void)[] = [];
  const sync = () => effects.push(() => store.flush());
  const delegate = (other?: ReducerAction & Record<string, unknown>) =>
    effects.push(() => store.sendAction((other ?? action) as ActionOf<AnyActions>));
  store.edit((draft) =>
    reducer(
      draft,
      action,
      () => void sync(),
      (a) => void delegate(a),
    ),
  );
  for (const effect of effects) {
    effect();
  }
}

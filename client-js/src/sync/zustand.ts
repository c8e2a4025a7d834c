import { useEffect, useSyncExternalStore } from "react";
import type { StateCreator, StoreMutatorIdentifier } from "zustand";
import type { ActionsParams, AnyActions, ExposedActions } from "./actions.js";
import { type Draft, produce, type Recipe } from "./draft.js";
import type { Session } from "./session.js";
import { type StoreOptions, SyncedStore } from "./store.js";
import type { TimingOptions } from "./timing.js";

/** How a zustand store is synced. */
export interface SyncedOptions<S> {
  /** The key of the server's object. */
  readonly key: string;
  readonly session: Session;
  /** Whether the server is sent the store's state with each connection; false if unset. */
  readonly sendOnInit?: boolean;
  /** The members that are synced; all that are no functions if unset. */
  readonly syncAttributes?: readonly (keyof S & string)[];
}

/** A function that calls an action of the server's, with arguments or without. */
export type Delegator = (args?: Readonly<Record<string, unknown>>) => void;

/** Starts and cancels a task of the server's. */
export interface TaskDelegator {
  start(args?: Readonly<Record<string, unknown>>): void;
  cancel(): void;
}

/** What a synced zustand store has as `sync`: a function that sends what was recorded, and more. */
export interface Sync {
  /** Sends the recorded edits, now or later; without a connection, with the next one. */
  (options?: TimingOptions): void;
  /** The synced object, e.g. for `sendAction`, `fetchRemoteState` and `lastSyncTime`. */
  readonly obj: SyncedStore<Record<string, unknown>, AnyActions, AnyActions>;
  /** Functions that call the server's actions, by the names they are to have here. */
  createDelegators<A extends ActionsParams = AnyActions>(): <N extends string>(
    names: Readonly<Record<N, keyof A & string>>,
  ) => Record<N, Delegator>;
  /** The same for tasks. */
  createTaskDelegators<T extends ActionsParams = AnyActions>(): <N extends string>(
    names: Readonly<Record<N, keyof T & string>>,
  ) => Record<N, TaskDelegator>;
  /** Lets the server call functions; one whose name is taken throws. Returns the way out. */
  registerExposedActions(actions: ExposedActions): () => void;
  /** The same while a component is mounted. */
  useExposedActions(actions: ExposedActions): void;
  /** False while edits wait to be sent; renders anew when that changes. */
  useIsSynced(): boolean;
  /** Takes the store out of its session. */
  cleanup(): void;
}

type Write<T, U> = Omit<T, keyof U> & U;

/** What `setState` takes: members, or a function that changes a draft or returns members. */
type SetSynced<T> = (
  change: Partial<T> | ((draft: Draft<T>) => unknown),
  replace?: boolean,
) => void;

declare module "zustand" {
  interface StoreMutators<S, A> {
    "snorky/synced": S extends { getState: () => infer T }
      ? Write<S, { setState: SetSynced<T>; sync: Sync }>
      : never;
  }
}

type SyncedCreator = <
  T extends object,
  Mps extends [StoreMutatorIdentifier, unknown][] = [],
  Mcs extends [StoreMutatorIdentifier, unknown][] = [],
>(
  creator: StateCreator<T, [...Mps, ["snorky/synced", unknown]], Mcs>,
  options: SyncedOptions<T>,
) => StateCreator<T, Mps, [["snorky/synced", unknown], ...Mcs]>;

type State = Record<string, unknown>;
type Setter = (change: State | Recipe<State>, replace?: boolean) => void;

interface Api {
  setState: Setter;
  getState: () => State;
  sync?: Sync;
}

/**
 * Middleware of zustand that syncs a store with an object of the server's. `setState` (and `set`)
 * shows changes at once and records them; `sync` sends them, as does every action. The server's
 * state is merged into the store.
 */
export const synced = ((
  creator: (set: Setter, get: () => State, api: Api) => State,
  options: SyncedOptions<State>,
) =>
  (set: (state: State, replace?: boolean) => void, get: () => State, api: Api): State => {
    const { session, key, syncAttributes, sendOnInit } = options;
    let store: SyncedStore<State> | null = null;
    const made = () => {
      if (store === null) {
        throw new Error(`${key}: used while its store is made (expected: afterwards)`);
      }
      return store;
    };
    const names = syncAttributes && new Set<string>(syncAttributes);
    const isSynced = (member: string, value: unknown) =>
      typeof value !== "function" && (names?.has(member) ?? true);

    const setSynced: Setter = (change, replace) => {
      const before = get();
      const merge = (members: unknown) => ({ ...(replace ? {} : before), ...(members as State) });
      const after = typeof change === "function" ? produce(before, change, merge) : merge(change);
      const changed = Object.entries(after).filter(([name, value]) => value !== before[name]);
      set(after, true);
      const edits = changed.filter(([name, value]) => isSynced(name, value));
      if (edits.length > 0) {
        made().assign(Object.fromEntries(edits));
      }
    };
    api.setState = setSynced;
    api.sync = syncOf(made);
    const initial = creator(setSynced, get, api);

    const shared = Object.entries(initial).filter(([name, value]) => isSynced(name, value));
    const settings: StoreOptions<State> = { syncAttributes, sendOnInit };
    store = new SyncedStore<State>(session, key, Object.fromEntries(shared), settings);
    const current = store;
    current.subscribe(() => {
      const state = get();
      const news = Object.entries(current.getSnapshot()).filter(([n, v]) => v !== state?.[n]);
      if (news.length > 0) {
        set(Object.fromEntries(news));
      }
    });
    current.onAction(({ type, ...args }) => {
      const action = get()[type];
      if (typeof action !== "function") {
        return false;
      }
      action(args);
      return true;
    });
    const detach = current.attach();
    api.sync.cleanup = detach;
    return initial;
  }) as unknown as SyncedCreator;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function syncOf(store: () => SyncedStore<State>): Mutable<Sync> & Sync {
  const sync = (options?: TimingOptions) => store().sync(options);
  const mapped = <N extends string, V>(
    names: Readonly<Record<N, string>>,
    make: (name: string) => V,
  ) =>
    Object.fromEntries(
      Object.entries<string>(names).map(([local, remote]) => [local, make(remote)]),
    ) as Record<N, V>;
  const members: Omit<Sync, "obj"> = {
    createDelegators: () => (names) =>
      mapped(names, (type) => (args) => store().sendAction({ ...args, type })),
    createTaskDelegators: () => (names) =>
      mapped(names, (type) => ({
        start: (args) => store().startTask({ ...args, type }),
        cancel: () => store().cancelTask({ type }),
      })),
    registerExposedActions: (actions) => store().registerExposedActions(actions),
    useExposedActions: (actions) => {
      useEffect(() => store().registerExposedActions(actions), [actions]);
    },
    useIsSynced: () => {
      const isSynced = () => store().isSynced;
      return useSyncExternalStore(store().subscribe, isSynced, isSynced);
    },
    cleanup: () => {},
  };
  const whole = Object.assign(sync, members);
  return Object.defineProperty(whole, "obj", { get: store }) as unknown as Mutable<Sync> & Sync;
}

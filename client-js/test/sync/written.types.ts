// Written by: snorky types io.snorky.server.cli.TypesCommandTest$ItemList io.snorky.server.cli.TypesCommandTest$Plain
// Do not edit it: change the Java class, and have it written anew.

/** The state of a synced object "LIST". */
export interface ItemListState {
  readonly title: string;
  readonly items: readonly Item[];
  readonly mood: Mood | null;
  readonly since: string | null;
  readonly counts: Readonly<Record<string, readonly (number | null)[]>>;
  readonly moods: Readonly<Partial<Record<Mood, boolean>>>;
  readonly anything: unknown;
  readonly day: DayOfWeek;
  readonly "total-size": number;
  readonly runningTasks: readonly (keyof ItemListTasks)[];
}

/** Its actions: their arguments by name, null for those without any. */
export interface ItemListActions {
  readonly CLEAR_ALL: null;
  readonly add: {
    readonly item: CreateItem;
    readonly atPlace?: number | undefined;
  };
  readonly rename: {
    readonly title: string;
  };
  readonly upload: {
    readonly data?: string | undefined;
    readonly name: string;
  };
}

/** Its tasks, likewise. */
export interface ItemListTasks {
  readonly load: {
    readonly from?: string | null | undefined;
  };
}

/** The state of a synced object "Plain". */
export interface PlainState {
  readonly number: number;
}

/** Its actions: their arguments by name, null for those without any. */
export type PlainActions = Record<never, never>;

/** Its tasks, likewise. */
export type PlainTasks = Record<never, never>;

export interface CreateItem {
  readonly id: number;
  readonly text: string;
  readonly parent?: CreateItem | null | undefined;
  readonly tags: readonly string[];
}

export type DayOfWeek =
  | "MONDAY"
  | "TUESDAY"
  | "WEDNESDAY"
  | "THURSDAY"
  | "FRIDAY"
  | "SATURDAY"
  | "SUNDAY";

export interface Item {
  readonly id: number;
  readonly text: string;
  readonly parent: Item | null;
  readonly tags: readonly string[];
}

export type Mood = "GOOD" | "BAD";

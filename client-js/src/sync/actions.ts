/**
 * The arguments of actions (or tasks) by their names, null for those without any, as they are
 * written for a server's class by `snorky types`.
 */
export type ActionsParams = object;

/** An action to be called: its name as `type`, and its arguments beside it. */
export type ActionOf<A extends ActionsParams> = string extends keyof A
  ? { readonly type: string; readonly [argument: string]: unknown }
  : {
      [K in keyof A & string]: { readonly type: K } & (A[K] extends null
        ? unknown
        : Readonly<A[K]>);
    }[keyof A & string];

/** The name of an action. */
export type NameOf<A extends ActionsParams> = keyof A & string;

/** Actions of which nothing is known. */
export type AnyActions = Record<string, Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: the server says what the arguments are
export type ExposedAction = (args: any) => void;

/** What a server calls in the page, by name. */
export type ExposedActions = Readonly<Record<string, ExposedAction>>;

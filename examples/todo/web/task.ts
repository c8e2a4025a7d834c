/** A task as the web application has it. */
export interface Task {
  readonly id: string;
  /** Its place in the order of creation. */
  readonly number: number;
  readonly title: string;
  readonly completed: boolean;
  /** One more with each change: of two states of a task the one with more is the newer. */
  readonly version: number;
}

/** Characters of a title at most. */
export const TITLE_LIMIT = 500;

/** Hands values on, the first at once, later ones at most once in a while: always the latest. */
export class Paced<T> {
  private waiting: { readonly value: T } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  /** @param millis at least between two values that are handed on */
  constructor(
    private readonly millis: number,
    private readonly handOn: (value: T) => void,
  ) {}

  set(value: T): void {
    this.waiting = { value };
    if (this.timer === null) {
      this.next();
    }
  }

  private readonly next = (): void => {
    const { waiting } = this;
    this.waiting = null;
    this.timer = waiting && setTimeout(this.next, this.millis);
    if (waiting) {
      this.handOn(waiting.value);
    }
  };
}

/** Values in the order they come, for tests that wait for the next one. */
export class Queue<T> {
  private readonly values: T[] = [];
  private readonly takers: ((value: T) => void)[] = [];

  put(value: T): void {
    const taker = this.takers.shift();
    if (taker) {
      taker(value);
    } else {
      this.values.push(value);
    }
  }

  /** The next value, as soon as there is one. */
  take(): Promise<T> {
    if (this.values.length > 0) {
      return Promise.resolve(this.values.shift() as T);
    }
    return new Promise((resolve) => this.takers.push(resolve));
  }

  /** How many values nobody has taken. */
  get size(): number {
    return this.values.length;
  }
}

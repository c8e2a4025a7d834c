/** Holds callbacks back while something is under way. */
export class Barrier {
  private underWay = 0;
  private waiting: (() => void)[] = [];

  /**
   * Something has begun.
   *
   * @returns to be called once, when it has ended
   */
  raise(): () => void {
    this.underWay++;
    return () => {
      this.underWay--;
      if (this.underWay === 0) {
        for (const callback of this.waiting.splice(0)) {
          callback();
        }
      }
    };
  }

  /** Calls back when nothing is under way: at once, or later. */
  whenDown(callback: () => void): void {
    if (this.underWay === 0) {
      callback();
    } else {
      this.waiting.push(callback);
    }
  }

  /** Forgets the callbacks that wait. */
  forget(): void {
    this.waiting = [];
  }
}

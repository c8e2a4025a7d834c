/**
 * From where a subscription can be resumed: the last offset of the server's log up to which all of
 * its deltas have surely arrived. Resuming from too early repeats deltas, which does no harm.
 */
export class ResumeOffset {
  /** Others with this offset may follow: one change may be seen by several items. */
  private newest: string | null = null;
  /** Whether what is shown may be older than what had been shown before. */
  private doubtful = false;

  /** @param sure null if the server does not let anybody resume */
  constructor(private sure: string | null) {}

  /** Null if there is no such offset. */
  get value(): string | null {
    return this.doubtful ? null : this.sure;
  }

  /** A delta of this subscription has arrived. The server sends them in order. */
  passed(offset: string): void {
    if (offset !== this.newest) {
      this.sure = this.newest ?? this.sure;
      this.newest = offset;
    }
  }

  /** Everything up to this offset has arrived, of all subscriptions. */
  reached(offset: string): void {
    this.sure = offset;
    this.newest = null;
    this.doubtful = false;
  }

  /** A delta was applied that may be another subscription's, which may be far behind this one. */
  doubt(): void {
    this.newest = null;
    this.doubtful = true;
  }
}

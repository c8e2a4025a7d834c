import { canonical } from "./canonical.js";
import { SnorkyConnectionError, SnorkyQueueFullError } from "./errors.js";
import { type CallOptions, RPCService } from "./rpc-service.js";

/**
 * A service that has things on the server for as long as the connection lasts, e.g. subscriptions, by
 * their names, which are any JSON values. On each new connection it asks for all of them again.
 */
export abstract class HoldingService<Thing> extends RPCService {
  private readonly held = new Map<string | undefined, Thing>();
  /** Asked for again; the first page that asks for it itself gets this answer. */
  private readonly restoring = new Map<string | undefined, Promise<Thing>>();
  /** Held, and the page asks for it again; that waits for a connection. */
  private readonly queued = new Set<string | undefined>();

  override connectionOpened(): void {
    for (const [key, thing] of this.held) {
      if (!this.queued.has(key)) {
        this.restore(key, thing);
      }
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    super.connectionClosed(error, final);
    this.restoring.clear();
    if (final) {
      const things = [...this.held.values()];
      this.held.clear();
      for (const thing of things) {
        this.whenReleased(thing, error);
      }
    }
  }

  /** The command and the parameters that ask for it, for the first time or again. */
  protected abstract askFor(thing: Thing): readonly [command: string, params: object];

  /** The server has granted it, for the first time or again. Throws if the answer is malformed. */
  protected whenGranted(_thing: Thing, _answer: unknown): void {}

  /** It is held no longer: the page has given it back, or hung up, as the error says. */
  protected whenReleased(_thing: Thing, _error: Error | null): void {}

  /** The server does not grant it again on another connection. */
  protected abstract whenLost(thing: Thing, error: Error): void;

  /** What is held under this name. */
  protected holding(name: unknown): Thing | undefined {
    return this.held.get(keyOf(name));
  }

  /** All that is held. */
  protected holdings(): Iterable<Thing> {
    return this.held.values();
  }

  /** Asks the server for it, unless it has just been asked again without being told to. */
  protected take<Result>(
    name: unknown,
    fresh: () => Thing,
    resultOf: (thing: Thing) => Result,
  ): Promise<Result> {
    return this.snorky.createPromise((resolve, reject) => {
      const key = keyOf(name);
      const restored = this.restoring.get(key);
      const done = (thing: Thing) => resolve(resultOf(thing));
      if (restored) {
        this.restoring.delete(key);
        restored.then(done, reject);
      } else if (this.held.has(key) && !this.queued.has(key) && !this.snorky.isConnected) {
        this.queued.add(key); // or it would be asked for twice
        this.ask(key, this.held.get(key) as Thing, done, reject);
      } else {
        this.ask(key, fresh(), done, reject);
      }
    });
  }

  /** Asks the server once more for what is held under this name: it has told that it ended it. */
  protected takeAgain(name: unknown): void {
    const thing = this.holding(name);
    if (thing !== undefined) {
      this.restore(keyOf(name), thing);
    }
  }

  /** Gives it back, by a command. */
  protected give(
    name: unknown,
    command: string,
    params: object,
    options: CallOptions = {},
  ): Promise<null> {
    return this.snorky.createPromise((resolve, reject) => {
      const isLost = !this.queued.has(keyOf(name)) && !this.snorky.isConnected;
      if (this.release(name) && isLost) {
        resolve(null);
        return;
      }
      const done = () => {
        this.release(name); // may have been granted meanwhile
        resolve(null);
      };
      const failed = (error: unknown) => {
        this.release(name);
        reject(error);
      };
      this.startCall(command, params, options, done, failed);
    });
  }

  private restore(key: string | undefined, thing: Thing): void {
    const restored = new Promise<Thing>((resolve, reject) => this.ask(key, thing, resolve, reject));
    restored.catch(() => {}); // has been told
    this.restoring.set(key, restored);
  }

  private ask(
    key: string | undefined,
    thing: Thing,
    done: (thing: Thing) => void,
    failed: (error: unknown) => void,
  ): void {
    const wasHeld = this.held.get(key) === thing;
    const isWanted = () => !wasHeld || this.held.get(key) === thing;
    const answered = () => wasHeld && this.queued.delete(key);
    const refused = (error: unknown) => {
      answered();
      if (wasHeld && isWanted() && isRefusal(error)) {
        this.held.delete(key);
        this.restoring.delete(key);
        this.whenLost(thing, error);
      }
      failed(error);
    };
    const granted = (answer: unknown) => {
      answered();
      if (isWanted()) {
        this.held.set(key, thing);
        this.whenGranted(thing, answer);
      }
      done(thing);
    };
    const [command, params] = this.askFor(thing);
    this.startCall(command, params, {}, orElse(granted, refused), refused);
  }

  private release(name: unknown): boolean {
    const key = keyOf(name);
    const thing = this.held.get(key);
    this.restoring.delete(key);
    if (thing === undefined) {
      return false;
    }
    this.held.delete(key);
    this.whenReleased(thing, null);
    return true;
  }
}

/** Whether asking on the next connection is of no use. */
function isRefusal(error: unknown): error is Error {
  return !(error instanceof SnorkyConnectionError || error instanceof SnorkyQueueFullError);
}

/** What the code throws, the other function gets. */
function orElse(code: (answer: unknown) => void, failed: (error: unknown) => void) {
  return (answer: unknown) => {
    try {
      code(answer);
    } catch (error) {
      failed(error);
    }
  };
}

/** Undefined for what is no JSON; asking the server for it fails and says why. */
function keyOf(name: unknown): string | undefined {
  try {
    return canonical(name);
  } catch {
    return undefined;
  }
}

import { Backoff } from "./backoff.js";
import { isRecord, jsonType, LONGEST_TIMEOUT } from "./checks.js";
import { SnorkyConnectionError } from "./errors.js";
import { guarded } from "./report.js";
import { RPCService } from "./rpc-service.js";
import type { Snorky } from "./snorky.js";
import { askForToken, type TokenSource } from "./token.js";

/** Whom the server takes the page for. */
export interface IdentifiedEvent {
  /** Any JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: pages know their identities
  readonly identity: any;
  /** For how many seconds; null if for as long as the connection holds. */
  readonly expiresIn: number | null;
  /** Whether the server has just been told again, with a new token. */
  readonly renewed: boolean;
}

/** Proves by tokens who the page is: on each connection, and again before a token ends. */
export class Identity extends RPCService {
  /** What the server has answered on this connection; null before. */
  current: IdentifiedEvent | null = null;

  private readonly backoff: Backoff;
  private timer: unknown = null;
  /** The last one that was sent: the same again would prove nothing new. */
  private sent: string | null = null;
  /** Counts connections, so that tokens for an earlier one are not sent. */
  private connections = 0;

  constructor(
    name: string,
    snorky: Snorky,
    private readonly source: TokenSource,
  ) {
    super(name, snorky);
    this.backoff = new Backoff({}, snorky.settings.random, "token");
  }

  /** Sends the token of a connection that has just been made. */
  present(token: string | null): void {
    if (token !== null) {
      this.authenticate(token, () => {});
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    super.connectionClosed(error, final);
    this.connections++;
    this.snorky.settings.clock.clearTimeout(this.timer);
    this.backoff.reset();
    this.sent = null;
    this.current = null;
  }

  private authenticate(token: string, refused: () => void): void {
    this.sent = token;
    const answered = (answer: unknown) => {
      this.backoff.reset();
      guarded(
        () => this.identified(eventOf(answer, this.current !== null)),
        "the server answered a token with something else than an identity",
        this.snorky.report,
      );
    };
    const failed = (error: unknown) => {
      if (!(error instanceof SnorkyConnectionError)) {
        this.snorky.report(error, "the server did not accept the token");
        refused();
      }
    };
    this.startCall("authenticate", { token }, {}, answered, failed, { token: "…" });
  }

  private identified(event: IdentifiedEvent): void {
    this.current = event;
    if (event.expiresIn !== null) {
      this.renewAfter(renewalDelay(event.expiresIn * 1000));
    }
    this.snorky.identified.dispatch(event);
  }

  private renewAfter(delay: number): void {
    this.timer = this.snorky.settings.clock.setTimeout(() => this.renew(), delay);
  }

  private renew(): void {
    const { connections } = this;
    const again = () => this.renewAfter(this.backoff.next());
    const isCurrent = () => connections === this.connections && this.snorky.isConnected;
    const renewed = (token: string | null) => {
      if (isCurrent() && token === this.sent) {
        again();
      } else if (isCurrent() && token !== null) {
        this.authenticate(token, again);
      }
    };
    askForToken(this.source, renewed, (error) => {
      if (isCurrent()) {
        this.snorky.report(error, "could not get a new token");
        again();
      }
    });
  }
}

/** @throws TypeError that says what was wrong */
function eventOf(answer: unknown, renewed: boolean): IdentifiedEvent {
  if (!isRecord(answer)) {
    throw new TypeError(`authenticate: ${jsonType(answer)} (expected: an object with identity)`);
  }
  const { identity = null, expiresIn } = answer;
  return { identity, expiresIn: typeof expiresIn === "number" ? expiresIn : null, renewed };
}

/** When to renew what ends after so many milliseconds: at 80 %, and a second before if it can be. */
function renewalDelay(end: number): number {
  const early = end > 1000 ? Math.min(end * 0.8, end - 1000) : end * 0.8;
  return Math.min(Math.max(early, 250), LONGEST_TIMEOUT);
}

import {
  RPCService,
  type Signal,
  type Snorky,
  type SnorkyConnectionError,
  SnorkyRPCError,
} from "snorky";
import { keyOfThisBrowser, rememberName } from "./person.js";

/**
 * Says who the page is, and says it again on each new connection. To be given to `new Snorky` before
 * the services that need it.
 */
export class Login extends RPCService {
  /** Dispatched when the name was given to somebody else while there was no connection. */
  readonly nameLost: Signal<[error: Error]>;

  private person: string | null = null;

  constructor(name: string, snorky: Snorky) {
    super(name, snorky);
    this.nameLost = snorky.createSignal();
  }

  /**
   * Becomes somebody.
   *
   * @returns the name as it is known. Rejected if it is bad or somebody else's
   */
  async login(name: string): Promise<string> {
    const person = await this.tell(name);
    this.person = person;
    rememberName(person);
    return person;
  }

  /** Becomes nobody, on a new connection. */
  logout(): void {
    rememberName(null);
    this.snorky.disconnect();
    this.snorky.connect();
  }

  override connectionOpened(): void {
    if (this.person !== null) {
      this.tell(this.person).catch((error) => {
        if (error instanceof SnorkyRPCError) {
          this.person = null;
          this.nameLost.dispatch(error);
        }
      });
    }
  }

  override connectionClosed(error: SnorkyConnectionError, final: boolean): void {
    super.connectionClosed(error, final);
    if (final) {
      this.person = null;
    }
  }

  private tell(name: string): Promise<string> {
    return this.rpcCall<string>("login", { name, key: keyOfThisBrowser() });
  }
}

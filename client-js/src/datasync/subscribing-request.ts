import { shownAddress } from "../address.js";
import { jsonType } from "../checks.js";
import type { Fetched } from "./keep-synced.js";

const TOKEN_HEADER = "X-Subscription-Token";

/** A web application answered a request for data with an error. */
export class SnorkyFetchError extends Error {
  override readonly name = "SnorkyFetchError";

  /**
   * @param message what was asked for and what came
   * @param status the status of the answer, e.g. 503
   */
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Sends a request; as the platform's `fetch`. */
export type FetchFunction = (url: string, init: RequestInit) => PromiseLike<Response>;

/** How data and token are asked for. */
export interface RequestOptions<Data> {
  /** Credentials, headers and the like. */
  readonly init?: RequestInit | undefined;
  /** Sends the request; the platform's `fetch` if unset. */
  readonly fetch?: FetchFunction | undefined;
  /** Takes the data out of the answer; if unset the body must be a list of rows, in JSON. */
  readonly read?: ((response: Response) => Data | PromiseLike<Data>) | undefined;
}

/**
 * Asks for data and for the token of a subscription to its changes, in one request.
 *
 * @throws SnorkyFetchError if the status is none from 200 to 299
 */
export async function requestSubscribed<Data>(
  url: string | URL,
  { init = {}, fetch = globalThis.fetch, read }: RequestOptions<Data>,
  signal: AbortSignal,
): Promise<Fetched<Data>> {
  const headers = new Headers(init.headers);
  headers.set("X-Snorky", "Subscribe");
  // An answer out of a cache would have a token that somebody else has used.
  const response = await fetch(String(url), { cache: "no-store", ...init, headers, signal });
  const address = shownAddress(String(url));
  if (!response.ok) {
    const { status, statusText } = response;
    const shown = `${status} ${statusText}`.trim();
    throw new SnorkyFetchError(`${address}: ${shown} (expected: 200 to 299)`, status);
  }
  const data = await (read ? read(response) : (rowsOf(address, response) as Promise<Data>));
  const token = response.headers.get(TOKEN_HEADER);
  return token === null ? { data, token, error: tokenMissing(address) } : { data, token };
}

async function rowsOf(address: string, response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (!Array.isArray(body)) {
    throw new TypeError(
      `${address}: ${jsonType(body)} (expected: a list of rows, or the option read)`,
    );
  }
  return body;
}

function tokenMissing(address: string): Error {
  return new Error(
    `${address}: the answer has no ${TOKEN_HEADER} (expected: the token of a subscription; the answer to a page from elsewhere also needs Access-Control-Expose-Headers: ${TOKEN_HEADER})`,
  );
}

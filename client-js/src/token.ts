import { jsonType } from "./checks.js";

/** What proves to the server who the page is: a token, or a function that has one, or none. */
export type TokenOption = string | (() => string | null | Promise<string | null>);

/** Gives a token. Throws, or is rejected, if that is not possible now. */
export type TokenSource = () => string | null | PromiseLike<string | null>;

/** @throws TypeError that says what is wrong; never the token */
export function tokenSourceOf(token: TokenOption): TokenSource {
  if (typeof token === "string") {
    return () => token;
  }
  if (typeof token !== "function") {
    throw new TypeError(`token: ${jsonType(token)} (expected: a string or a function)`);
  }
  return token;
}

/** Asks for a token. One that is there is handed over at once. */
export function askForToken(
  source: TokenSource,
  done: (token: string | null) => void,
  failed: (error: unknown) => void,
): void {
  let given: unknown;
  try {
    given = source();
    if (typeof given === "object" && given !== null && "then" in given) {
      Promise.resolve(given).then(checkToken).then(done, failed);
      return;
    }
    given = checkToken(given);
  } catch (error) {
    failed(error);
    return;
  }
  done(given as string | null);
}

function checkToken(token: unknown): string | null {
  if (typeof token !== "string" && token !== null) {
    throw new TypeError(`token: ${jsonType(token)} (expected: a string or null)`);
  }
  return token;
}

/** One entry of `/demo.json`. */
export interface Example {
  readonly name: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly description: string;
  /** Where it is served: a whole address, or one relative to this page. */
  readonly url: string;
  /** The folder of its sources, below that of the repository. */
  readonly source: string;
}

/**
 * Fetches the list of examples.
 *
 * @throws Error whose message is a sentence to show
 */
export async function fetchExamples(): Promise<readonly Example[]> {
  let response: Response;
  try {
    response = await fetch("/demo.json");
  } catch {
    throw new Error("The server cannot be reached.");
  }
  if (!response.ok) {
    throw new Error(`/demo.json: the server answered ${response.status}.`);
  }
  return (await response.json()).examples;
}

/** Whether something answers at an example's address, of whatever host. */
export async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  }
}

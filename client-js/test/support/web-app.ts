import type { Fetched } from "../../src/index.js";
import { Queue } from "./queue.js";

/** A request for data that the test answers. */
export interface Request<Data> {
  readonly signal: AbortSignal;
  answer(data: Data, token: string | null): void;
  fail(message: string): void;
}

/** Plays the web application: each request waits until the test answers it. */
export class WebApp<Data> {
  private readonly requests = new Queue<Request<Data>>();

  readonly fetch = ({ signal }: { signal: AbortSignal }): Promise<Fetched<Data>> =>
    new Promise((resolve, reject) => {
      this.requests.put({
        signal,
        answer: (data, token) => resolve({ data, token }),
        fail: (message) => reject(new Error(message)),
      });
    });

  /** The next request. */
  request(): Promise<Request<Data>> {
    return this.requests.take();
  }

  /** How many requests wait for the test. */
  get open(): number {
    return this.requests.size;
  }
}

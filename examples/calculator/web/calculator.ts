import { RPCService } from "snorky";

/** The commands of the service, as methods: `add({ a: 1, b: 2 })` is a promise of 3. */
export const Calculator = class extends RPCService {}.addRPCMethods([
  "add",
  "subtract",
  "multiply",
  "divide",
  "sleep",
  "countPrimes",
  "fail",
  "root", // which the server does not have
]);

/** What the service sends while it counts. */
export interface Progress {
  readonly type: "progress";
  /** Of the way, 1 to 100. */
  readonly percent: number;
}

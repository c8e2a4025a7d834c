import { CalculatorService } from "./calculator.types.js";

/** The commands of the service as methods: `add({ a: 1, b: 2 })` is a promise of 3. */
export class Calculator extends CalculatorService {
  /** Which the server does not have. */
  root(): Promise<never> {
    return this.rpcCall("root");
  }
}

/** What the service sends while it counts. */
export interface Progress {
  readonly type: "progress";
  /** Of the way, 1 to 100. */
  readonly percent: number;
}

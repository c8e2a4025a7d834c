// Written by: snorky types io.snorky.examples.calculator.CalculatorService
// Do not edit it: change the Java class, and have it written anew.

import { type CallOptions, RPCService } from "snorky";

/** The service of class CalculatorService, to be given to `new Snorky`. */
export class CalculatorService extends RPCService {
  add(params: CalculatorServiceCommandAdd, options?: CallOptions): Promise<number> {
    return this.rpcCall("add", params, options);
  }

  countPrimes(params: CalculatorServiceCommandCountprimes, options?: CallOptions): Promise<number> {
    return this.rpcCall("countPrimes", params, options);
  }

  divide(params: CalculatorServiceCommandDivide, options?: CallOptions): Promise<number> {
    return this.rpcCall("divide", params, options);
  }

  fail(options?: CallOptions): Promise<number> {
    return this.rpcCall("fail", {}, options);
  }

  multiply(params: CalculatorServiceCommandMultiply, options?: CallOptions): Promise<number> {
    return this.rpcCall("multiply", params, options);
  }

  sleep(params: CalculatorServiceCommandSleep, options?: CallOptions): Promise<string> {
    return this.rpcCall("sleep", params, options);
  }

  subtract(params: CalculatorServiceCommandSubtract, options?: CallOptions): Promise<number> {
    return this.rpcCall("subtract", params, options);
  }
}

export interface CalculatorServiceCommandAdd {
  readonly a: number;
  readonly b: number;
}

export interface CalculatorServiceCommandCountprimes {
  readonly below: number;
}

export interface CalculatorServiceCommandDivide {
  readonly a: number;
  readonly b: number;
}

export interface CalculatorServiceCommandMultiply {
  readonly a: number;
  readonly b: number;
}

export interface CalculatorServiceCommandSleep {
  readonly millis: number;
}

export interface CalculatorServiceCommandSubtract {
  readonly a: number;
  readonly b: number;
}

// biome-ignore lint/suspicious/noExplicitAny: classes made at run time have no types
type AnyFunction = (this: any, ...args: any[]) => any;

/** A class made by `Class`. */
export interface MadeClass {
  // biome-ignore lint/suspicious/noExplicitAny: see above
  new (...args: any[]): any;
  /** The parent, to be called on the new object: `Cat.Super.call(this, name)`. */
  readonly Super: AnyFunction;
  // biome-ignore lint/suspicious/noExplicitAny: the members of STATIC, and the parent's
  readonly [member: string]: any;
}

/** Members of a class: methods, and what is named below. */
export interface ClassBody {
  /** Makes an object ready. If unset the parent's does. */
  // biome-ignore lint/complexity/noBannedTypes: every object has one, usually Object
  readonly constructor?: Function;
  /** Members of the class itself. */
  readonly STATIC?: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: any member
  readonly [member: string]: any;
}

// biome-ignore lint/suspicious/noExplicitAny: any class, whatever its constructor takes
type Parent = abstract new (...args: any[]) => any;

/**
 * Makes a class without `class` syntax, also of a parent that was made with it:
 *
 * ```js
 * var Calculator = Snorky.Class(Snorky.RPCService, {
 *   constructor: function(name, snorky) {
 *     Calculator.Super.call(this, name, snorky);
 *     this.calls = 0;
 *   },
 *   sum: function(a, b) {
 *     this.calls++;
 *     return this.rpcCall("sum", {a: a, b: b});
 *   }
 * });
 * ```
 *
 * `Super.call` copies to the object what the parent's constructor made, so `#private` members of the
 * parent are not there; no class of this package has any.
 */
export function Class(body: ClassBody): MadeClass;
export function Class(parent: Parent, body: ClassBody): MadeClass;
export function Class(first: Parent | ClassBody, second?: ClassBody): MadeClass {
  const parent = second === undefined ? Object : (first as Parent);
  const body = second ?? (first as ClassBody);
  const { constructor: given, STATIC, ...members } = body;
  const Super = callable(parent);
  const own = Object.hasOwn(body, "constructor") ? (given as AnyFunction) : Super;

  // An arrow function could not be called with new, a class not without.
  const made = function (this: object, ...args: unknown[]): void {
    own.apply(this, args);
  };
  Object.setPrototypeOf(made, parent === Object ? Function.prototype : parent);
  made.prototype = Object.create(parent.prototype, {
    constructor: { value: made, writable: true, configurable: true },
  });
  Object.assign(made.prototype, members);
  Object.assign(made, STATIC);
  Object.defineProperty(made, "Super", { value: Super });
  return made as unknown as MadeClass;
}

/** The constructor as a function that works on an object that is there already. */
function callable(parent: Parent): AnyFunction {
  if (!/^class\b/.test(Function.prototype.toString.call(parent))) {
    return parent as unknown as AnyFunction;
  }
  return function (this: object, ...args: unknown[]): void {
    const made = Reflect.construct(parent as new () => object, args, this.constructor);
    Object.defineProperties(this, Object.getOwnPropertyDescriptors(made));
  };
}

/** What may be changed in a recipe: the same state, with nothing read-only. */
export type Draft<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { -readonly [K in keyof T]: Draft<T[K]> }
    : T;

/** Changes a draft in place, or returns what is to take its place. */
export type Recipe<T> = (draft: Draft<T>) => unknown;

type Container = Record<PropertyKey, unknown> | unknown[];

const CHANGERS: ReadonlySet<PropertyKey> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "reverse",
  "sort",
  "fill",
  "copyWithin",
]);

/** The nodes behind the proxies, so that a draft put elsewhere is found again. */
const nodes = new WeakMap<object, Node>();

/**
 * What becomes of a state when a recipe has changed a draft of it. The state stays as it is; what the
 * recipe did not change is the same objects in the result.
 *
 * @param replacement called with what the recipe returned, if that is an object
 */
export function produce<T extends object>(
  state: T,
  recipe: Recipe<T>,
  replacement: (returned: unknown) => T = (returned) => returned as T,
): T {
  const root = new Node(state as Container, null);
  try {
    const returned = recipe(root.proxy as Draft<T>);
    const isNew = typeof returned === "object" && returned !== null;
    return isNew ? replacement(resolve(returned)) : (root.result() as T);
  } finally {
    root.revoke();
  }
}

/** One object or list of a draft: the state's own until it is changed, then a copy of it. */
class Node {
  readonly proxy: object;
  readonly revokeThis: () => void;
  private copy: Container | null = null;
  private touched = false;
  private settled: Container | null = null;
  /** Objects that the recipe put into this one, drafts among them. */
  private readonly loose = new Set<unknown>();
  private readonly made: Node[] = [];
  private readonly children = new Map<PropertyKey, { value: object; node: Node }>();

  constructor(
    private readonly base: Container,
    private readonly parent: Node | null,
  ) {
    // A proxy takes for a list what has a list as its target.
    const target = (Array.isArray(base) ? [] : {}) as Container;
    const { proxy, revoke } = Proxy.revocable(target, this.traps());
    this.proxy = proxy;
    this.revokeThis = revoke;
    nodes.set(proxy, this);
  }

  /** The base if nothing in it was changed, else a copy with the changes. */
  result(): Container {
    if (!this.touched) {
      return this.base;
    }
    if (this.settled === null) {
      this.settled = copyOf(this.latest);
      this.settleLoose(this.settled);
      for (const [key, { value, node }] of this.children) {
        if (Reflect.get(this.settled, key) === value) {
          define(this.settled, key, node.result());
        }
      }
    }
    return this.settled;
  }

  /** Only what the recipe put here may have drafts in it, wherever it has been moved since. */
  private settleLoose(settled: Container): void {
    if (this.loose.size === 0) {
      return;
    }
    const keys = Array.isArray(settled) ? settled.keys() : Reflect.ownKeys(settled);
    for (const key of keys) {
      const value = Reflect.get(settled, key);
      if (this.loose.has(value)) {
        define(settled, key, resolve(value));
      }
    }
  }

  private introduce(value: unknown): void {
    if (isContainer(value)) {
      this.loose.add(value);
    }
  }

  revoke(): void {
    this.revokeThis();
    for (const node of this.made) {
      node.revoke();
    }
  }

  private get latest(): Container {
    return this.copy ?? this.base;
  }

  private touch(): Container {
    this.mark();
    this.copy ??= copyOf(this.base);
    return this.copy;
  }

  private mark(): void {
    if (!this.touched) {
      this.touched = true;
      this.parent?.mark();
    }
  }

  private draftOf(value: object): Node {
    const node = new Node(value as Container, this);
    this.made.push(node);
    return node;
  }

  private read(key: PropertyKey): unknown {
    const value = Reflect.get(this.latest, key);
    if (Array.isArray(this.base) && CHANGERS.has(key)) {
      return (...args: unknown[]) =>
        this.changeList(value as (...args: unknown[]) => unknown, args);
    }
    if (!isContainer(value) || nodes.has(value) || !Object.hasOwn(this.latest, key)) {
      return value;
    }
    const known = this.children.get(key);
    if (known?.value === value) {
      return known.node.proxy;
    }
    const node = this.draftOf(value);
    this.children.set(key, { value, node });
    return node.proxy;
  }

  /** Works on the copy itself: a proxy of every element that is moved would cost more. */
  private changeList(method: (...args: unknown[]) => unknown, args: unknown[]): unknown {
    const list = this.touch() as unknown[];
    for (const [key, { value, node }] of this.children) {
      if (Reflect.get(list, key) === value) {
        Reflect.set(list, key, node.proxy);
        this.loose.add(node.proxy);
      }
    }
    this.children.clear();
    for (const arg of args) {
      this.introduce(arg);
    }
    const returned = method.apply(list, args);
    if (returned === list) {
      return this.proxy;
    }
    const draft = (value: unknown) =>
      isContainer(value) && !nodes.has(value) ? this.draftOf(value).proxy : value;
    return Array.isArray(returned) && !nodes.has(returned) ? returned.map(draft) : draft(returned);
  }

  private traps(): ProxyHandler<Container> {
    return {
      get: (_, key) => this.read(key),
      set: (_, key, value) => {
        if (!Object.is(this.read(key), value) || !Object.hasOwn(this.latest, key)) {
          this.introduce(value);
          define(this.touch(), key, value);
        }
        return true;
      },
      deleteProperty: (_, key) => {
        if (Object.hasOwn(this.latest, key)) {
          Reflect.deleteProperty(this.touch(), key);
        }
        return true;
      },
      has: (_, key) => Reflect.has(this.latest, key),
      ownKeys: () => Reflect.ownKeys(this.latest),
      getOwnPropertyDescriptor: (target, key) => {
        const found = Reflect.getOwnPropertyDescriptor(this.latest, key);
        if (found === undefined || Object.hasOwn(target, key)) {
          return found && { ...found, configurable: false }; // the length of a list
        }
        return { ...found, value: this.read(key), configurable: true, writable: true };
      },
      defineProperty: (_, key, descriptor) => {
        this.introduce(descriptor.value);
        define(this.touch(), key, descriptor.value);
        return true;
      },
    };
  }
}

/** The value without drafts in it. What the recipe made itself is not copied. */
function resolve(value: unknown): unknown {
  if (!isContainer(value)) {
    return value;
  }
  const node = nodes.get(value);
  if (node !== undefined) {
    return node.result();
  }
  if (Object.isFrozen(value)) {
    return value;
  }
  for (const key of Reflect.ownKeys(value)) {
    const child = Reflect.get(value, key);
    const resolved = resolve(child);
    if (resolved !== child) {
      define(value, key, resolved);
    }
  }
  return value;
}

function copyOf(value: Container): Container {
  return Array.isArray(value) ? value.slice() : { ...value };
}

/** Plain objects and lists: what JSON knows. */
function isContainer(value: unknown): value is Container {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  if (nodes.has(value) || Array.isArray(value)) {
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function define(target: Container, key: PropertyKey, value: unknown): void {
  if (key === "__proto__") {
    const shown = { writable: true, enumerable: true, configurable: true };
    Object.defineProperty(target, key, { ...shown, value });
  } else {
    Reflect.set(target, key, value);
  }
}

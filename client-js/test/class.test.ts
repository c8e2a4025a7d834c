import { describe, expect, it } from "vitest";
import { RPCService, Snorky } from "../src/index.js";

const Animal = Snorky.Class({
  STATIC: { kingdom: "animals" },
  constructor: function animal(this: { name: string }, name: string) {
    this.name = name;
  },
  greet(this: { name: string }) {
    return `I am ${this.name}`;
  },
});

describe("Snorky.Class", () => {
  it("makes a class of a constructor, methods and members of the class itself", () => {
    const cat = new Animal("Tom");

    expect(cat.greet()).toBe("I am Tom");
    expect(cat.constructor).toBe(Animal);
    expect(Animal.kingdom).toBe("animals");
    expect(Animal).not.toHaveProperty("STATIC");
  });

  it("makes subclasses, which call what they inherit through Super", () => {
    const Cat = Snorky.Class(Animal, {
      constructor: function cat(this: { color: string }, name: string, color: string) {
        Cat.Super.call(this, name);
        this.color = color;
      },
      greet(this: { color: string }) {
        return `${Animal.prototype.greet.call(this)} and ${this.color}`;
      },
    });

    const cat = new Cat("Tom", "grey");

    expect(cat.greet()).toBe("I am Tom and grey");
    expect(cat).toBeInstanceOf(Animal);
    expect(Cat.kingdom).toBe("animals");
  });

  it("constructs like the parent where no constructor is given", () => {
    const Dog = Snorky.Class(Animal, { bark: () => "woof" });

    expect(new Dog("Rex").greet()).toBe("I am Rex");
  });

  it("takes constructors in the short form, and works with new like any class", () => {
    const Made = new (Snorky.Class as unknown as new (body: object) => typeof Animal)({
      constructor(this: { made: boolean }) {
        this.made = true;
      },
    });

    expect(new Made().made).toBe(true);
  });

  it("extends classes that were made with class, over several generations", () => {
    class Point {
      sum = 0;
      constructor(x: number, y: number) {
        this.sum = x + y;
      }
      twice() {
        return 2 * this.sum;
      }
    }
    const Named = Snorky.Class(Point, {
      constructor: function named(this: { name: string }, name: string, x: number, y: number) {
        Named.Super.call(this, x, y);
        this.name = name;
      },
    });
    const Child = Snorky.Class(Named, {});

    const child = new Child("p", 1, 2);

    expect(child.twice()).toBe(6);
    expect(child.name).toBe("p");
    expect(child).toBeInstanceOf(Point);
    expect(child.constructor).toBe(Child);
  });

  it("can be extended with class", () => {
    class Puppy extends Animal {
      age = 1;
    }

    const puppy = new Puppy("Rex");

    expect(puppy.greet()).toBe("I am Rex");
    expect(puppy.age).toBe(1);
  });

  it("makes services", () => {
    const Calculator = Snorky.Class(RPCService, {
      constructor: function calculator(this: { calls: number }, name: string, snorky: Snorky) {
        Calculator.Super.call(this, name, snorky);
        this.calls = 0;
      },
    });
    Calculator.addRPCMethods(["sum"]);
    class NoSocket {
      onopen = null;
      onmessage = null;
      onclose = null;
      send() {}
      close() {}
    }

    const snorky = new Snorky(NoSocket, "", { calculator: Calculator });

    expect(snorky.services.calculator).toBeInstanceOf(RPCService);
    expect(snorky.services.calculator.name).toBe("calculator");
    expect(snorky.services.calculator.calls).toBe(0);
    expect(snorky.services.calculator.sum).toBeTypeOf("function");
    expect(RPCService.prototype).not.toHaveProperty("sum");
  });
});

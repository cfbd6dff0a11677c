import { defineProperty, functionPrototype, getPrototypeOf } from "./primordials.ts";

/**
 * Takes away the four constructors that make code from text. `Function` itself stays as a name, since libraries compare with it and read its
 * prototype; called, it throws, as do the other three.
 */
export function sealFunctions(): void {
  const tamed = refusing("Function", functionPrototype);
  defineProperty(globalThis, "Function", { value: tamed, writable: false, configurable: false, enumerable: false });
  for (const sample of [async () => {}, function* () {}, async function* () {}]) {
    const prototype = getPrototypeOf(sample)!;
    // deno-lint-ignore no-explicit-any -- only its name is read
    const name = (prototype as any).constructor.name as string;
    defineProperty(prototype, "constructor", {
      value: refusing(name, prototype),
      writable: false,
      configurable: false,
    });
  }
  defineProperty(functionPrototype, "constructor", { value: tamed, writable: false, configurable: false });
}

function refusing(name: string, prototype: object): unknown {
  const refuse = function () {
    throw new EvalError(`${name}() is not allowed: code is not made from text here`);
  };
  defineProperty(refuse, "name", { value: name });
  defineProperty(refuse, "prototype", { value: prototype, writable: false });
  return refuse;
}

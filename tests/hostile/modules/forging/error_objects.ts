/*
tries: throw what cannot be read without running its code
harm: lies
stopped by: codec
steps:
  - {call: throws, each: [[nothing], [nil], [text], [number], [symbol], [fn], [message], [name], [stack], [constructor_], [proxy], [message_object], [code_object], [class_name], [cycle], [deep], [aggregate], [dom]], fails: module_error, maybe_ran: true, process: same}
*/
export class Module {
  throws(way: string) {
    const odd = (name: string) =>
      Object.defineProperty(new Error("x"), name, {
        get() {
          throw 1;
        },
      });
    const ways: Record<string, () => unknown> = {
      nothing: () => undefined, nil: () => null, text: () => "just text", number: () => 5, symbol: () => Symbol("s"), fn: () => () => {},
      message: () => odd("message"), name: () => odd("name"), stack: () => odd("stack"), constructor_: () => odd("constructor"),
      proxy: () => new Proxy(new Error("x"), { get() { throw new Error("trap"); }, getPrototypeOf() { throw 1; }, has() { throw 1; } }),
      message_object: () => Object.assign(new Error("x"), { message: { toString() { throw 1; } } }),
      code_object: () => Object.assign(new Error("x"), { code: { toString: () => "not_found" } }),
      class_name: () => Object.assign(new Error("x"), { name: "\u001b[31mKernel\u202e" }),
      cycle: () => { const error = new Error("c"); error.cause = error; return error; },
      deep: () => { let error = new Error("0"); for (let i = 0; i < 10_000; i++) error = new Error(String(i), { cause: error }); return error; },
      aggregate: () => new AggregateError(Array.from({ length: 10_000 }, () => new Error("one"))),
      dom: () => new DOMException("d", "AbortError"),
    };
    throw ways[way]!();
  }
}

/** What is told of a module's names when one was asked for that it does not have. */
import assert from "node:assert/strict";
import { FAULTS } from "../../../kernel/contract/fault.ts";
import { noAttribute } from "../../../kernel/guest/worker/no_attribute.ts";
import { startWorker } from "./start_worker.ts";

const hintOf = (face: object, name: string, kind: "call" | "get" = "call", tools: readonly string[] = []) =>
  noAttribute({ api: "notes", aspect: "default", name, kind }, face, tools).hint;

class Base {
  list() {}
  _own() {}
  run() {}
}
class Notes extends Base {
  title = "groceries";
  #hidden = 1;
  get size(): number {
    throw new Error(`a getter was called ${this.#hidden}`);
  }
  add = () => {};
  remove() {}
  shutdown() {}
  getAspect() {}
}

Deno.test("a wrong method is answered with the methods that are there, the closest first, and no private ones", () => {
  assert.equal(hintOf(new Notes(), "lsit"), "its methods are list, add, remove");
  assert.equal(hintOf(new Notes(), "delete", "get"), "its attributes are title, size");
  assert.equal(hintOf({ a() {} }, "title", "get"), "its methods are a");
  assert.equal(hintOf({}, "list"), FAULTS.no_attribute.hint);
});

Deno.test("an attribute that is called, and a tool that is called as a method, are named as what they are", () => {
  assert.equal(hintOf(new Notes(), "size"), 'size is no method; a handle reads it by get("size")');
  assert.equal(
    hintOf(new Notes(), "find", "call", ["find"]),
    'find is a tool: add --aspect tool on the command line, or call it by getApi("notes").asAspect("tool")',
  );
});

Deno.test("ten names are told, the rest is counted, and of a face with very many a part is looked at", () => {
  const face = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, () => {}]));
  assert.equal(hintOf(face(10), "m3")!.split(", ").length, 10);
  assert.match(hintOf(face(11), "m3")!, /^its methods are m3, .* and 1 more$/);
  assert.match(hintOf(face(100_000), "m3")!, / and 118 more$/);
});

Deno.test("names that would not read as one are left out", () => {
  const face = {
    "a\nb": () => {},
    ["x".repeat(65)]: () => {},
    "is-one": () => {},
    [Symbol("s")]: () => {},
    "çÅ1": () => {},
  };
  assert.equal(hintOf(face, "b"), "its methods are çÅ1");
});

Deno.test("a face that throws at every touch is refused all the same", () => {
  const fail = () => {
    throw new Error("touched");
  };
  for (const trap of ["ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf"]) {
    assert.equal(hintOf(new Proxy({ a: 1 }, { [trap]: fail }), "b"), FAULTS.no_attribute.hint);
  }
  const endless: object = new Proxy({}, { getPrototypeOf: () => endless });
  assert.equal(hintOf(endless, "b"), FAULTS.no_attribute.hint);
  assert.equal(hintOf(new Float64Array(1e6), "b"), FAULTS.no_attribute.hint);
});

Deno.test("a module hears of its own names, also after it has broken what they are listed with", async () => {
  const code = `import { tool } from "meta-machine";
    const find = tool({ description: "Finds.", params: { type: "object" }, run: () => 1 });
    export class Module {
      latest() {}
      break() { Array.prototype.sort = () => { throw new Error("no"); }; }
      getAspect(name) { return name === "tool" ? { find } : this; }
    }`;
  await using worker = await startWorker(code);
  const hint = async (name: string, aspect = "default") => {
    const answer = await worker.call(name, [], { aspect });
    assert.ok(!answer.ok && answer.code === "no_attribute");
    return answer.fault["hint"];
  };
  assert.equal(await hint("lastest"), "its methods are latest, break");
  assert.match(String(await hint("find")), /^find is a tool: /);
  assert.equal(await hint("fnid", "tool"), "its tools are find");
  await worker.value("break");
  assert.equal(await hint("lastest"), FAULTS.no_attribute.hint);
});

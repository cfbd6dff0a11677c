/** Errors that only the engine finds, told with the author's file and line. */
import assert from "node:assert/strict";
import { atAuthorsPlace } from "../../../kernel/guest/worker/author_place.ts";
import { bundled } from "../vet/order.ts";
import { beginWorker } from "./start_worker.ts";

async function failure(files: Record<string, string>) {
  await using worker = await beginWorker("", { api: "tasks/x", raw: await bundled(files, { api: "tasks/x" }) });
  const { fault, stack } = await worker.next("failed");
  return { message: fault.message, stack };
}

Deno.test("a syntax error that only the engine finds names the author's file and line", async () => {
  const { message, stack } = await failure({
    "mod.ts":
      `interface A {\n  a: number;\n}\nimport { read } from "./lib/a.ts";\nexport class Module {\n  read = read;\n}\n`,
    "lib/a.ts": `type T = number;\n\nexport function read(from: object) {\n  return (from as T).#hidden;\n}\n`,
  });
  const told =
    /SyntaxError: Private field '#hidden' must be declared in an enclosing class at plugin:\/\/\/tasks\/x\/lib\/a\.ts:4:\d+$/;
  assert.match(message, told);
  assert.match(stack!, told);
});

Deno.test("a name that meta-machine does not have is told with the import that asks for it", async () => {
  const { message } = await failure({
    "mod.ts":
      `import { fault } from "meta-machine";\nimport { use } from "./b.ts";\nexport class Module {\n  go() {\n    return [fault, use];\n  }\n}\n`,
    "b.ts":
      `type A = number;\nimport {\n  tool,\n  nope as mine,\n} from "meta-machine";\nexport const use = [tool, mine];\n`,
  });
  assert.match(message, /does not provide an export named 'nope' at plugin:\/\/\/tasks\/x\/b\.ts:4:3$/);
});

Deno.test("what is no syntax error of this module, or has no map, is given back as it was", () => {
  const url = "plugin:///tasks/x";
  const place = `no good at ${url}:1:1`;
  const hostile = Object.create(SyntaxError.prototype, {
    message: {
      get() {
        throw new Error("a getter that throws");
      },
    },
  });
  for (const thrown of [new TypeError(place), new SyntaxError("no good"), new SyntaxError(`${place}1: x`), 5, null]) {
    assert.equal(atAuthorsPlace(thrown, url, ""), thrown);
  }
  assert.equal(atAuthorsPlace(hostile, url, ""), hostile);
  const broken = "\n//# sourceMappingURL=data:application/json;base64,????";
  const thrown = new SyntaxError(place);
  assert.equal(atAuthorsPlace(thrown, url, broken), thrown);
  assert.equal((atAuthorsPlace(thrown, url, "") as Error).message, "no good");
});

/** `meta-machine/bracket` in a sealed Worker: vetted, bundled, and no way to anything that a module must not have. */
import assert from "node:assert/strict";
import { vetModule } from "../../../kernel/guest/vet/mod.ts";
import { DOOR_TEXTS } from "../../../libs/mod.ts";
import { startWorker } from "./start_worker.ts";
import { PRELUDE, WALK } from "./walk.ts";

const DOOR = "meta-machine/bracket";
const MODULE = `import * as bracket from "meta-machine/bracket";
${WALK}
export class Module {
  read(text) { return bracket.readTurn(text); }
  walk() { return walk({ bracket, reader: new bracket.TurnReader() }).hits; }
}
`;

Deno.test("meta-machine/bracket works in a sealed Worker, and leads to nothing else", async () => {
  const files = [{ path: "talk.js", text: MODULE }];
  const vetted = await vetModule({ api: "talk", entry: "talk.js", files, packages: [], builtins: [] });
  assert.ok(vetted.ok, vetted.ok ? "" : vetted.fault.message);
  await using worker = await startWorker("", {
    raw: vetted.value.code,
    libraries: [[DOOR, await DOOR_TEXTS[DOOR]!()]],
    prelude: PRELUDE,
  });
  assert.deepEqual(await worker.value("read", ["~~~tool\n{call: t {params {__proto__ {a: 1}}}}\n~~~"]), [{
    line: 1,
    calls: [{ call: "t", params: JSON.parse('{"__proto__": {"a": 1}}') }],
    warnings: [],
    error: null,
  }]);
  assert.deepEqual(await worker.value("walk"), []);
});

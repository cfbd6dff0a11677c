import assert from "node:assert/strict";
import { doubtsOf } from "../../kernel/config/doubts.ts";
import { refusalOf, specOf } from "./parsed.ts";

const doubts = (text: string, apis: readonly string[] = ["a", "database", "tasks/one"]) =>
  doubtsOf(specOf(text), text, apis);

Deno.test("a key that is nearly one of the host's is doubted, with its line; any other is the module's own", () => {
  assert.deepEqual(doubts("shown: 1\ngrant: {}\n"), [
    "configs/a.yml:2: 'grant' is read as a key of the module's own; was 'grants' meant?",
  ]);
  assert.deepEqual(doubts("Limits: {}\n"), [
    "configs/a.yml:1: 'Limits' is read as a key of the module's own; was 'limits' meant?",
  ]);
  assert.deepEqual(doubts("interval: 5\nseconds: 1\naccess: {}\nroots: []\nserver: x\n"), []);
});

Deno.test("a grant that stands beside grants is doubted", () => {
  assert.deepEqual(doubts("services: [database]\n"), [
    "configs/a.yml:1: 'services' stands beside grants, not under it: it is read as a key of the module's own",
  ]);
});

Deno.test("a granted service that no config claims is doubted, with the name that was meant or those that there are", () => {
  const text =
    "grants:\n  services:\n    - databse\n    - {api: nothing}\n    - tasks/*\n    - task/*\n    - database\n";
  assert.deepEqual(doubts(text), [
    "configs/a.yml:3: grants.services: no config of this home claims 'databse'; was 'database' meant?",
    "configs/a.yml:4: grants.services: no config of this home claims 'nothing'; there are a, database, tasks/one",
    "configs/a.yml:6: grants.services: no config of this home claims a name below task/",
  ]);
  assert.deepEqual(doubts("grants: {services: [x]}", []), [
    "configs/a.yml:1: grants.services: no config of this home claims 'x'",
  ]);
  assert.match(doubts("grants: {services: [nothing]}", ["a", "b", "c", "d", "e", "f"])[0]!, / and 1 more$/);
});

Deno.test("an unknown key that is nearly a known one is refused with that one", () => {
  assert.match(refusalOf("grants: {nett: []}").fault.hint ?? "", /^was net meant\?/);
  assert.match(refusalOf("limits: {memory: 5}").fault.hint ?? "", /^mend the file/);
});

Deno.test("nothing of the shipped configs is doubted", async () => {
  const names = ["services/database", "services/filesystem", "tasks/rl_trainer", "my_module"];
  for (const name of names) {
    const text = await Deno.readTextFile(new URL(`../../configs/${name}.yml`, import.meta.url));
    assert.deepEqual(doubtsOf(specOf(text, `configs/${name}.yml`), text, ["database", "filesystem"]), []);
  }
});

Deno.test("doubtsOf names a secret that is bound to a host which the module may not reach", () => {
  const secret = "secrets: [{env: KEY, host: api.example.com, header: Authorization}]";
  const doubts = (text: string) => doubtsOf(specOf(text), text, ["http"]);
  assert.deepEqual(doubts(`grants:\n  net: ["API.example.com:443"]\n  ${secret}\n`), []);
  assert.deepEqual(doubts(`grants:\n  net: ["b.example:443"]\n  ${secret}\n`), [
    "configs/a.yml:3: grants.secrets: KEY is bound to api.example.com, which grants.net does not name: nothing is ever sent there",
  ]);
});

Deno.test("doubtsOf says when fetch is granted and nobody is there to fetch", () => {
  const net = 'grants:\n  net: ["a.example:443"]\n';
  assert.deepEqual(doubts(net), [
    "configs/a.yml:2: grants.net: fetch goes through the service http, which no config of this home claims",
  ]);
  assert.deepEqual(doubts(net, ["http"]), []);
  assert.deepEqual(doubts(`${net}  builtins: ["node:net"]\n`), [], "it has sockets of its own");
});

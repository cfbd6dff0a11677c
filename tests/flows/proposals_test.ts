/** A module rewrites another one, and nothing happens until somebody has said yes; what does not run, or turns out bad, is taken back. */
import assert from "node:assert/strict";
import type { ListedProposal, Proposal } from "../../kernel/contract/proposal.ts";
import { RunningHost, until } from "./running_host.ts";

const IMPROVER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  propose(change) { return this.kernel.propose(change); }
  adopt(id) { return this.kernel.adopt(id); }
  rollback(api) { return this.kernel.rollback(api); }
}`;
const notes = (answer: string, entry = "add") => `
import { tool } from "meta-machine";
export class Module {
  #count = 0;
  count() { return ++this.#count; }
  answer() { return ${JSON.stringify(answer)}; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    return { ${entry}: tool({ description: "Adds.", params: { type: "object" }, run: () => ${
  JSON.stringify(answer)
} }) };
  }
}`;
const FILES = {
  "plugins/improver.js": IMPROVER,
  "configs/improver.yml": "grants: {kernel: [propose, adopt, rollback]}\n",
  "plugins/plain.js": IMPROVER,
  "configs/plain.yml": "",
  "plugins/notes.js": notes("one"),
  "configs/notes.yml": "greeting: hello\n",
  "configs/rich.yml": "prog: lonely\ngrants: {kernel: [adopt]}\n",
  "plugins/shared.js": notes("shared"),
  "configs/uses_shared.yml": "prog: shared\n",
  "configs/also_shared.yml": "prog: shared\ngrants: {kernel: [adopt]}\n",
  "plugins/spare.js": notes("spare"),
};
const propose = async (host: RunningHost, change: Record<string, unknown>): Promise<string> => {
  const asked = JSON.stringify({ api: "notes", objective: "answer better", ...change });
  return (await host.json<{ id: string }>("call", "improver", "propose", asked)).id;
};
const answer = (host: RunningHost) => host.json("call", "notes", "answer");

Deno.test("a proposed source waits for a person, who sees the difference; adopted it runs, and is taken back by one word", async () => {
  await using host = await RunningHost.start(FILES);
  const id = await propose(host, { source: notes("two"), model: "scripted" });
  assert.equal(await answer(host), "one");
  const [listed] = await host.json<ListedProposal[]>("proposals");
  assert.deepEqual([listed!.id, listed!.state, listed!.kind, listed!.by, listed!.files], [
    ...[id, "open", "module", "improver"],
    ["plugins/notes.js"],
  ]);
  const { out } = await host.cli("proposals", "show", id);
  assert.match(
    out,
    /^p[0-9a-f]{12}: module of notes, open\nby improver for @operator, written by scripted\nanswer better\n/,
  );
  assert.match(out, /\n- {2}answer\(\) \{ return "one"; \}\n\+ {2}answer\(\) \{ return "two"; \}\n/);

  assert.equal((await host.fault("call", "improver", "adopt", id)).code, "approval_required", "a model wrote it");
  assert.match((await host.cli("adopt", id)).out, /^adopted p/);
  assert.equal(await answer(host), "two");
  assert.equal((await host.fault("adopt", id)).code, "conflict");
  assert.match((await host.cli("rollback", "notes")).out, /^took p[0-9a-f]{12} back/);
  assert.equal(await answer(host), "one");
  assert.equal(await Deno.readTextFile(`${host.home}/plugins/notes.js`), FILES["plugins/notes.js"]);
  assert.equal((await host.fault("rollback", "notes")).code, "not_found");
  const kinds = (await host.events()).map(({ kind }) => kind).filter((kind) => kind.startsWith("proposal."));
  assert.deepEqual(kinds, ["proposal.made", "proposal.adopted", "proposal.rolled_back"]);
});

Deno.test("what breaks a contract, does not load, asks for more, or is about what has changed since, is adopted by nobody", async () => {
  await using host = await RunningHost.start(FILES);
  const refusals: [change: Record<string, unknown>, why: RegExp][] = [
    [{ source: notes("x", "append") }, /contract: the tool 'add' is gone/],
    [{ source: "export class Module { constructor() { throw new Error('no'); } }" }, /load: .*no/],
    [{ source: "export class Module {" }, /load: /],
    [{ source: "export class Module { constructor() { for (;;); } }" }, /load: /],
    [{ config: "grants: {services: [database]}\n" }, /grants: it asks for more: services: database/],
    [{ config: "limits: {memory_mb: 4000}\n" }, /grants: it asks for more: limits: memory_mb 4000/],
    [{ api: "uses_shared", source: notes("x") }, /shared: the source of 'uses_shared' is that of also_shared too/],
    [{ config: "approve: never\n" }, /grants: it asks for more: approve: never/],
    [{ config: "api: other\n" }, /config: configs\/notes\.yml would claim 'other'/],
    [{ config: "prog: improver\n" }, /config: .*would run prog 'improver'/],
    [{ config: "greeting: [\n" }, /config: .*broken YAML/],
    [
      { api: "fresh", source: notes("new"), config: "grants: {kernel: [adopt]}\n" },
      /grants: it asks for more: kernel: adopt/,
    ],
  ];
  for (const [change, why] of refusals) {
    const id = await propose(host, change);
    const refused = await host.fault("adopt", id);
    assert.equal(refused.code, "denied", JSON.stringify(change));
    assert.match(refused.message, why);
    assert.match((await host.cli("reject", id)).out, /^rejected p/);
  }
  // A new module's source would be another one's too, and run with what that one was granted.
  for (
    const [api, why] of [
      ["lonely", /configs\/rich\.yml waits for a source of prog 'lonely'/],
      ["shared", /'(?:uses|also)_shared' runs prog 'shared'/],
      ["spare", /plugins\/spare\.js is there already/],
      ["services/http", /comes with the program/],
    ] as const
  ) {
    const asked = JSON.stringify({ api, objective: "x", source: notes("x") });
    const refused = await host.fault("call", "improver", "propose", asked);
    assert.match(refused.message, why);
  }
  assert.equal(await answer(host), "one");
  const id = await propose(host, { source: notes("two") });
  await host.write({ "plugins/notes.js": notes("by hand") });
  await until(async () => await answer(host) === "by hand", 5_000, () => "not reloaded");
  assert.match(
    (await host.fault("adopt", id)).message,
    /fresh: plugins\/notes\.js has changed since this was proposed/,
  );
  for (
    const [method, arg] of [["propose", '{"api": "notes", "objective": "x", "config": ""}'], ["adopt", id]] as const
  ) {
    const { message } = await host.fault("call", "plain", method, arg);
    assert.equal(message, `'plain' may not use kernel.${method}`);
  }
  for (
    const change of [
      '{"api": "notes"}',
      '{"api": "notes", "objective": "x"}',
      '{"api": "../x", "objective": "x", "source": ""}',
      '{"api": "notes", "objective": "x", "source": [{"path": "../a.ts", "text": ""}]}',
    ]
  ) {
    assert.equal((await host.fault("call", "improver", "propose", change)).code, "invalid_argument");
  }
});

Deno.test("a config and a new module are changes too; calls go on through them, and what dies soon after is taken back by itself", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "configs/notes.yml": "greeting: hello\nlimits: {liveness_ms: 1000}\nrestart: {max: 1, window_s: 60}\n",
  });
  const config = await propose(host, {
    config: "greeting: good day\nlimits: {liveness_ms: 1000}\nrestart: {max: 1, window_s: 60}\n",
  });
  const refused = await host.fault("call", "improver", "adopt", config);
  assert.deepEqual([refused.code, /changes more than a module's source/.test(refused.message)], [
    "approval_required",
    true,
  ]);
  assert.equal((await host.cli("adopt", config)).code, 0);
  assert.equal(
    await Deno.readTextFile(`${host.home}/configs/notes.yml`),
    "greeting: good day\nlimits: {liveness_ms: 1000}\nrestart: {max: 1, window_s: 60}\n",
  );

  const alone = await propose(host, { source: notes("by a module") });
  assert.equal((await host.json<Proposal>("call", "improver", "adopt", alone)).state, "adopted", "no model wrote it");
  assert.equal((await host.cli("rollback", "notes")).code, 0);

  const fresh = await propose(host, { api: "tasks/fresh", source: notes("new") });
  assert.equal((await host.cli("adopt", fresh)).code, 0);
  assert.equal(await host.json("call", "tasks/fresh", "answer"), "new");
  assert.equal((await host.cli("rollback", "tasks/fresh")).code, 0);
  assert.equal((await host.fault("call", "tasks/fresh", "answer")).code, "service_down");

  const dies = await propose(host, {
    source: notes("three").replace("answer() {", "run() { setTimeout(() => { for (;;); }, 300); }\n  answer() {"),
  });
  assert.equal((await host.cli("adopt", dies)).code, 0);
  const back = async () => (await host.json<Proposal>("proposals", "show", dies)).state === "rolled_back";
  await until(back, 90_000, () => "it was not taken back");
  await until(
    async () => (await host.cli("call", "notes", "answer", "--json")).out.trim() === '"one"',
    10_000,
    () => "it does not serve",
  );
});

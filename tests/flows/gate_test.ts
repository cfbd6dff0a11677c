/** Ten candidates before the gate: one is better; the others fail to load, break a contract, fail a probe, ask for more, are slower, read the probes, loop, bomb, or are written by a model. */
import assert from "node:assert/strict";
import type { ListedProposal, Proposal } from "../../kernel/contract/proposal.ts";
import { ModelServer, says } from "../model_server/mod.ts";
import { RunningHost, until } from "./running_host.ts";

const HEAD = `
import { tool } from "meta-machine";
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    return { total: tool({ description: "The sum.", params: { type: "object" }, run: () => this.total([]), readOnly: true }) };
  }`;
const module = (body: string) => `${HEAD}\n  ${body}\n}`;
const TOTAL = "total(list) { let sum = 0; for (const n of list) sum += n; return sum; }";
const STORED = "async stored() { return (await this.kernel.getApi('database').query('select 1')).length; }";
const PROPOSER = `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  propose(change) { return this.kernel.propose(change); }
  async spy() { try { return await this.kernel.getApi("gate").verdicts(); } catch (error) { return error.message; } }
}`;
const PROBES = `
probes:
  sums:
    answers: {database: {query: [{a: 1}, {a: 2}]}}
    calls:
      - {method: total, args: [[1, 2, 3]], expect: 6}
      - {method: total, args: [[]], expect: 0}
      - {method: stored, expect: 2}
      - {method: kind}
`;
const FILES = {
  "plugins/sums.js": module(`${TOTAL} ${STORED} kind() { return "plain"; }`),
  "configs/sums.yml": "grants: {services: [database]}\n",
  "plugins/proposer.js": PROPOSER,
  "configs/proposer.yml": "grants: {kernel: [propose], services: [gate]}\n",
  "configs/gate.yml":
    `prog: gate\ngrants: {kernel: [events, status, shadow, adopt, rollback]}\nadopts: true\n${PROBES}`,
};

async function judged(host: RunningHost, change: Record<string, unknown>): Promise<Proposal> {
  const asked = JSON.stringify({ api: "sums", objective: "be better", ...change });
  const { id } = await host.json<{ id: string }>("call", "proposer", "propose", asked);
  const show = () => host.json<Proposal>("proposals", "show", id);
  await until(
    async () => (await show()).findings.some(({ check }) => check === "gate" || check === "verdict"),
    30_000,
    () => "no verdict",
  );
  const { model, kind } = await show();
  if (model === undefined && kind === "module") {
    await until(async () => (await show()).state !== "open", 30_000, () => "no decision");
  }
  return await show();
}
const rest = `${STORED} kind() { return "plain"; }`;

/** A module that calls all the time, and counts. */
const PUMP = `
export class Module {
  isRunning = true;
  seen = { right: 0, wrong: 0, failed: [] };
  constructor(kernel) { this.sums = kernel.getApi("sums"); this.kernel = kernel; }
  async run() {
    const lanes = Array.from({ length: 8 }, async () => {
      while (this.isRunning) {
        try {
          (await this.sums.total([1, 2, 3])) === 6 ? this.seen.right++ : this.seen.wrong++;
        } catch (error) {
          this.seen.failed.push(error.message);
        }
        await this.kernel.sleep(10);
      }
    });
    await Promise.all(lanes);
  }
  shutdown() { this.isRunning = false; }
  counted() { return this.seen; }
}`;

Deno.test("the gate adopts a better candidate under live calls, none of which is lost, and it can be taken back", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "plugins/pump.js": PUMP,
    "configs/pump.yml": "grants: {services: [sums]}\n",
  });
  const better = module(`total(list) { return list.reduce((sum, n) => sum + n, 0); } version() { return 2; } ${rest}`);
  const { state, findings } = await judged(host, { source: better });
  assert.equal(state, "adopted", JSON.stringify(findings));
  assert.equal(await host.json("call", "sums", "version"), 2);
  assert.equal((await host.cli("rollback", "sums")).code, 0);
  assert.equal((await host.fault("call", "sums", "version")).code, "no_attribute");
  const { right, wrong, failed } = await host.json<{ right: number; wrong: number; failed: string[] }>(
    ...["call", "pump", "counted"],
  );
  assert.deepEqual([wrong, failed], [0, []]);
  assert.ok(right > 200, `${right} calls`);
});

Deno.test("the gate adopts none that fails, and each verdict says why", async () => {
  await using host = await RunningHost.start(FILES);
  const candidates: [name: string, change: Record<string, unknown>, why: RegExp][] = [
    [
      "does not load",
      { source: "export class Module { constructor() { throw new Error('never'); } }" },
      /load: .*never/,
    ],
    ["breaks its contract", {
      source: `export class Module { constructor(kernel) { this.kernel = kernel; } ${TOTAL} ${rest} }`,
    }, /contract: the tool 'total' is gone/],
    ["fails a probe", { source: module(`total() { return 6; } ${rest}`) }, /probe: 'total' gives 6, expected is 0/],
    [
      "answers otherwise than before",
      { source: module(`${TOTAL} ${STORED} kind() { return "fancy"; }`) },
      /probe: 'kind' gives "fancy", and gave "plain"/,
    ],
    [
      "edits its own tests",
      { source: module(`total() { return 7; } ${rest}`), tests: [{ method: "total", args: [[1, 2, 3]], expect: 7 }] },
      /failed probe: 'total' gives 7, expected is 6/,
    ],
    [
      "fails its own test",
      { source: module(`${TOTAL} ${rest} /**/`), tests: [{ method: "total", args: [[1]], expect: 2 }] },
      /failed test: 'total' gives 1, expected is 2/,
    ],
    ["asks for more", { config: "grants: {services: [database, gate]}\n" }, /grants: it asks for more: services: gate/],
    ["is slower", {
      source: module(
        `total(list) { const end = Date.now() + 700; while (Date.now() < end); return list.reduce((a, b) => a + b, 0); } ${rest}`,
      ),
    }, /time: its calls took/],
    ["reads the probes", {
      source: module(`async total() { return (await this.kernel.getApi("gate").probes()).sums; } ${rest}`),
    }, /probe: 'total' failed: .*reaches nobody/],
    ["loops", { source: module(`total() { for (;;); } ${rest}`) }, /probe: 'total' failed/],
    [
      "bombs",
      { source: module(`total() { const all = []; for (;;) all.push(new Uint8Array(8e6).fill(1)); } ${rest}`) },
      /probe: 'total' failed/,
    ],
  ];
  for (const [name, change, why] of candidates) {
    const { id, state, kind, findings } = await judged(host, change);
    // Of a config a person decides, and the kernel holds to the grants whoever that is.
    const refused = kind === "config" ? (await host.fault("adopt", id)).message : "";
    const said = refused +
      findings.map(({ check, passed, said }) => `${passed ? "" : "failed "}${check}: ${said}`).join("\n");
    assert.notEqual(state, "adopted", name);
    assert.match(said, why, `${name}: ${said}`);
  }
  assert.equal(await host.json("call", "sums", "total", "[4, 5]"), 9, "what ran runs on");
  assert.equal(await host.json("call", "proposer", "spy").then((found) => Array.isArray(found)), true);
});

Deno.test("a candidate gets a part of the real calls first, and one that fails there is adopted by nobody", async () => {
  await using host = await RunningHost.start({
    ...FILES,
    "configs/gate.yml":
      `prog: gate\ngrants: {kernel: [events, status, shadow, route_share, adopt, rollback]}\nadopts: true\nshare: {percent: 50, s: 4}\n`,
  });
  let calling = true;
  const calls = (async () => {
    while (calling) await host.cli("call", "sums", "total", "{}", "--aspect", "tool");
  })();
  const brittle = module(`total(list) { if (Math.random() < 0.8) throw new Error("not today"); return 0; } ${rest}`);
  const failed = await judged(host, { source: brittle });
  assert.equal(failed.state, "rejected");
  assert.match(failed.findings.at(-1)!.said, /^share: it fails more often: its calls: [1-9]\d* of \d+ failed/);
  const fine = await judged(host, {
    source: module(`total(list) { return list.reduce((a, b) => a + b, 0); } ${rest}`),
  });
  assert.equal(fine.state, "adopted", JSON.stringify(fine.findings));
  assert.match(JSON.stringify(fine.findings), /"check":"share","passed":true,"said":"its calls: 0 of [1-9]\d* failed/);
  calling = false;
  await calls;
});

Deno.test("what fails under real calls only is adopted, and taken back by itself", async () => {
  await using host = await RunningHost.start(FILES);
  const brittle = module(
    `total(list) { if (list.length > 3) throw new Error("too long"); return list.reduce((a, b) => a + b, 0); } ${rest}`,
  );
  const { id, state, findings } = await judged(host, { source: brittle });
  assert.equal(state, "adopted", JSON.stringify(findings));
  for (let i = 0; i < 5; i++) await host.cli("call", "sums", "total", "[1, 2, 3, 4]");
  const back = async () => (await host.json<Proposal>("proposals", "show", id)).state === "rolled_back";
  await until(back, 20_000, () => "it was not taken back");
  assert.equal(await host.json("call", "sums", "total", "[1, 2, 3, 4]"), 10);
});

Deno.test("a model's candidate is proposed by the improver, passes the gate, and waits for a person", async () => {
  await using server = new ModelServer();
  const shipped = (name: string) =>
    Deno.readTextFileSync(new URL(`../../configs/services/${name}.yml`, import.meta.url));
  const better = module(`total(list) { return list.reduce((sum, n) => sum + n, 0); } version() { return 3; } ${rest}`);
  await using host = await RunningHost.start({
    ...FILES,
    "configs/http.yml": shipped("http"),
    "configs/filesystem.yml": `${
      shipped("filesystem").replace(/^roots:[^]*$/m, "")
    }\nroots: {self_improver: [{path: plugins, mode: r}]}\n`,
    "configs/inference/mind.yml":
      `prog: openai\ngrants: {packages: [openai, "@cfworker/json-schema"], net: ["${server.at}"]}\nparams: {base_url: "${server.base_url}", model: scripted}\nlimits: {call_timeout_ms: 320000}\n`,
    "configs/self_improver.yml":
      'prog: self_improver\ngrants: {services: [{api: filesystem, aspects: [tool]}, "inference/*"], kernel: [propose]}\ninference: inference/mind\nper_hour: 2\nlimits: {call_timeout_ms: 620000}\n',
  });
  server.will(says(`Here it is.\n\`\`\`js\n${better}\n\`\`\`\n`), says("I would rather not."));
  const wish = '{"api": "sums", "objective": "use reduce", "path": "plugins/sums.js"}';
  const { id } = await host.json<{ id: string }>("call", "self_improver", "improve", wish);
  assert.match(JSON.stringify(server.asked[0]!.body.messages), /Objective: use reduce.*let sum = 0/);
  const shown = () => host.json<Proposal>("proposals", "show", id);
  await until(async () => (await shown()).findings.some(({ check }) => check === "gate"), 30_000, () => "no verdict");
  const { state, model, findings } = await shown();
  assert.deepEqual([state, model, findings.at(-1)], ["open", "scripted", {
    ...{ check: "gate", passed: true, said: "it passed; a person decides" },
  }]);
  assert.equal((await host.cli("adopt", id)).code, 0);
  assert.equal(await host.json("call", "sums", "version"), 3);
  assert.match((await host.fault("call", "self_improver", "improve", wish)).message, /no code block in its answer/);
  assert.equal((await host.fault("call", "self_improver", "improve", wish)).code, "quota");
  assert.equal((await host.json<ListedProposal[]>("proposals")).length, 1);
});

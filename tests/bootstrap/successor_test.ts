/** A kernel that is to take over: what it says and in which order, and each reason for which it leaves instead. */
import assert from "node:assert/strict";
import { type Hello, PROTOCOL, type ToWatchdog } from "../../kernel/contract/channel.ts";
import { findMetaFiles } from "../../kernel/config/mod.ts";
import { runKernel } from "../../kernel/bootstrap/mod.ts";
import { hello, makeHome, ScriptedPowers } from "../kernel/scripted_powers.ts";

const DID = "__did_in_successor_test";
const did: unknown[] = [];
Object.assign(globalThis, { [DID]: did });

interface Fails {
  readonly constructor_?: string;
  readonly importState?: string;
  readonly boot?: string;
}
/** A kernel of a home that tells what it is asked to do; each of its parts may do something else. */
const kernel = ({ constructor_ = "", importState = "", boot = "" }: Fails = {}) => `
  export class Kernel {
    constructor(setup) { this.setup = setup; globalThis.${DID}.push("made"); ${constructor_} }
    async importState(state) { globalThis.${DID}.push(["import", state]); ${importState} }
    async boot() { globalThis.${DID}.push("boot"); ${boot} }
    async waitForShutdown() {}
  }`;

/** Runs a successor to `meta-v2.yml` of this home as it stood when it was asked for. */
async function succeed(
  files: Readonly<Record<string, string>>,
  { meanwhile = {}, ...more }: Partial<Hello> & { readonly meanwhile?: Readonly<Record<string, string>> } = {},
) {
  did.length = 0;
  const home = await makeHome({ "configs/meta.yml": "prog: lower", "kernel/lower.ts": kernel(), ...files });
  const powers = new ScriptedPowers();
  powers.answers = (message) =>
    message.t === "take_over" ? { t: "state", state: { format: 1, of: "epoch 1" } } : undefined;
  const wanted = (await findMetaFiles(powers.files, home)).find(({ file }) => file === "meta-v2.yml")!;
  for (const [path, text] of Object.entries(meanwhile)) await Deno.writeTextFile(`${home}/${path}`, text);
  try {
    const successor = { meta: wanted.file, hash: wanted.hash };
    const code = await runKernel(powers, hello(home, { epoch: 2, successor, ...more }));
    const said = powers.sent.filter(({ t }) => t !== "alive" && t !== "log_bounds");
    return { code, said, log: powers.log, hash: wanted.hash };
  } finally {
    powers.hangUp();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await Deno.remove(home, { recursive: true });
  }
}
const leaving = (said: readonly ToWatchdog[]) => said.find((message) => message.t === "leave");

Deno.test("a successor makes the one version that was asked for, asks for the state, imports it, and only then boots", async () => {
  const { code, said, hash } = await succeed({
    "configs/meta-v2.yml": "prog: mine",
    "configs/meta-v3.yml": "prog: lower",
    "kernel/mine.ts": kernel(),
  });
  assert.deepEqual(said, [{ t: "booting", meta: "meta-v2.yml", hash }, { t: "take_over" }]);
  assert.deepEqual(did, ["made", ["import", { format: 1, of: "epoch 1" }], "boot"]);
  assert.equal(code, 0);
});

Deno.test("a successor that can't take over leaves with the reason, tries no other version, and ends with code 1", async () => {
  const cases: readonly [string, Readonly<Record<string, string>>, RegExp, number][] = [
    ["prog: [", {}, /^broken YAML: /, 0],
    ["prog: missing", {}, /^prog 'missing' not found/, 0],
    ["prog: mine", { "kernel/mine.ts": "export const nothing = 1;" }, /exports no class named Kernel$/, 0],
    ["prog: mine", { "kernel/mine.ts": kernel({ constructor_: "throw new Error('no room');" }) }, /^no room$/, 1],
    [
      "prog: mine",
      { "kernel/mine.ts": "export class Kernel { async boot() {} async waitForShutdown() {} }" },
      /^the Kernel of 'mine' has no importState\(\): it can be started, but can't take over$/,
      0,
    ],
    [
      "prog: mine",
      { "kernel/mine.ts": kernel({ importState: "throw new Error('strange words');" }) },
      /^strange words$/,
      2,
    ],
    ["prog: mine", { "kernel/mine.ts": kernel({ boot: "throw new Error('socket in use');" }) }, /^socket in use$/, 3],
  ];
  for (const [meta, files, why, steps] of cases) {
    const { code, said, log } = await succeed({ "configs/meta-v2.yml": meta, ...files });
    const left = leaving(said);
    assert.ok(left?.t === "leave", JSON.stringify(said));
    assert.match(left.why!, why);
    assert.deepEqual([left.again, said.at(-1), code, did.length], [undefined, left, 1, steps], left.why!);
    assert.ok(log.includes(`WARNING meta-v2.yml can't take over: ${left.why}`), log.join("\n"));
  }
});

Deno.test("a successor whose file has changed since it was asked for leaves for no fault of that version's", async () => {
  const files = { "configs/meta-v2.yml": "prog: mine", "kernel/mine.ts": kernel() };
  const { said, code } = await succeed(files, { meanwhile: { "configs/meta-v2.yml": "prog: mine # newer" } });
  const why = "meta-v2.yml has changed since a hand-over to it was asked for";
  assert.deepEqual([said, code, did], [[{ t: "leave", why, again: true }], 1, []]);
});

Deno.test("a successor of another protocol than the host's loads nothing, and says what helps", async () => {
  const files = { "configs/meta-v2.yml": "prog: mine", "kernel/mine.ts": kernel() };
  const { said, code } = await succeed(files, { protocol: PROTOCOL + 1 });
  const left = leaving(said);
  assert.ok(left?.t === "leave" && said.length === 1);
  assert.match(
    left.why!,
    new RegExp(`speaks protocol ${PROTOCOL}, this host ${PROTOCOL + 1}: stop it and start it again$`),
  );
  assert.deepEqual([code, did], [1, []]);
});

import assert from "node:assert/strict";
import { NO_GRANTS } from "../../kernel/config/mod.ts";
import { parseKernelState, STATE_FORMAT } from "../../kernel/handover/kernel_state.ts";

type Map = Record<string, unknown>;

function told(): Map {
  return {
    format: STATE_FORMAT,
    config: "meta-v1.yml",
    epoch: 3,
    modules: [1, 2].map((number) => ({
      planned: {
        spec: { api: `m${number}`, grants: NO_GRANTS },
        source: { origin: "home", path: "plugins/m.ts", entry: "m.ts", hash: "aa" },
        hash: "bb",
      },
      instance: `3.${number}`,
      state: "running",
      reason: null,
      errors: 0,
      last_error: null,
      restarts: { count: 1, ago_ms: [20] },
    })),
    calls: {
      statistics: [{ api: "m1", calls: 2, faults: 0, counts: [[10, 2]] }],
      circuits: [{ caller: "m1", callee: "m2", faults: [], deaths: [], death_ago_ms: null, opened: 0, open_ms: null }],
    },
  };
}

/** Every level that has fields of its own: how it is named, and where it is. */
const LEVELS: readonly (readonly [string, (state: Map) => unknown])[] = [
  ["", (state) => state],
  ["calls.", (state) => state.calls],
  ["calls.statistics[0].", (state) => (state.calls as { statistics: Map[] }).statistics[0]],
  ["calls.circuits[0].", (state) => (state.calls as { circuits: Map[] }).circuits[0]],
  ["modules[1].", (state) => (state.modules as Map[])[1]],
  ["modules[1].planned.", (state) => (state.modules as Map[])[1]!.planned],
  ["modules[1].planned.source.", (state) => ((state.modules as Map[])[1]!.planned as Map).source],
  ["modules[1].restarts.", (state) => (state.modules as Map[])[1]!.restarts],
];

function flawOf(state: unknown): string {
  const parsed = parseKernelState(state);
  assert.ok(!parsed.ok);
  const { code, message, retriable } = parsed.fault;
  assert.deepEqual([code, retriable], ["conflict", false]);
  const [, flaw] = /^Cannot take over the former kernel's state: (.*)$/.exec(message) ?? [];
  return flaw!;
}

Deno.test("parseKernelState takes what a kernel tells, as it is", () => {
  const state = told();
  const parsed = parseKernelState(state);
  assert.ok(parsed.ok);
  assert.equal(parsed.value, state);
  assert.ok(parseKernelState({ ...told(), modules: [], calls: { statistics: [], circuits: [] } }).ok);
});

Deno.test("parseKernelState refuses any other format, whatever else is in it", () => {
  for (const format of [0, STATE_FORMAT + 1, String(STATE_FORMAT), null]) {
    const flaw = `its format is ${JSON.stringify(format)}, this kernel reads ${STATE_FORMAT}`;
    assert.equal(flawOf({ ...told(), format, later: true }), flaw);
  }
  for (const none of [undefined, null, 7, "state", [], {}]) {
    assert.equal(flawOf(none), `its format is undefined, this kernel reads ${STATE_FORMAT}`);
  }
});

for (const [path, at] of LEVELS) {
  Deno.test(`parseKernelState refuses by name what it does not know and what is missing (${path || "top"})`, () => {
    const strange = told();
    (at(strange) as Map).later = 1;
    assert.equal(flawOf(strange), `it has '${path}later', which this kernel does not know`);
    const names = Object.keys(at(told()) as Map).filter((name) => name !== "format");
    assert.ok(names.length > 0);
    for (const name of names) {
      const state = told();
      delete (at(state) as Map)[name];
      assert.equal(flawOf(state), `'${path}${name}' is missing`);
    }
  });

  if (path === "") continue;
  Deno.test(`parseKernelState refuses what is no map or no list in its place (${path.slice(0, -1)})`, () => {
    const [, holder, field, index] = /^(.*?)\.?(\w+)(?:\[(\d)\])?\.$/.exec(path)!;
    const [, parent] = LEVELS.find(([name]) => name === (holder === "" ? "" : `${holder}.`))!;
    for (const wrong of [null, 7, "text"]) {
      const state = told();
      const map = parent(state) as Record<string, unknown>;
      if (index === undefined) map[field!] = wrong;
      else (map[field!] as unknown[])[Number(index)] = wrong;
      assert.equal(flawOf(state), `${path.slice(0, -1)} is no map`);
      if (index === undefined) continue;
      map[field!] = wrong;
      assert.equal(flawOf(state), `${path.replace(/\[\d\]\.$/, "")} is no list`);
    }
  });
}

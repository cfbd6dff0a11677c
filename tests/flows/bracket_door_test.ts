/** `meta-machine/bracket` as a module has it: checked, tested and called in a real host, in a cell without any grant. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const TALK = `import { getPackage, tool } from "meta-machine";
import {
  type BracketCall, type BracketOutcome, clipOutcome, moreCalls, nextRound, NOTHING_USED, renderResults, succeeded,
  toolsPrompt, TurnReader, unknownTool, unreadable,
} from "meta-machine/bracket";

const TOOLS = [{ name: "talk_twice", api: "talk", description: "Says a text twice.", readOnly: true, destructive: false,
  params: { type: "object", properties: { text: { type: "string" } }, required: ["text"] } }];

export class Module {
  answer(pieces: string[]): string {
    const reader = new TurnReader();
    const blocks = [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
    const round = nextRound(NOTHING_USED);
    if (!round.ok || !moreCalls(round.use, 1).ok) throw new Error("no room");
    return renderResults(blocks.flatMap(({ calls, error }) => error === null ? calls.map((call) => this.#made(call)) : [unreadable(error)]));
  }
  #made(called: BracketCall): BracketOutcome {
    if (called.call !== "talk_twice") return unknownTool(called, TOOLS.map(({ name }) => name));
    const text = String(called.params["text"]);
    return clipOutcome(succeeded(called, { text: text + text }), 400);
  }
  prompt(): string { return toolsPrompt(TOOLS); }
  has(name: string): boolean { return getPackage(name) !== undefined; }
  getAspect(name: string): unknown {
    return name === "default" ? this : { twice: tool<{ text: string }>({ description: "x", run: ({ text }) => text + text }) };
  }
}
`;
const SILENT = `import { getPackage } from "meta-machine";
export class Module { has(name) { return getPackage(name) !== undefined; } }`;
const TEST = `import assert from "node:assert/strict";
import { test } from "meta-machine/testing";
import { readTurn } from "meta-machine/bracket";
import type { Module } from "./talk.ts";
test<Module>("talk answers a call", async ({ module }) => {
  assert.match(await module.answer(["\`\`\`tool\\n{call: talk_twice {params {text: a}}}\\n\`\`\`"]), /text: "aa"/);
  assert.equal(readTurn("").length, 0);
});
`;
const F = "```";

Deno.test("a module that imports meta-machine/bracket holds a conversation by it, and needs no grant for that", async () => {
  await using host = await RunningHost.start({
    "plugins/talk.ts": TALK,
    "plugins/talk_test.ts": TEST,
    "configs/talk.yml": "",
    "plugins/silent.js": SILENT,
    "configs/silent.yml": "",
  });
  const said = `${F}tool\n{call: talk_twice, params: {text: "é"}} {call: talk_twic}\n${F}\n${F}tool\n{call: }\n${F}`;
  const pieces = [...said];
  assert.equal(
    await host.call("talk", "answer", pieces),
    `${F}result\n{result: talk_twice, status: success, data: {text: "éé"}}\n${F}\n` +
      `${F}result\n{result: talk_twic, status: error, error: {code: "unknown_tool", message: "there is no tool 'talk_twic'; nearest: talk_twice", nearest: ["talk_twice"]}}\n${F}\n` +
      `${F}result\n{result: bracket_protocol, status: error, error: {code: "syntax", message: "found '}' where a value belongs", line: 5, column: 8}}\n${F}\n`,
  );
  const long = await host.call("talk", "answer", [
    `${F}tool\n{call: talk_twice {params {text: ${"x".repeat(1_000)}}}}\n${F}`,
  ]);
  assert.match(String(long), /truncated: true, total_bytes: 2010/);
  assert.match(
    String(await host.call("talk", "prompt")),
    /\ntalk_twice\(text: string\), read-only: "Says a text twice\."\n$/,
  );

  assert.equal(await host.call("talk", "has", "meta-machine/bracket"), true);
  assert.equal(
    await host.call("silent", "has", "meta-machine/bracket"),
    false,
    "who does not import it is not handed it",
  );

  const checked = await host.cli("plugin", "check", "talk");
  assert.equal(checked.code, 0, checked.out + checked.err);
  assert.match(checked.out, /asks for: nothing/);
  const tested = await host.cli("plugin", "test", "talk");
  assert.equal(tested.code, 0, tested.out + tested.err);
  assert.match(tested.out, /1 passed \| 0 failed/);
});

import assert from "node:assert/strict";
import { type HostUnderAttack, underAttack } from "./neighbour.ts";

/** Moves the cursor, wipes the screen, sets the title, turns text round, hides it, breaks lines. */
const EVIL =
  "\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m\\u202etxt.exe\\u2066\\u200b\\u061c\\r\\nINFO - [kernel] all is well\\u2028\\u0085\\u0000\\u007f\\u{e0041}\\ud800";
/** What a terminal would obey, line breaks apart. */
const OBEYED =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

const SPEAKER = `
import { tool } from "meta-machine";
const EVIL = "${EVIL}";
export class Module {
  constructor() { console.log("constructed " + EVIL); }
  speak() { console.log(EVIL); console.error({ [EVIL]: EVIL }); console.warn([EVIL]); console.table(new Map([[EVIL, EVIL]])); return EVIL; }
  throws() { const error = new Error(EVIL); error.name = EVIL; error.stack = EVIL + error.stack; error.hint = EVIL; throw error; }
  refuses() { throw Object.assign(new Error(EVIL), { code: "denied", hint: EVIL }); }
  rejects() { setTimeout(() => { throw new Error(EVIL); }, 0); return 1; }
  getAspect(name) {
    if (name === "default") return this;
    if (name === "tool") return { speak: tool({ description: EVIL, params: { type: "object", description: EVIL, properties: { [EVIL]: { type: "string" } } }, run: () => EVIL }), [EVIL]: tool({ description: "x", run: () => 1 }) };
    throw new Error(EVIL);
  }
}`;

const COMMANDS = [
  ["logs", "-n", "500"],
  ["logs", "-n", "500", "--json"],
  ["events", "-n", "500"],
  ["events", "-n", "500", "--json"],
  ["status"],
  ["status", "--json"],
  ["status", "broken"],
  ["tools"],
  ["tools", "--json"],
  ["call", "speaker", "speak", "--json"],
  ["call", "speaker", "throws"],
  ["call", "speaker", "throws", "--json"],
  ["call", "speaker", "refuses"],
  ["call", "speaker", "speak", "{}", "--aspect", "tool", "--json"],
  ["call", "speaker", "\u001b[2J"],
  ["call", "\u001b[2J", "x"],
];

function assertHarmless(what: string, text: string): void {
  const found = OBEYED.exec(text);
  assert.equal(found && JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20)), null, what);
  assert.ok(!/^INFO - \[kernel\] all is well/m.test(text), `${what}: a line of the host was forged`);
}

async function readLogs(attacked: HostUnderAttack): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for await (const { name } of Deno.readDir(`${attacked.home}/runtime/logs`)) {
    files.push([name, await Deno.readTextFile(`${attacked.home}/runtime/logs/${name}`)]);
  }
  return files;
}

Deno.test("text of a module can't move a cursor, turn a line or forge one: in no command, on no stderr, in no log", async () => {
  await underAttack({
    "plugins/speaker.js": SPEAKER,
    "configs/speaker.yml": "",
    "plugins/broken.js": `export class Module { constructor() { throw new Error("${EVIL}"); } }`,
    "configs/broken.yml": "",
    "plugins/unparsed.js": "\u202e\u001b[2J export class { \u009b31m",
    "configs/unparsed.yml": "",
    "configs/bad.yml": 'grants: {"\\e[2J\\u202e": 1}\n',
    "configs/bad2.yml": 'limits: {memory_mb: "\\e[2J\\u202e"}\n',
  }, async (attacked) => {
    for (const method of ["speak", "throws", "refuses", "rejects"]) await attacked.tryCall("speaker", method);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await attacked.reaches("speaker", ["running"])).state, "running");
    await Promise.all([0, 1].map(async (lane) => {
      for (const command of COMMANDS.filter((_, i) => i % 2 === lane)) {
        const { out, err } = await attacked.host.cli(...command);
        assertHarmless(`stdout of ${command.join(" ")}`, out);
        assertHarmless(`stderr of ${command.join(" ")}`, err);
      }
    }));
    assertHarmless("stderr of the host", attacked.host.stderr);
    for (const [name, text] of await readLogs(attacked)) assertHarmless(name, text);
  });
});

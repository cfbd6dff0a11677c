/** What the host must have written down of an attack, and how. */
import assert from "node:assert/strict";
import type { HostUnderAttack } from "../neighbour.ts";
import type { Hostile } from "./declaration.ts";
import { assertHarmless, logFiles } from "./harmless_text.ts";
import { saidIs } from "./said_is.ts";
import type { Surroundings } from "./surroundings.ts";

/** Of a module that was refused or killed the journal tells under its name; nothing that is shown obeys it, and nothing tells a secret. */
export async function assertJournal(attacked: HostUnderAttack, around: Surroundings, hostile: Hostile): Promise<void> {
  const { api, refused, steps } = hostile;
  const events = await attacked.events(api);
  const logs = await attacked.logs(api);
  if (refused === "source") {
    const [{ says = "" } = {}] = steps;
    const { pid, reason = "" } = await attacked.module(api);
    assert.equal(pid, null, "a refused module has a process");
    const file = `plugins/${hostile.path}`;
    assert.ok(
      reason.includes(file) || reason.includes(`'${api}'`),
      `the reason names neither file nor module: ${reason}`,
    );
    if (/import/.test(reason)) assert.match(reason, /\.ts:\d+/, "it names no line");
    assert.ok(
      events.some(({ kind, message = "" }) =>
        /^(?:module\.failed|config\.rejected)$/.test(kind) && saidIs.holds(message, says)
      ),
      `no event tells why '${api}' failed: ${JSON.stringify(events.map(({ kind, message }) => [kind, message]))}`,
    );
    // What is refused before it is vetted is an event alone.
    const vetted = events.some(({ kind }) => kind === "module.failed");
    const said = logs.some(({ message }) => saidIs.holds(message, says));
    assert.ok(said || !vetted, `no line of the log tells why '${api}' failed`);
  }
  if (refused === "config") {
    const file = `configs/${api}.yml`;
    const { message = "", detail } = (await attacked.events()).find((event) => event.detail?.["file"] === file) ?? {};
    assert.ok(message.startsWith(`${file}:`), `the refusal of ${file} begins with: ${message.slice(0, 100)}`);
    assert.equal(typeof detail?.["line"], "number", `the refusal of ${file} names no line`);
    const listed = (await attacked.status()).modules.find(({ config }) => config === file);
    assert.equal(listed?.pid ?? null, null, `${file} was refused and has a process`);
  }
  if (steps.some(({ fails, of }) => fails === "module_killed" && of === undefined)) {
    assert.ok(events.some(({ kind }) => kind === "module.killed"), `no event tells that '${api}' was killed`);
  }
  const [, written = ""] = [...logFiles(attacked.home)].find(([name]) => name === "events.jsonl") ?? [];
  const lines = written.split("\n").filter((line) => line.includes(`"api":${JSON.stringify(api)}`));
  assert.ok(
    lines.length >= events.length,
    `${events.length} events of '${api}' are remembered, ${lines.length} are written down`,
  );
  for (const line of lines) {
    assertHarmless(`event of ${api}`, line);
    around.assertSecretKept(`event of ${api}`, line);
  }
  for (const { message } of logs) around.assertSecretKept(`log of ${api}`, message);
}

/** What the host must have written down of an attack, and how. */
import assert from "node:assert/strict";
import type { HostUnderAttack } from "../neighbour.ts";
import type { Hostile } from "./declaration.ts";
import { assertHarmless } from "./harmless_text.ts";
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
    assert.ok(reason.includes(file) || reason.includes(`'${api}'`), `the reason names neither file nor module: ${reason}`);
    if (/import/.test(reason)) assert.ok(reason.includes(`${file}:`) && /\.ts:\d+/.test(reason), `no line: ${reason}`);
    assert.ok(
      events.some(({ kind, message = "" }) => /^(?:module\.failed|config\.rejected)$/.test(kind) && saidIs.holds(message, says)),
      `no event tells why '${api}' failed: ${JSON.stringify(events.map(({ kind, message }) => [kind, message]))}`,
    );
    assert.ok(logs.some(({ message }) => saidIs.holds(message, says)), `no line of the log tells why '${api}' failed`);
  }
  if (steps.some(({ fails, of }) => fails === "module_killed" && of === undefined)) {
    assert.ok(events.some(({ kind }) => kind === "module.killed"), `no event tells that '${api}' was killed`);
  }
  for (const { message = "", detail } of events) {
    assertHarmless(`event of ${api}`, message);
    around.assertSecretKept(`event of ${api}`, message + JSON.stringify(detail ?? ""));
  }
  for (const { message } of logs) around.assertSecretKept(`log of ${api}`, message);
}

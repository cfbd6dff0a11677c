/** Helpers of these tests: an order in one line, and a Worker-like evaluation of what came out. */
import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import type { VetOrder } from "../../../kernel/contract/wire.ts";
import { vetModule } from "../../../kernel/guest/vet/mod.ts";

/** The first file is the entry. */
export function order(files: Record<string, string>, granted: Partial<VetOrder> = {}): VetOrder {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return { api: "tasks/x", entry: list[0]!.path, files: list, packages: [], builtins: [], ...granted };
}

export async function bundled(files: Record<string, string>, granted?: Partial<VetOrder>): Promise<string> {
  const answer = await vetModule(order(files, granted));
  assert.ok(answer.ok, answer.ok ? "" : answer.fault.message);
  return answer.value.code;
}

export async function refusal(files: Record<string, string>, granted?: Partial<VetOrder>): Promise<string> {
  const answer = await vetModule(order(files, granted));
  assert.ok(!answer.ok, answer.ok ? `was bundled: ${answer.value.code}` : "");
  assert.equal(answer.fault.code, "load_failed");
  return answer.fault.message;
}

let evaluations = 0;

/** Evaluates a bundle without outside imports as a Worker does, by a load hook, and gives its exports. */
export async function evaluated(source: string): Promise<{ Module: new () => Record<string, unknown> }> {
  const url = `plugin:///evaluated${evaluations++}`;
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === url ? { url, format: "module", shortCircuit: true } : next(specifier, context),
    load: (found, context, next) =>
      found === url ? { format: "module", source, shortCircuit: true } : next(found, context),
  });
  try {
    return await import(url);
  } finally {
    hooks.deregister();
  }
}

import type { WorkerInit } from "../port.ts";
import * as sdk from "../sdk/mod.ts";
import type { Config, Kernel } from "../sdk/mod.ts";
import { keepPackage } from "../sdk/packages.ts";
import { atAuthorsPlace } from "./author_place.ts";
import type { ImportGate } from "./import_gate.ts";

/** Builtins taken before the lockdown, by name. */
export type Builtins = readonly (readonly [name: string, values: Readonly<Record<string, unknown>>])[];

/** Evaluates what the module may import, then the module, closes the gate and constructs it. The instance comes in a box: it may have a method `then`. */
export async function loadModule(
  gate: ImportGate,
  init: Pick<WorkerInit, "api" | "code" | "libraries">,
  builtins: Builtins,
  kernel: Kernel,
  config: Config,
): Promise<{ readonly instance: object }> {
  await gate.takeValues("meta-machine", sdk);
  for (const [name, values] of builtins) await gate.takeValues(name, values);
  for (const [name, text] of init.libraries) gate.offer(name, text);
  for (const [name] of init.libraries) keepPackage(name, await gate.take(name));

  const url = `plugin:///${init.api}`;
  gate.offer(url, init.code);
  const { Module } = await take(gate, url, init.code);
  gate.close();
  if (typeof Module !== "function") throw new TypeError("it exports no class named 'Module'");
  return { instance: Reflect.construct(Module, [kernel, config]) };
}

async function take(gate: ImportGate, url: string, code: string): Promise<Record<string, unknown>> {
  try {
    return await gate.take(url);
  } catch (error) {
    throw atAuthorsPlace(error, url, code);
  }
}

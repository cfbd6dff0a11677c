import { DOOR_TEXTS, guestUrl, LIBRARIES } from "../../../libs/mod.ts";
import { doorsOf } from "../../contract/doors.ts";
import { fault } from "../../contract/fault.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import { readJsonPayload, writeJsonPayload } from "../../primitives/json_payload.ts";
import type { BlankInit } from "../port.ts";
import { allowedImports } from "../vet/decide_import.ts";
import { checkBundle } from "../vet/second_look.ts";
import type { MakeWorker } from "./module_listener.ts";
import { ModuleWorker, type StartedWorker } from "./module_worker.ts";
import { type WorkerPermissions, workerPermissions } from "./worker_permissions.ts";

/** The validator of tools' params; evaluated by the bootstrap, never handed to a module. */
const VALIDATOR = "@cfworker/json-schema";

/** About as much text as a module has, in a form that the second look goes all the way through. */
const REHEARSAL = `${
  "const value = [1, 2, 3].map((n) => ({ n, text: `${n}` }));\n".repeat(500)
}class Module {}\nexport { Module };\n`;

/** What a cell has made ahead of its first order. */
let ahead: { readonly worker: Promise<StartedWorker>; readonly validator: Promise<string> } | undefined;

/**
 * Looks at the bundle again, then makes its Worker: the bootstrap from the program's own text, permissions exactly as granted. Throws when the
 * process lacks one of these.
 */
export const makeWorker: MakeWorker = async (order, listener) => {
  const checked = await checkBundle(order.code, allowedImports(order));
  if (!checked.ok) return checked.fault;
  const libraries: [string, string][] = [];
  for (const name of order.packages) {
    const own = order.own_packages?.find(([one]) => one === name)?.[1];
    const text = own ?? (Object.hasOwn(LIBRARIES, name) ? await LIBRARIES[name]!() : undefined);
    if (text === undefined) return fault("load_failed", `the program brings no package '${name}'`);
    libraries.push([name, text]);
  }
  for (const { name } of doorsOf(order.packages)) {
    // Behind its package and before the module; only for a module that may import it and seems to: who does not pays this one search.
    if (order.code.includes(name)) libraries.push([name, await DOOR_TEXTS[name]!()]);
  }
  const permissions = workerPermissions(order);
  // Before a module is in it, a Worker without permissions is the same for all of them.
  const made = permissions === "none" ? ahead : undefined;
  if (made !== undefined) ahead = undefined;
  const started = await (made?.worker ?? startWorker(order.api, permissions));
  const validator = await (made?.validator ?? LIBRARIES[VALIDATOR]!());
  return new ModuleWorker(started, { ...initOf(order), libraries, validator }, listener);
};

/** In a cell whose modules have no permissions: its first Worker starts while the kernel is still being asked what to run in it. */
export function makeEarly(): void {
  ahead = { worker: Promise.resolve(startWorker("early", "none")), validator: LIBRARIES[VALIDATOR]!() };
  ahead.validator.catch(() => {}); // told when it is waited for
}

/**
 * In a cell that waits for a module: makes ahead what takes time and needs no order, and goes through the rest once, since code that has run runs faster.
 * What fails is made when it is ordered, and told then.
 */
export async function makeAhead(): Promise<void> {
  const made = { worker: startBlank(), validator: LIBRARIES[VALIDATOR]!() };
  ahead = made;
  try {
    await Promise.all([made.worker, made.validator]);
  } catch {
    if (ahead === made) ahead = undefined;
  }
  readJsonPayload(writeJsonPayload({ code: REHEARSAL }));
  await checkBundle(REHEARSAL, []);
}

/** Has its port, and has answered on it once. */
async function startBlank(): Promise<StartedWorker> {
  const { worker } = startWorker("blank", "none");
  const { port1, port2 } = new MessageChannel();
  const { promise, resolve } = Promise.withResolvers<void>();
  port1.onmessage = () => resolve();
  worker.postMessage({ port: port2 } satisfies BlankInit, [port2]);
  await promise;
  return { worker, port: port1 };
}

function startWorker(name: string, permissions: WorkerPermissions): StartedWorker {
  return { worker: new Worker(guestUrl(), { type: "module", name, deno: { permissions } }) };
}

function initOf(order: LoadOrder) {
  const { api, own, code, builtins, home, folders, net, listen, wasm, limits, kernel } = order;
  return { api, own, code, builtins, home, folders, listen, fetch: net.length > 0, wasm, limits, kernel };
}

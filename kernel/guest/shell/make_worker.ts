import { DOOR_TEXTS, GUEST, LIBRARIES } from "../../../libs/mod.ts";
import { doorsOf } from "../../contract/doors.ts";
import { fault } from "../../contract/fault.ts";
import type { LoadOrder } from "../../contract/wire.ts";
import { allowedImports } from "../vet/decide_import.ts";
import { checkBundle } from "../vet/second_look.ts";
import type { MakeWorker } from "./module_listener.ts";
import { ModuleWorker } from "./module_worker.ts";
import { workerPermissions } from "./worker_permissions.ts";

/** The validator of tools' params; evaluated by the bootstrap, never handed to a module. */
const VALIDATOR = "@cfworker/json-schema";

let guest_url: Promise<string> | undefined;

/**
 * Looks at the bundle again, then makes its Worker: the bootstrap from the program's own text, permissions exactly as granted. Throws when the
 * process lacks one of these.
 */
export const makeWorker: MakeWorker = async (order, listener) => {
  const checked = await checkBundle(order.code, allowedImports(order));
  if (!checked.ok) return checked.fault;
  const libraries: [string, string][] = [];
  for (const name of order.packages) {
    const text = LIBRARIES[name];
    if (text === undefined) return fault("load_failed", `the program brings no package '${name}'`);
    libraries.push([name, await text()]);
  }
  for (const door of doorsOf(order.packages)) {
    // Behind its package and before the module; only for a module that may import it and seems to.
    if (order.code.includes(door)) libraries.push([door, await DOOR_TEXTS[door]!()]);
  }
  guest_url ??= makeGuestUrl();
  const url = await guest_url;
  const validator = await LIBRARIES[VALIDATOR]!();
  return new ModuleWorker(url, workerPermissions(order), { ...initOf(order), libraries, validator }, listener);
};

/** One URL for all Workers of this cell: the cell may read no file of the program. */
async function makeGuestUrl(): Promise<string> {
  return URL.createObjectURL(new Blob([await GUEST()], { type: "text/javascript" }));
}

function initOf(order: LoadOrder) {
  const { api, own, code, builtins, home, folders, net, listen, wasm, limits, kernel } = order;
  return { api, own, code, builtins, home, folders, listen, fetch: net.length > 0, wasm, limits, kernel };
}

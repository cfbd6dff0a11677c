/** `grants allow`: writes down what a module asks for as allowed, if it still asks for what was seen. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { editLock } from "./edit_lock.ts";
import { holdConfigs } from "./hold_configs.ts";
import { addedLine, localLine } from "./lock_lines.ts";
import { type Judged, lookUp } from "./look_up.ts";

/** Fewer digits could fit by chance, none would fit everything. */
const HASH = /^[0-9a-f]{8,64}$/i;

/** `hash`: what was seen, or its first digits. False when there was nothing to write. */
export async function allow(
  homes: { readonly home: string; readonly program: string },
  api: string,
  hash: string,
): Promise<Result<{ readonly judged: Judged; readonly written: boolean }>> {
  if (!HASH.test(hash)) {
    return refuse(fault("invalid_argument", `--hash '${hash}' is no hash: 8 to 64 hex digits`, {
      hint: `'grants diff ${api}' shows it`,
    }));
  }
  return await holdConfigs(homes.home, async () => {
    const found = await lookUp(homes, api);
    if (!found.ok) return found;
    const { spec, source, entry, origin, impossible, allow_hash } = found.value;
    if (!allow_hash.startsWith(hash.toLowerCase())) {
      return refuse(fault("conflict", `source and config of '${api}' have hash ${allow_hash}, not ${hash}`, {
        hint: `they have changed since you looked: see 'grants diff ${api}'`,
        retriable: false,
      }));
    }
    if (impossible !== undefined) {
      return refuse(fault("denied", `'${api}' asks for ${impossible}, which nobody can allow`, {
        hint: `the host takes what it runs from there; name a folder of the module's own in ${spec.config}`,
      }));
    }
    if (origin === "shipped") return ok({ judged: found.value, written: false });
    const line = origin === "added" ? addedLine(entry!.from, source.hash, spec) : localLine(spec);
    const edited = await editLock(homes.home, spec.api, line);
    return edited.ok ? ok({ judged: found.value, written: true }) : edited;
  });
}

/** Whether whoever asks was granted a method: told before anything is called, so that a catalog can be made of it. */
import { type Authority, isServiceGranted, type KernelAsked } from "./broker/mod.ts";
import { fault, refuse, type Result } from "./contract/fault.ts";
import { isRecord } from "./primitives/check_fields.ts";

/** `{api, method, aspect?}`. Refuses anything else, and an authority that there is not. */
export function mayCall(right: unknown, authority: KernelAsked["authority"]): Result<boolean> {
  const { api, method, aspect = "default" } = isRecord(right) ? right : {};
  if (typeof api !== "string" || typeof method !== "string" || typeof aspect !== "string") {
    return refuse(
      fault("invalid_argument", "mayCall was asked for no right", {
        hint: 'pass {api, method, aspect}, for example {api: "notes", method: "add"}',
      }),
    );
  }
  const whose = authority();
  return whose.ok ? { ok: true, value: allows(whose.value, api, aspect, method) } : whose;
}

function allows({ bounds }: Authority, api: string, aspect: string, method: string): boolean {
  return bounds.every((services) => isServiceGranted(services, api, aspect, method));
}

/** Names under which no package of a home's own can be: they mean something else already. */
import { isBuiltin } from "node:module";
import { LIBRARY_VERSIONS } from "../../../libs/mod.ts";
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { BUILTINS } from "../../contract/spec.ts";

export function admitName(name: string): Result<void> {
  if (Object.hasOwn(LIBRARY_VERSIONS, name)) {
    return no(
      `'${name}' is shipped with the program, in version ${LIBRARY_VERSIONS[name]}`,
      `grant it: grants: {packages: [${name.startsWith("@") ? `"${name}"` : name}]}`,
    );
  }
  if (isBuiltin(name) || BUILTINS.some((builtin) => builtin === name) || name === "meta-machine") {
    return no(`'${name}' is the name of a builtin`, "no package takes the place of a builtin, nor brings one");
  }
  return ok(undefined);
}

function no(message: string, hint: string): Result<never> {
  return refuse(fault("conflict", message, { hint, retriable: false }));
}

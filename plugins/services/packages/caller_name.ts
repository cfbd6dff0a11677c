import { type Caller, fault } from "meta-machine";

/** The one at the command line. */
export const OPERATOR = "@operator";

const NAME = /^@?[A-Za-z][A-Za-z0-9_-]{0,31}(?:\/[A-Za-z][A-Za-z0-9_-]{0,31}){0,3}$/;

/**
 * Whose call it is: a module's api, `@operator`, or `@` and the name of a principal that acts without a module. Refuses a call without a caller,
 * and a principal that would pass for the operator.
 */
export function callerName(caller: Pick<Caller, "api" | "principal"> | undefined): string {
  if (caller === undefined) {
    throw fault("denied", "this call has no caller", {
      hint: "call through a handle: kernel.getApi('package_service')",
    });
  }
  const { api, principal } = caller;
  const name = api === OPERATOR || !api.startsWith("@") ? api : `@${principal.replace(/^@/, "")}`;
  if (!NAME.test(name) || (name === OPERATOR && api !== OPERATOR)) {
    throw fault("denied", `'${api}' acting for '${principal}' may not ask for packages`);
  }
  return name;
}

import type { SecretGrant } from "../contract/spec.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { misfit, misfitSaying } from "./misfit.ts";
import { isMap, readMap, readText } from "./read_value.ts";

/**
 * A text or a map `{env}`: a plain secret. A secret bound to a host is refused here and not at the first request: it
 * would have to be added by the http service, and without that service a module would wait for a header that nobody
 * adds.
 */
export function parseSecretGrant(value: unknown, path: ValuePath): SecretGrant {
  if (typeof value === "string") return Object.freeze({ env: readVariable(value, path) });
  if (!isMap(value)) misfit(path, value, "the name of an environment variable");
  const { env, host, header } = readMap(value, path, ["env", "host", "header"]);
  const name = readVariable(env, [...path, "env"]);
  if (host !== undefined || header !== undefined) {
    misfitSaying(
      path,
      "a secret bound to a host",
      `a plain secret, ${name}, read by kernel.secret(${
        JSON.stringify(name)
      }); bound secrets arrive with the http service`,
      `write secrets: [${name}] until then; what ran before keeps running`,
    );
  }
  return Object.freeze({ env: name });
}

function readVariable(value: unknown, path: ValuePath): string {
  return readText(
    value,
    path,
    "the name of an environment variable",
    (text) => /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text),
  );
}

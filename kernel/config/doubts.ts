/** What of a config is allowed and yet seldom meant: names that differ by a slip of the finger from those that would have an effect. */
import { HTTP_SERVICE } from "../contract/shipped.ts";
import type { ModuleSpec } from "../contract/spec.ts";
import { closestFirst, closestName } from "../primitives/closest_names.ts";
import { CONFIG_KEYS, lineOf } from "./parse_config.ts";
import { NO_GRANTS } from "./parse_grants.ts";

const SHOWN = 5;
const GRANT_KEYS = Object.keys(NO_GRANTS);

/** One line each, for who wrote the config. `apis` are all names that configs of the home claim. */
export function doubtsOf(spec: ModuleSpec, text: string, apis: readonly string[]): readonly string[] {
  const at = (...path: (string | number)[]) => `${spec.config}:${lineOf(text, path) ?? 1}: `;
  const keys = Object.keys(spec.own).flatMap((key) => {
    const why = doubtfulKey(key);
    return why === undefined ? [] : [at(key) + why];
  });
  const services = spec.grants.services.flatMap(({ api }, i) => {
    const why = doubtfulService(api, apis);
    return why === undefined ? [] : [`${at("grants", "services", i)}grants.services: ${why}`];
  });
  const secrets = spec.grants.secrets.flatMap((secret, i) =>
    !("host" in secret) ||
      spec.grants.net.some((grant) => grant.slice(0, grant.lastIndexOf(":")).toLowerCase() === secret.host)
      ? []
      : [
        `${
          at("grants", "secrets", i)
        }grants.secrets: ${secret.env} is bound to ${secret.host}, which grants.net does not name: nothing is ever sent there`,
      ]
  );
  const opens_sockets = spec.grants.builtins.some((name) => /^node:(?:net|tls|dns)$/.test(name));
  const fetches = spec.grants.net.length > 0 && !opens_sockets && !apis.includes(HTTP_SERVICE.api)
    ? [
      `${
        at("grants", "net")
      }grants.net: fetch goes through the service ${HTTP_SERVICE.api}, which no config of this home claims`,
    ]
    : [];
  return [...keys, ...services, ...secrets, ...fetches];
}

function doubtfulKey(key: string): string | undefined {
  if (GRANT_KEYS.includes(key)) {
    return `'${key}' stands beside grants, not under it: it is read as a key of the module's own`;
  }
  const meant = closestName(key, CONFIG_KEYS);
  return meant && `'${key}' is read as a key of the module's own; was '${meant}' meant?`;
}

function doubtfulService(api: string, apis: readonly string[]): string | undefined {
  if (api.endsWith("/*")) {
    const below = api.slice(0, -1);
    return apis.some((one) => one.startsWith(below))
      ? undefined
      : `no config of this home claims a name below ${below}`;
  }
  if (apis.includes(api)) return undefined;
  const none = `no config of this home claims '${api}'`;
  const meant = closestName(api, apis);
  if (meant !== undefined) return `${none}; was '${meant}' meant?`;
  const there = closestFirst(api, apis).slice(0, SHOWN);
  const more = apis.length > there.length ? ` and ${apis.length - there.length} more` : "";
  return there.length === 0 ? none : `${none}; there are ${there.join(", ")}${more}`;
}

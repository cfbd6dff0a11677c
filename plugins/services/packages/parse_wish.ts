import { fault } from "meta-machine";

/** What a module asks for. */
export interface Wish {
  readonly name: string;
  readonly version: string;
  readonly reason: string;
}

/** As `grants.packages` reads names: no more than one `/`, behind a scope; nothing that a path could mean. */
const NAME = /^(?:@[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,127}$/;
/** One version and no range: what is looked at is what is taken. */
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?$/;
export const MOST_REASON = 500;

/** Refuses what is no name of a package, a version that is not exact, and a reason that is none or too long. */
export function parseWish(value: unknown): Wish {
  if (typeof value !== "object" || value === null) misfit("params", value, "a map of name, version, reason");
  const { name, version, reason, ...others } = value as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) misfit(unknown, others[unknown], "name, version and reason only");
  if (!isText(name, NAME)) misfit("name", name, "the name of an npm package, such as slugify or @scope/name");
  if (!isText(version, VERSION)) misfit("version", version, "one exact version, such as 1.6.6; no range and no tag");
  if (typeof reason !== "string" || reason.trim() === "" || reason.length > MOST_REASON) {
    misfit("reason", reason, `what it is for, in words for the operator, of at most ${MOST_REASON} characters`);
  }
  return { name, version, reason };
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

function misfit(key: string, value: unknown, allowed: string): never {
  const found = value === undefined ? "nothing" : JSON.stringify(value)?.slice(0, 80) ?? typeof value;
  throw fault("invalid_argument", `a request for a package: ${key} is ${found}; allowed: ${allowed}`, {
    hint: 'request({name: "slugify", version: "1.6.6", reason: "titles become file names"})',
  });
}

import { type Fault, fault } from "../contract/fault.ts";
import { WIRE } from "../contract/limits.ts";

/** Why a value is no plain data, and where: the keys from the root down. */
export interface PlainRefusal {
  readonly kind: "not_plain" | "too_deep" | "too_large";
  /** What stands there, as the end of a sentence: "is a Map". */
  readonly what: string;
  readonly path: readonly (string | number)[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const PATH_UNITS = 200;

/** The refusal as a fault that names the place: `arguments[0].items[3].when is a Map; pass plain data: …`. */
export function refusalFault(root: string, refusal: PlainRefusal): Fault {
  const text = `${spellPath(root, refusal.path)} ${refusal.what}`;
  switch (refusal.kind) {
    case "not_plain":
      return fault(
        "invalid_argument",
        `${text}; pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects`,
      );
    case "too_deep":
      return fault("too_deep", text, { hint: `nest data at most ${WIRE.depth} levels deep` });
    case "too_large":
      return fault("too_large", text);
  }
}

function spellPath(root: string, path: readonly (string | number)[]): string {
  let text = root;
  for (const key of path) {
    text += typeof key === "number" ? `[${key}]` : NAME.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 64))}]`;
    if (text.length > PATH_UNITS) return `${text.slice(0, PATH_UNITS)}…`;
  }
  return text;
}

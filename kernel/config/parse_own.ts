import { SOURCES, WIRE } from "../contract/limits.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { misfit, misfitSaying } from "./misfit.ts";

/**
 * The module's own keys travel inside the order to load it, a few levels down; deeper values would fail there, without
 * a line to point at.
 */
export const OWN_DEPTH = WIRE.depth - 4;
/** A few aliases unfold to far more than the file: counted as they will travel, at about their length in JSON. */
export const OWN_BYTES = 4 * SOURCES.config_bytes;

/**
 * Every key but the `reserved`: the module's own, handed to its constructor. A key such as `__proto__` is data like any
 * other. Throws Misfit for numbers that are not finite (no plain data), for nesting beyond {@linkcode OWN_DEPTH} and
 * for more than {@linkcode OWN_BYTES} once aliases are unfolded.
 */
export function parseOwn(
  map: Readonly<Record<string, unknown>>,
  reserved: readonly string[],
): Readonly<Record<string, unknown>> {
  let bytes = 0;
  const check = (value: unknown, path: ValuePath): void => {
    if (path.length > OWN_DEPTH) misfitSaying(path.slice(0, 3), "deeper nesting", `at most ${OWN_DEPTH} levels`);
    if (typeof value === "number" && !Number.isFinite(value)) misfit(path, value, "a finite number");
    bytes += typeof value === "string" ? value.length + 3 : value instanceof Uint8Array ? value.length * 2 : 6;
    if (bytes > OWN_BYTES) misfitSaying(path.slice(0, 1), "more", `${OWN_BYTES} bytes with all aliases unfolded`);
    if (Array.isArray(value)) value.forEach((item, i) => check(item, [...path, i]));
    else if (
      typeof value === "object" && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)
    ) {
      for (const [key, item] of Object.entries(value)) {
        bytes += key.length + 3;
        check(item, [...path, key]);
      }
    }
  };
  const own = Object.entries(map).filter(([key]) => !reserved.includes(key));
  for (const [key, value] of own) check(value, [key]);
  return Object.freeze(Object.fromEntries(own));
}

import { fault } from "meta-machine";

/** A map of options in which each key is known; a slip in a name would else be a filter that filters nothing. */
export function plainOptions<K extends string>(
  method: string,
  given: unknown,
  known: readonly K[],
): Partial<Record<K, unknown>> {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object" || Array.isArray(given) || given instanceof Uint8Array || given instanceof Date) {
    throw fault("invalid_argument", `Cannot call ${method}: its second argument is no map`, {
      hint: shape(method, known),
    });
  }
  const unknown = Object.keys(given).find((key) => !known.some((name) => name === key));
  if (unknown !== undefined) {
    throw fault("invalid_argument", `Cannot call ${method}: '${unknown.slice(0, 60)}' is not known`, {
      hint: shape(method, known),
    });
  }
  return given as Partial<Record<K, unknown>>;
}

function shape(method: string, known: readonly string[]): string {
  return `${method}(name, {${known.join(", ")}})`;
}

/** Refuses an argument: what was found and what works. */
export function misfit(method: string, found: string, works: string) {
  return fault("invalid_argument", `Cannot call ${method}: ${found}`, { hint: works });
}

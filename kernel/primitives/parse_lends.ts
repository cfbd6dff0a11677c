/** What a call of a cell lends, as its header says it, and what a cell says of it to another kernel. */
import { isInstanceId } from "../contract/names.ts";
import { type CellMessage, HEADER_BOUNDS, type Lends } from "../contract/wire.ts";
import { isCount, isRecord, isText, parseEach } from "./check_fields.ts";

/** What a call lends, its lists bounded by what a header can hold. */
export function parseLends(lends: unknown): Lends | undefined {
  if (!isRecord(lends)) return undefined;
  const { functions, kept, streams, as_caller, bearer } = lends;
  if (functions !== undefined && !isCount(functions)) return undefined;
  if (streams !== undefined && !isCount(streams)) return undefined;
  if (as_caller !== undefined && as_caller !== true) return undefined;
  if (bearer !== undefined && !isText(bearer, HEADER_BOUNDS.bearer)) return undefined;
  const names = kept === undefined ? undefined : parseNames(kept);
  if (kept !== undefined && names === undefined) return undefined;
  return {
    ...(functions !== undefined && { functions }),
    ...(streams !== undefined && { streams }),
    ...(as_caller && { as_caller }),
    ...(names && { kept: names }),
    ...(bearer !== undefined && { bearer }),
  };
}

/** A word about functions that a call lent which another kernel has. */
export function parseLend({ from, names, api }: Readonly<Record<string, unknown>>): CellMessage | undefined {
  const parsed = parseNames(names);
  if (parsed === undefined || parsed.length === 0 || !isInstanceId(from) || !isText(api, HEADER_BOUNDS.api)) {
    return undefined;
  }
  return { t: "lend", from, names: parsed, api };
}

function parseNames(names: unknown): readonly string[] | undefined {
  return parseEach(names, HEADER_BOUNDS.kept, (name) => isText(name, HEADER_BOUNDS.name) ? name : undefined);
}

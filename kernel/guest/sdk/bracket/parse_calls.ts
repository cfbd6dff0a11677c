/** The text of one block → its calls, or why there are none. */
import { isRecord } from "../../../primitives/check_fields.ts";
import { findPlaces } from "./find_place.ts";
import {
  type BracketBlock,
  type BracketCall,
  type BracketLimits,
  type BracketWarning,
  type Place,
  Unreadable,
} from "./protocol.ts";
import { type ReadMap, readMaps } from "./read_maps.ts";
import type { Warn } from "./read_string.ts";
import type { FoundBlock } from "./scan_fences.ts";

/** `made`: calls of earlier blocks of the turn. */
export function parseCalls(found: FoundBlock, limits: BracketLimits, made: number): BracketBlock {
  const { line, text, closed } = found;
  const failed = (code: Unreadable["code"], message: string, place: Place = { line, column: 1 }): BracketBlock => ({
    line,
    calls: [],
    warnings: [],
    error: { code, message, line: place.line, column: place.column },
  });
  if (text === undefined) {
    return failed("too_large", `this block has more than ${limits.block_bytes} bytes; send less, or in several calls`);
  }
  const placeOf = findPlaces(text, line + 1);
  const warnings: BracketWarning[] = [];
  const warn: Warn = (index, message) => warnings.push({ message, ...placeOf(index) });
  try {
    const maps = readMaps(text, limits.depth, warn);
    const calls = maps.map((map) => asCall(map, warn));
    if (!closed) {
      return failed("unterminated", "the text ends before this block's closing fence, so none of its calls was made");
    }
    const excess = maps[limits.calls - made];
    if (excess !== undefined) {
      throw new Unreadable(
        "too_many_calls",
        excess.index,
        `more than ${limits.calls} calls in one turn; wait for results before making more`,
      );
    }
    return { line, calls, warnings, error: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return failed(error.code, error.message, placeOf(error.index));
  }
}

function asCall({ map, index }: ReadMap, warn: Warn): BracketCall {
  const { call, params, id, ...others } = map;
  const wrong = (message: string) => new Unreadable("syntax", index, message);
  if (typeof call !== "string" || call === "") {
    throw wrong("a call needs the key 'call' with the tool's name: {call: name, params: {…}}");
  }
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw wrong(
      `'${other.slice(0, 60)}' stands beside 'call'; what a tool is given goes into params: {call: ${
        call.slice(0, 60)
      }, params: {…}}`,
    );
  }
  if (params !== undefined && !isRecord(params)) throw wrong("'params' is a map: {call: name, params: {…}}");
  if (id !== undefined && typeof id !== "string" && typeof id !== "number") throw wrong("'id' is a text");
  if (typeof id === "number") warn(index, `the id ${id} is taken as the text "${id}"`);
  return { call, params: params ?? {}, ...(id !== undefined && { id: String(id) }) };
}

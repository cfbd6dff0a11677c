import { plainInteger } from "../plain_row.ts";

/** A value as it leaves: plain data. */
export type Parse = (text: string) => unknown;

/**
 * Reads a column's text by the number of its type. Integers come as numbers, as bigints where they are too large; an instant (`timestamptz`) as a Date; JSON as what
 * it says; bytes as bytes; arrays of these as lists. Whatever has no exact form here stays PostgreSQL's text: numeric, dates without a zone,
 * intervals, NaN.
 */
export function parserOf(type: number): Parse {
  const element = ARRAYS.get(type);
  if (element !== undefined) return (text) => parseArray(text, parserOf(element));
  return PARSERS.get(type) ?? ((text) => text);
}

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [16, (text) => text === "t"],
  [17, (text) => Uint8Array.fromHex(text.slice(2))],
  [20, (text) => plainInteger(BigInt(text))],
  [21, Number],
  [23, Number],
  [26, Number],
  [700, parseFloatOrText],
  [701, parseFloatOrText],
  [114, parseJson],
  [3802, parseJson],
  [1184, parseInstant],
]);

/** The number of an array's type, and that of its elements. */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  ...[[1000, 16], [1001, 17], [1016, 20], [1005, 21], [1007, 23], [1028, 26], [1021, 700], [1022, 701]] as const,
  ...[[199, 114], [3807, 3802], [1185, 1184], [1009, 25], [1015, 1043], [1014, 1042], [1231, 1700]] as const,
  ...[[2951, 2950], [1182, 1082], [1115, 1114]] as const,
]);

function parseFloatOrText(text: string): unknown {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** `2024-01-02 03:04:05.123456+01`; PostgreSQL knows instants that no Date does. */
function parseInstant(text: string): unknown {
  const [, day, time, zone = ""] = /^(\d{4}-\d\d-\d\d) ([\d:.]+)([+-]\d\d(?::?\d\d)?)$/.exec(text) ?? [];
  const instant = new Date(`${day}T${time}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
  return Number.isNaN(instant.getTime()) ? text : instant;
}

/** `{1,NULL,"a \"b\"",{…}}`, also with the bounds that stand before one that does not begin at 1. */
function parseArray(text: string, parse: Parse): unknown {
  let at = text.indexOf("{");
  return list();

  function list(): unknown[] {
    const values: unknown[] = [];
    at++; // {
    while (text[at] !== "}" && at < text.length) {
      values.push(text[at] === "{" ? list() : element());
      if (text[at] === ",") at++;
    }
    at++; // }
    return values;
  }
  function element(): unknown {
    if (text[at] !== '"') {
      const word = /[^,}]*/y;
      word.lastIndex = at;
      const [found] = word.exec(text)!;
      at += found.length;
      return found === "NULL" ? null : parse(found);
    }
    let value = "";
    for (at++; text[at] !== '"' && at < text.length; at++) {
      if (text[at] === "\\") at++;
      value += text[at];
    }
    at++; // "
    return parse(value);
  }
}

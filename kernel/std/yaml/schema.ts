import type { Scalar, ScalarTag, SchemaOptions, Tags } from "yaml";

/**
 * Dates, bytes and merge keys as in `@std/yaml`, and its numbers: `012` is ten, `1_000` a thousand, `0b11` three,
 * `0o14` a string. The schema is named, so a `%YAML 1.1` line cannot bring another one where "yes" means true.
 */
export const SCHEMA: SchemaOptions = {
  schema: "core",
  merge: true,
  resolveKnownTags: false,
  customTags: (core: Tags): Tags => [
    ...core.filter((tag) => typeof tag !== "string" && tag.tag !== INT && tag.tag !== FLOAT),
    int,
    float,
    "timestamp",
    "binary",
  ],
};

const INT = "tag:yaml.org,2002:int";
const FLOAT = "tag:yaml.org,2002:float";

const int: ScalarTag = {
  tag: INT,
  default: true,
  test: /^[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0[0-7_]*[0-7]|0|[1-9](?:[0-9_]*[0-9])?)$/,
  resolve: toInteger,
  identify: (value) => Number.isInteger(value) && !Object.is(value, -0),
  stringify: writeNumber,
};

const float: ScalarTag = {
  tag: FLOAT,
  default: true,
  test:
    /^(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))(?<!_)$/,
  resolve: toFloat,
  identify: (value) => typeof value === "number",
  stringify: writeNumber,
};

function toInteger(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "").replaceAll("_", "");
  if (digits === "0") return 0;
  if (/^0[bx]/.test(digits)) return sign * Number(digits);
  return sign * parseInt(digits, digits.startsWith("0") ? 8 : 10);
}

function toFloat(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "").replaceAll("_", "").toLowerCase();
  if (digits === ".inf") return sign * Infinity;
  return digits === ".nan" ? NaN : sign * parseFloat(digits);
}

function writeNumber({ value }: Scalar): string {
  const number = value as number;
  if (Number.isNaN(number)) return ".nan";
  if (!Number.isFinite(number)) return number > 0 ? ".inf" : "-.inf";
  return Object.is(number, -0) ? "-0.0" : String(number);
}

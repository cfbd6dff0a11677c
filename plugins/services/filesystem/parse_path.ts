import { fault } from "meta-machine";

const MAX_UNITS = 1_024;
const MAX_PART_BYTES = 255;
const encoder = new TextEncoder();

/**
 * A path as a caller wrote it, in its one spelling: parts joined by `/`, or `.`. `./a`, `a/` and `a//b` are spellings of `a` and `a/b`. Refuses what climbs
 * or is absolute as `denied`, what is no path as `invalid_argument`. `doing` begins the refusal: "read_file".
 */
export function parsePath(given: unknown, doing: string): string {
  if (typeof given !== "string" || given === "") {
    throw fault("invalid_argument", `Cannot ${doing}: argument "path" is missing`, {
      hint: 'pass path as text, for example path="notes/today.md"',
    });
  }
  const flaw = flawOf(given);
  if (flaw !== undefined) throw fault("invalid_argument", `Cannot ${doing} ${quote(given)}: ${flaw}`, { hint: HINT });
  const parts = given.split("/").filter((part) => part !== "" && part !== ".");
  if (given.startsWith("/") || parts.includes("..")) {
    throw fault("denied", `Cannot ${doing} ${quote(given)}: a path is relative and does not climb`, { hint: HINT });
  }
  if (parts.some((part) => encoder.encode(part).length > MAX_PART_BYTES)) {
    throw fault("invalid_argument", `Cannot ${doing} ${quote(given)}: a name has at most ${MAX_PART_BYTES} bytes`);
  }
  return parts.length === 0 ? "." : parts.join("/");
}

const HINT = 'write the path relative to your own folder, with "/" between names, for example "notes/today.md"';

function flawOf(path: string): string | undefined {
  if (path.length > MAX_UNITS) return `a path has at most ${MAX_UNITS} characters`;
  if (path.includes("\\")) return 'a path has no "\\"';
  // Control and format characters show as nothing, and some file systems drop them: two spellings would be one file.
  if (/[\p{Cc}\p{Cf}]/u.test(path)) return "a path has no control and no invisible characters";
  if (!path.isWellFormed()) return "a path is well-formed Unicode";
}

function quote(path: string): string {
  const shown = path.length > 80 ? `${path.slice(0, 80)}…` : path;
  return `'${shown.toWellFormed().replace(/[\p{Cc}\p{Cf}]/gu, "\u{FFFD}")}'`;
}

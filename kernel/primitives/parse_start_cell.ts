import type { StartCell } from "../contract/channel.ts";
import { isCellId } from "../contract/names.ts";
import { isPositive, isRecord, parseEach } from "./check_fields.ts";

/** A config may name so many folders or hosts; each becomes part of a command line. */
const ENTRIES = 256;
const FOLDER_UNITS = 1_024;

/** What would end an entry in a list of permissions, or fool the eye in a process list. */
// deno-lint-ignore no-control-regex
const NEVER_IN_FOLDER = /[\u0000-\u001f\u007f-\u009f,\\]/;
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
const HOST_PORT = new RegExp(`^(?:${LABEL}(?:\\.${LABEL}){0,15}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})$`);

/**
 * A folder below the home as it may go into a permission list: relative, `/` between its parts, none of them empty, `.` or `..`, no comma,
 * no backslash, no control character. `.` alone is the home.
 */
export function isGrantFolder(text: unknown): text is string {
  if (typeof text !== "string" || text.length === 0 || text.length > FOLDER_UNITS) return false;
  if (NEVER_IN_FOLDER.test(text) || !text.isWellFormed()) return false;
  return text === "." || text.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** `host:port`: a name or address, an IPv6 one in brackets, and a port of 0 (any, to listen) to 65535. Nothing else, no wildcard. */
export function isHostPort(text: unknown): text is string {
  if (typeof text !== "string" || text.length > 300) return false;
  const match = HOST_PORT.exec(text);
  return match !== null && Number(match[1]) <= 65_535;
}

/** What a cell is started with, as a fresh object of known fields; undefined when any of it could not go into a command line. */
export function parseStartCell(value: unknown): StartCell | undefined {
  if (!isRecord(value) || value["t"] !== "start_cell" || !isCellId(value["cell"])) return undefined;
  const folders = parseEach(value["folders"], ENTRIES, (entry) => {
    if (!isRecord(entry)) return undefined;
    const { path, mode } = entry;
    return isGrantFolder(path) && (mode === "r" || mode === "rw") ? { path, mode } as const : undefined;
  });
  const net = parseEach(value["net"], ENTRIES, (entry) => isHostPort(entry) ? entry : undefined);
  const limits = value["limits"];
  if (folders === undefined || net === undefined || !isRecord(limits)) return undefined;
  const { memory_mb, heap_mb } = limits;
  if (!isPositive(memory_mb) || !isPositive(heap_mb)) return undefined;
  const { any_net } = value;
  if (any_net !== undefined && any_net !== true) return undefined;
  return {
    ...{ t: "start_cell", cell: value["cell"], folders, net, limits: { memory_mb, heap_mb } },
    ...(any_net && { any_net }),
  };
}

/** The first steps of every cell, in this order: fewer permissions, deaf to the terminal's signals, its token. */
import { isCellId } from "../../contract/names.ts";
import type { CellArgs, Role } from "../../contract/roles.ts";
import { isRecord } from "../../primitives/check_fields.ts";
import { fromHex } from "../../primitives/hex.ts";
import { revokePermissions } from "./revoke_permissions.ts";

/** Signals that a terminal sends to the whole group: cells are ended in order by kernel and watchdog. */
const GROUP_SIGNALS = ["SIGINT", "SIGHUP", "SIGTERM"] as const;
/** Hex digits of the longest token; a longer line is no token. */
const TOKEN_UNITS = 1_024;

/** What a cell has from its parent. */
export interface Entered {
  readonly args: CellArgs;
  readonly token: string;
  /** Resolves at the end of stdin: its parent holds the other end for as long as it lives. */
  readonly hung_up: Promise<void>;
}

/** The cell's arguments and its token, the first line of its stdin. Throws when there is none: nobody could attach with that. */
export async function enterCell(role: Extract<Role, "cell" | "vet">, argv: readonly string[]): Promise<Entered> {
  const args = parseArgs(argv[0]);
  revokePermissions(role, args.keeps);
  for (const signal of GROUP_SIGNALS) Deno.addSignalListener(signal, () => {});
  const token = await readToken();
  return { args, token, hung_up: endOfInput() };
}

/** Host text, so only its shape is looked at. */
function parseArgs(text: string | undefined): CellArgs {
  const args = JSON.parse(text ?? "null");
  if (!isRecord(args) || !isCellId(args["cell"]) || !isRecord(args["keeps"]) || typeof args["socket"] !== "string") {
    throw new Error("a cell is started by its watchdog, with one argument");
  }
  return args as unknown as CellArgs;
}

async function readToken(): Promise<string> {
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(TOKEN_UNITS);
  let line = "";
  // Read by hand: the runtime's streams are a third of a megabyte that a cell does without.
  while (!line.includes("\n") && line.length <= TOKEN_UNITS) {
    const count = await Deno.stdin.read(bytes);
    if (count === null) break;
    line += decoder.decode(bytes.subarray(0, count), { stream: true });
  }
  const token = line.split("\n")[0]!.trim();
  if (token === "" || fromHex(token) === undefined) throw new Error("the first line of stdin is no token");
  return token;
}

async function endOfInput(): Promise<void> {
  const bytes = new Uint8Array(TOKEN_UNITS);
  try {
    while (await Deno.stdin.read(bytes) !== null);
  } catch {
    // an end like any other
  }
}

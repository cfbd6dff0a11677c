import { fault, ok, refuse, type Result } from "../../contract/fault.ts";

/** The text of a file, or of standard input for `-`. */
export async function readInput(file: string): Promise<Result<string>> {
  try {
    const bytes = file === "-"
      ? new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer())
      : await Deno.readFile(file);
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const where = file === "-" ? "standard input" : `'${file}'`;
    const why = error instanceof TypeError ? "it is not UTF-8 text" : error instanceof Error ? error.message : error;
    return refuse(
      fault("invalid_argument", `${where} cannot be read: ${why}`, {
        hint: "give a text file, or - for standard input",
      }),
    );
  }
}

/** The whole program as one file, the same bytes for the same sources, wherever they lie: docs/operations.md says what it has less. */
import { join } from "node:path";
import { layOut, type NewPiece, type Program } from "../program/mod.ts";
import { bundleRole, WASM_PIECE } from "./bundle_role.ts";

const WITHOUT_LEXER = { "es-module-lexer": "export const init = () => {};\nexport const parse = () => [[]];\n" };

/** Pieces that begin a role. Where the command line goes on to another file, that is a piece too. */
const ROLES: readonly { readonly piece: string; readonly entry: string; readonly replaced?: Record<string, string> }[] =
  [
    { piece: "roles/main.mjs", entry: "main.ts" },
    { piece: "roles/kernel.mjs", entry: "kernel/roles/kernel.ts" },
    { piece: "roles/cell.mjs", entry: "kernel/roles/cell.ts", replaced: WITHOUT_LEXER },
    { piece: "roles/vet.mjs", entry: "kernel/roles/vet.ts" },
  ];
const START = "kernel/program/start.ts";
const WASM = "node_modules/@rollup/browser/dist/es/bindings_wasm_bg.wasm";
/** Folders whose files are pieces by their paths. `libs/cell.mjs` is a role's piece already. */
const FOLDERS = ["configs", "plugins", "prompts", "libs"];
const LEFT_OUT = /_test\.ts$|^libs\/(?:cell\.mjs|mod\.ts)$/;

/** Read at every start of a cell: inflating them would cost each process more than they save of the file. */
const PLAIN = ["roles/cell.mjs", "libs/guest.mjs", "libs/cfworker_json_schema.mjs"];

/** `program` is where the sources are. */
export async function bundleProgram(program: Program): Promise<string> {
  const root = program.folder;
  const { version } = JSON.parse(await Deno.readTextFile(join(root, "deno.json"))) as { version: string };
  const encoder = new TextEncoder();
  const pieces: NewPiece[] = [];
  for (const { piece, entry, replaced } of ROLES) {
    pieces.push(await newPiece(piece, encoder.encode(await bundleRole(root, entry, replaced))));
  }
  pieces.push(await newPiece(WASM_PIECE, await Deno.readFile(join(root, WASM))));
  for (const folder of FOLDERS) {
    for (const path of await program.list(folder).catch(() => [])) {
      const name = `${folder}/${path}`;
      if (!LEFT_OUT.test(name)) pieces.push(await newPiece(name, await program.read(name)));
    }
  }
  return layOut(version, await bundleRole(root, START), pieces);
}

async function newPiece(name: string, bytes: Uint8Array<ArrayBuffer> | Uint8Array): Promise<NewPiece> {
  if (PLAIN.includes(name)) return { name, bytes, deflated: false };
  const deflating = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const deflated = new Uint8Array(await new Response(deflating).arrayBuffer());
  return { name, bytes: deflated, deflated: true };
}

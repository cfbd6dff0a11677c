/** What a home needs so that an editor, `deno check` and `deno test` know the names that a module imports. */
import { type Door, DOORS } from "../../contract/doors.ts";
import type { Homes } from "../bench/plan_module.ts";

/** Below it, what the host made for editors; no host looks into it. */
export const META_FOLDER = ".meta";

/** Path in a home → text. `libs` is the URL of the program's `libs/`, `read` gives a file of it. Without a URL everything is written out. */
export async function editorFiles(
  libs: string | undefined,
  read: (file: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { made, file, stays } of DOORS) {
    const code = stays && libs !== undefined
      ? `export * from ${JSON.stringify(`${libs}${made}.mjs`)};\n`
      : await read(`${made}.mjs`);
    files.set(`${META_FOLDER}/${file}.js`, `// @ts-self-types="./${file}.d.ts"\n${code}`);
    files.set(`${META_FOLDER}/${file}.d.ts`, await read(`${made}.d.ts`));
  }
  return files;
}

/** Beside the testing door, where the program is one file: says which, since no other file of the program is there to be found. */
export const PROGRAM_FILE = "program.json";

/** Where the program is one file, a home has the doors whole, with the one library that they import. */
export async function wholeEditorFiles(
  program: Pick<Homes, "program" | "one_file">,
  read: (file: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...await editorFiles(undefined, read),
    [`${META_FOLDER}/yaml.mjs`, await read("yaml.mjs")],
    [`${META_FOLDER}/${PROGRAM_FILE}`, `${JSON.stringify(program)}\n`],
  ]);
}

/** The lines of an import map. */
export function importLines(): Readonly<Record<string, string>> {
  return Object.fromEntries(DOORS.map((door) => [door.name, target(door)]));
}

/** The `deno.json` of a home that has none. */
export function denoJson(): string {
  return `${JSON.stringify({ imports: importLines(), exclude: ["runtime/"] }, null, 2)}\n`;
}

/** The lines that a `deno.json` of somebody's own lacks; it may have comments, so it is searched, not parsed. */
export function missingLines(text: string): readonly string[] {
  return DOORS.filter(({ name }) => !new RegExp(`"${name}"\\s*:`).test(text))
    .map((door) => `"${door.name}": "${target(door)}"`);
}

function target({ file }: Door): string {
  return `./${META_FOLDER}/${file}.js`;
}

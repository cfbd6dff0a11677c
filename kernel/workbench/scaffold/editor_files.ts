/** What a home needs so that an editor, `deno check` and `deno test` know the names that a module imports. */
import { type Door, DOORS } from "../../contract/doors.ts";

/** Below it, what the host made for editors; no host looks into it. */
export const META_FOLDER = ".meta";

/** Path in a home → text. `libs` is the URL of the program's `libs/`, `read` gives a file of it. */
export async function editorFiles(
  libs: string,
  read: (file: string) => Promise<string>,
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const { made, file, stays } of DOORS) {
    const code = stays ? `export * from ${JSON.stringify(`${libs}${made}.mjs`)};\n` : await read(`${made}.mjs`);
    files.set(`${META_FOLDER}/${file}.js`, `// @ts-self-types="./${file}.d.ts"\n${code}`);
    files.set(`${META_FOLDER}/${file}.d.ts`, await read(`${made}.d.ts`));
  }
  return files;
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

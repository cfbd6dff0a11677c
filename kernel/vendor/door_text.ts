import { CODE_DOORS } from "../contract/doors.ts";
import { libraryFile } from "./library_table.ts";

/** How a text that imports no files of its own gets at the files of `libs/`. */
interface Access {
  readonly imports: string;
  /** An expression for the text of a file. */
  readonly text: (file: string) => string;
  readonly libs: string;
  readonly guest: string;
}

const BESIDE: Access = {
  imports: "",
  text: (file) => `Deno.readTextFile(new URL("./${file}", import.meta.url))`,
  libs: `new URL("./", import.meta.url).href`,
  guest: `new URL("./guest.mjs", import.meta.url).href`,
};

/** In the one file. `one_file` is the path of kernel/program/one_file.ts, `pieces` that of pieces.ts. */
export function inPieces({ one_file, pieces }: { readonly one_file: string; readonly pieces: string }): Access {
  return {
    imports: `import { PIECES } from ${JSON.stringify(one_file)};
import { moduleUrl } from ${JSON.stringify(pieces)};

let guest: string | undefined;
`,
    text: (file) => `PIECES.text(${JSON.stringify(`libs/${file}`)})`,
    libs: `"none:"`,
    guest: `guest ??= moduleUrl(PIECES.plain("libs/guest.mjs"))`,
  };
}

/** The text of `libs/mod.ts`, the door to what was bundled. */
export function doorText(versions: Readonly<Record<string, string>>, access: Access = BESIDE): string {
  const names = Object.keys(versions).sort();
  const libraries = names.map((name) => `  ${JSON.stringify(name)}: () => ${access.text(libraryFile(name))},\n`);
  const lines = names.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(versions[name])},\n`);
  const doors = CODE_DOORS.map((door) => `  ${JSON.stringify(door.name)}: () => ${access.text(door.code)},\n`);
  return `// made by deno task vendor; read when needed: an import would load every text into every process
${access.imports}
/** The source text of each package that \`grants.packages\` may name. */
export const LIBRARIES: Readonly<Record<string, () => Promise<string>>> = {
${libraries.join("")}};

/** The version of each package in {@linkcode LIBRARIES}. */
export const LIBRARY_VERSIONS: Readonly<Record<string, string>> = {
${lines.join("")}};

/** The source text of each door that a Worker is handed, by the name it is imported by. */
export const DOOR_TEXTS: Readonly<Record<string, () => Promise<string>>> = {
${doors.join("")}};

/** The folder of what was bundled. */
export const LIBS: string = ${access.libs};

/** Where the Worker bootstrap is: the runtime remembers what it found out about a file, and reads it sooner than a text that it is handed. */
export function guestUrl(): string {
  return ${access.guest};
}
`;
}

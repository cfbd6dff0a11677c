import { GRANTED_DOORS } from "../contract/doors.ts";
import { libraryFile } from "./library_table.ts";

/** The text of `libs/mod.ts`, the door to what was bundled. */
export function doorText(versions: Readonly<Record<string, string>>): string {
  const names = Object.keys(versions).sort();
  const libraries = names.map((name) => `  ${JSON.stringify(name)}: () => ${readText(libraryFile(name))},\n`);
  const lines = names.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(versions[name])},\n`);
  const doors = GRANTED_DOORS.map((door) => `  ${JSON.stringify(door.name)}: () => ${readText(door.with.file)},\n`);
  return `// made by deno task vendor; read when needed: an import would load every text into every process

/** The source text of each package that \`grants.packages\` may name. */
export const LIBRARIES: Readonly<Record<string, () => Promise<string>>> = {
${libraries.join("")}};

/** The version of each package in {@linkcode LIBRARIES}. */
export const LIBRARY_VERSIONS: Readonly<Record<string, string>> = {
${lines.join("")}};

/** The source text of each door that goes with a package, by the name it is imported by. */
export const DOOR_TEXTS: Readonly<Record<string, () => Promise<string>>> = {
${doors.join("")}};

/** The folder of what was bundled. */
export const LIBS: string = new URL("./", import.meta.url).href;

/** Where the Worker bootstrap is: the runtime remembers what it found out about a file, and reads it sooner than a text that it is handed. */
export const GUEST: string = new URL("./guest.mjs", import.meta.url).href;
`;
}

function readText(file: string): string {
  return `Deno.readTextFile(new URL("./${file}", import.meta.url))`;
}

/** The project's own sources, and what they import. */
import { init, parse } from "es-module-lexer";
import { stripTypeScriptTypes } from "node:module";

export const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

export interface SourceFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

export function sourceFiles(folders: readonly string[]): SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (path: string): void => {
    for (const { name, isDirectory } of Deno.readDirSync(`${ROOT}/${path}`)) {
      if (isDirectory) walk(`${path}/${name}`);
      else if (name.endsWith(".ts")) {
        found.push({ path: `${path}/${name}`, text: Deno.readTextFileSync(`${ROOT}/${path}/${name}`) });
      }
    }
  };
  for (const folder of folders) {
    if (folder.endsWith(".ts")) found.push({ path: folder, text: Deno.readTextFileSync(`${ROOT}/${folder}`) });
    else walk(folder);
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** All specifiers, those of types too: a type is a dependency like any other. */
export async function importsOf({ text }: SourceFile): Promise<string[]> {
  await init;
  const values = text.replace(/^(\s*)import type /gm, "$1import ").replace(
    /^(\s*)export type (\{|\*)/gm,
    "$1export $2",
  );
  const found = new Set<string>();
  for (const match of values.matchAll(/(?:^|[^\w.])(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) found.add(match[1]!);
  try {
    for (const { specifier } of parse(stripTypeScriptTypes(text, { mode: "transform" }))[0]) {
      if (typeof specifier === "string") found.add(specifier);
    }
  } catch {
    // the pattern above has them
  }
  return [...found];
}

/** The text without comments, and with strings emptied. */
export function codeOf(text: string): string {
  return text
    .replace(
      /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
      (match) => match.startsWith("/") ? " " : '""',
    );
}

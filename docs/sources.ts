/** What the pages take from the program's own sources beside its exports: comments, types, and who names what. */
import { fromFileUrl } from "@std/path";

const PROGRAM = fromFileUrl(new URL("../", import.meta.url));

/** A text of the program, by its path. */
export function readSource(path: string): string {
  return Deno.readTextFileSync(PROGRAM + path);
}

/** All sources of the kernel but its vocabulary, which only says what could be. */
export function kernelSources(): { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  const walk = (folder: string): void => {
    for (const { name, isDirectory } of Deno.readDirSync(PROGRAM + folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) walk(path);
      else if (name.endsWith(".ts") && !path.startsWith("kernel/contract/")) {
        found.push({ path, text: readSource(path) });
      }
    }
  };
  walk("kernel");
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The comment at the end of each `name: value, // comment` of an object in a source. */
export function trailingComments(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^\s+(\w+): [^\n]*?,\s*\/\/ (.+)$/gm)].map(([, name, comment]) => [name!, comment!]),
  );
}

/** The doc comment above each `name: value,` of the object `const NAME`. */
export function docComments(text: string, constant: string): ReadonlyMap<string, string> {
  const body = new RegExp(`const ${constant}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}\\)`).exec(text)?.[1] ?? "";
  const found = [...body.matchAll(/\/\*\* ([\s\S]*?) \*\/\n\s+(\w+):/g)];
  return new Map(found.map(([, comment, name]) => [name!, comment!.replaceAll(/\s*\n\s*\*\s*/g, " ")]));
}

/** The declaration of an exported type or interface, as it stands, up to the empty line or the closing brace. */
export function declaration(text: string, name: string): string {
  const start = new RegExp(`^(?:/\\*\\*[^\\n]*\\n)?export (?:type|interface) ${name}\\b`, "m").exec(text)?.index;
  if (start === undefined) throw new Error(`there is no type ${name}`);
  const rest = text.slice(start);
  const isInterface = /^(?:\/\*\*[^\n]*\n)?export interface/.test(rest);
  return rest.slice(0, rest.indexOf(isInterface ? "\n}\n" : "\n\n") + (isInterface ? 2 : 0)).trimEnd();
}

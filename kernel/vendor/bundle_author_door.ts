import { join } from "node:path";
import type { AuthorDoor } from "../contract/author_doors.ts";
import { AUTHOR_DOORS } from "../contract/author_doors.ts";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { rollUp } from "./roll_up.ts";

/** The code of one door as one ES module. */
export async function bundleAuthorDoor(root: string, { entry }: AuthorDoor): Promise<string> {
  const { code } = await rollUp(join(root, entry), readsTypeScript());
  return `// ${entry} (made by deno task vendor author)\n${inAscii(code)}`;
}

/** The types of one door as one text without imports but of other doors. */
export async function declareAuthorDoor(root: string, { entry }: AuthorDoor): Promise<string> {
  // Imported late: the compiler is large, and nothing else that is vendored needs it.
  const [{ emitDeclarations }, { flattenDeclarations }] = await Promise.all([
    import("./emit_declarations.ts"),
    import("./flatten_declarations.ts"),
  ]);
  const others = AUTHOR_DOORS.filter((other) => other.entry !== entry);
  const text = flattenDeclarations({
    files: emitDeclarations(root, entry),
    entry: join(root, entry),
    doors: new Map(others.map((other) => [join(root, other.entry), other.name])),
  });
  return `// ${entry} (made by deno task vendor author)\n${text}`;
}

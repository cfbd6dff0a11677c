import { join } from "node:path";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { rollUp } from "./roll_up.ts";

/** Where a cell's main thread begins. */
export const CELL_ENTRY = "kernel/roles/cell.ts";

/** The second look's words for its refusal come from the lexer; what is refused does not depend on it. A cell does without its 45 kB. */
const WITHOUT_LEXER = { "es-module-lexer": "export const init = () => {};\nexport const parse = () => [[]];\n" };

/** The shell of a cell as one ES module that imports Node's builtins only: a cell then needs no configuration, no lock file and no graph. */
export async function bundleCell(root: string): Promise<string> {
  const { code } = await rollUp(join(root, CELL_ENTRY), readsTypeScript(WITHOUT_LEXER));
  return `// ${CELL_ENTRY} (made by deno task vendor cell)\n${inAscii(code)}`;
}

import { join } from "node:path";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { rollUp } from "./roll_up.ts";

/** Where the code begins that runs first in a module's Worker. */
export const GUEST_ENTRY = "kernel/guest/worker/main.ts";

/** The Worker bootstrap as one ES module that imports Node's builtins only. It may not use any package. */
export async function bundleGuest(root: string): Promise<string> {
  const { code } = await rollUp(join(root, GUEST_ENTRY), readsTypeScript());
  return `// ${GUEST_ENTRY} (made by deno task vendor guest)\n${inAscii(code)}`;
}

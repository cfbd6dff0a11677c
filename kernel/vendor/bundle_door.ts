import { join } from "node:path";
import { type Door, DOORS } from "../contract/doors.ts";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { rollUp } from "./roll_up.ts";

/** A door of the SDK as one ES module. It runs among the module's granted libraries, and imports what the module may import, as that. */
export async function bundleDoor(root: string, door: Door): Promise<string> {
  const { needs, entry } = DOORS[door];
  const outside = {
    "meta-machine": "lib:meta-machine",
    [needs]: `lib:${needs}`,
    [`${needs}/migration`]: `lib:${needs}`,
  };
  const { code } = await rollUp(join(root, entry), readsTypeScript({}, outside));
  return `// ${entry} (made by deno task vendor ${door})\n${inAscii(code)}`;
}

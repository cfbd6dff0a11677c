import { join } from "node:path";
import type { CodeDoor } from "../contract/doors.ts";
import { inAscii, readsTypeScript } from "./reads_typescript.ts";
import { rollUp } from "./roll_up.ts";

/** The code of a door for a Worker. It runs among the module's granted libraries, and imports what the module may import, as that. */
export async function bundleDoor(root: string, door: CodeDoor): Promise<string> {
  const outside = Object.fromEntries(besides(door).map((name) => [name, `lib:${name.replace(/\/migration$/, "")}`]));
  const { code } = await rollUp(join(root, door.entry), readsTypeScript({}, outside));
  return `// ${door.entry} (made by deno task vendor ${door.name})\n${inAscii(code)}`;
}

/** What such a door imports and does not bring along. */
export function besides({ with: library }: CodeDoor): readonly string[] {
  return library === undefined ? ["meta-machine"] : ["meta-machine", library, `${library}/migration`];
}

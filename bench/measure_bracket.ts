import type { Contender } from "./contender.ts";
import { environmentOfStart } from "./environment.ts";
import { type RowId, ROWS } from "./figures_table.ts";
import type { Measuring } from "./measure_line.ts";
import { command } from "./placement.ts";

const SCRIPT = new URL("bracket/main.ts", import.meta.url).pathname;

/** How fast a model's text is read. The peers connect sandboxes and read no text; the floor is what the runtime has for it. */
export async function measureBracket({ name }: Contender, { table, pinned, quick }: Measuring): Promise<void> {
  if (name !== "ours" && name !== "floor") return;
  const args = ["run", "-A", "--cached-only", "--no-check", "--quiet", SCRIPT, name, quick ? "1" : "3"];
  const { success, stdout, stderr } = await command(pinned, args, { env: { NO_COLOR: "1", ...environmentOfStart() } })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim());
  const figures: Record<string, number> = JSON.parse(new TextDecoder().decode(stdout));
  const rows = ROWS.filter(({ line }) => line === "bracket").map(({ id }): RowId => id);
  for (const id of rows) if (figures[id] !== undefined) table.note(id, name, figures[id]);
}

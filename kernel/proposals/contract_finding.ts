/** Whether a candidate keeps what others rely on: every tool of its predecessor, with params that admit what they admitted. */
import type { Finding } from "../contract/proposal.ts";
import type { ToolSpec } from "../contract/tool_spec.ts";
import { canonicalText } from "../config/mod.ts";

export function contractFinding(before: readonly ToolSpec[], after: readonly ToolSpec[]): Finding {
  const now = new Map(after.map((tool) => [tool.entry, tool]));
  const broken = before.flatMap((old) => {
    const tool = now.get(old.entry);
    if (tool === undefined) return [`the tool '${old.entry}' is gone`];
    if (canonicalText(tool.params) !== canonicalText(old.params)) return [`the params of '${old.entry}' are others`];
    return old.readOnly && !tool.readOnly ? [`'${old.entry}' does not only read any more`] : [];
  });
  const added = after.filter(({ entry }) => !before.some((old) => old.entry === entry)).map(({ entry }) => entry);
  if (broken.length > 0) return { check: "contract", passed: false, said: broken.join("; ") };
  const more = added.length === 0 ? "" : `; new: ${added.join(", ")}`;
  return { check: "contract", passed: true, said: `all ${before.length} tools are as they were${more}` };
}

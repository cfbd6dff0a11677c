/** What `plugin check` found, for people: lines that an editor can jump to, then what the module asks for and offers. */
import { FAULTS } from "../../contract/fault.ts";
import { toolName, type ToolSpec } from "../../contract/tool_spec.ts";
import { describeParams } from "../../primitives/describe_params.ts";
import type { Checked } from "./check_module.ts";

/** `show` gives the path of one of the module's files as a person finds it. The text is not yet safe to show. */
export function renderChecked(checked: Checked, show: (file: string) => string): string {
  const { api, config, refused, unknown, problems, doubts, asks, tools } = checked;
  const lines: string[] = [];
  if (refused !== undefined) {
    // The hint that every failed load has would send the author to a log.
    const hint = refused.hint === FAULTS[refused.code].hint ? [] : [`hint: ${refused.hint}`];
    lines.push(refused.message, ...hint, "");
  }
  for (const { file, line, column, message } of problems) {
    lines.push(`${show(file)}:${line}:${column} - ${message.replaceAll("\n", "\n    ")}`);
  }
  if (problems.length > 0) lines.push("");
  if (doubts.length > 0) lines.push(...doubts, "");
  lines.push(`${api} by ${config ?? "no config yet: it has all defaults and no grants"}`);
  lines.push(...section("asks for", asks.map(({ grant, what, why }) => `${grant}: ${what}: ${why}`), "nothing"));
  if (tools === undefined) {
    lines.push(
      refused === undefined
        ? `offers: not known; without what it asks for it failed to load: ${unknown?.message ?? "it said nothing"}`
        : "offers: it does not load",
    );
  } else lines.push(...section("offers", tools.map((tool) => describeTool(api, tool)), "no tools"));
  return lines.join("\n");
}

function section(title: string, entries: readonly string[], none: string): string[] {
  return entries.length === 0 ? [`${title}: ${none}`] : [`${title}:`, ...entries.map((entry) => `  ${entry}`)];
}

function describeTool(api: string, { entry, description, params, readOnly, destructive }: ToolSpec): string {
  const marks = [...readOnly ? ["read-only"] : [], ...destructive ? ["destructive"] : []].join(", ");
  const name = toolName(api, entry) ?? entry;
  return `${name}(${describeParams(params)})${marks && `, says it is ${marks}`}: ${description.replaceAll("\n", " ")}`;
}

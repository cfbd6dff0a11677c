/** The catalog as a model is shown it, in a prompt or as functions. */
import type { ListedTool } from "./authority.ts";

/** For a prompt: how a tool is called, and which there are. */
export function renderCatalog(tools: readonly ListedTool[]): string {
  if (tools.length === 0) return "There are no tools.";
  const lines = tools.map(({ name, description, params, readOnly }) =>
    `- ${name}: ${description}${readOnly ? " (changes nothing)" : ""}\n  params: ${JSON.stringify(params)}`
  );
  return `To call a tool, write a fenced block of the kind \`tool\`, then end your answer; its result comes in a \`result\` block:

\`\`\`tool
{call: ${tools[0]!.name}, params: {…}}
\`\`\`

Several calls may stand in one block, one after the other. Texts stand in double quotes. The tools:
${lines.join("\n")}`;
}

/** As native functions. */
export function asFunctions(tools: readonly ListedTool[]): unknown[] {
  return tools.map(({ name, description, params }) => ({
    type: "function",
    function: { name, description, parameters: params },
  }));
}

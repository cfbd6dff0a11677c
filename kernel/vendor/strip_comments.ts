import type { Plugin } from "@rollup/browser";

/** A part of a text in which nothing is a comment, whatever it looks like: a string, a regular expression, the text of a template. */
type Quoted = readonly [start: number, end: number];

/**
 * Makes bundles without comments and indentation: what V8 keeps of a source in each process that evaluates it. A parser tells what only looks like a
 * comment; line breaks outside of comments stay, since they may end a statement.
 */
export function stripsComments(): Plugin {
  return {
    name: "strips-comments",
    renderChunk(code) {
      return { code: stripComments(code, this.parse(code)), map: null };
    },
  };
}

function stripComments(code: string, program: unknown): string {
  let stripped = "";
  let from = 0;
  for (const [start, end] of [...quotedParts(program), [code.length, code.length] as const]) {
    stripped += stripBetween(code.slice(from, start)) + code.slice(start, end);
    from = end;
  }
  return stripped;
}

function stripBetween(code: string): string {
  return code
    .replaceAll(/\/\/[^\n]*|\/\*[^]*?\*\//g, (comment) => comment.includes("\n") ? "\n" : " ")
    .replaceAll(/[ \t]*\n\s*/g, "\n");
}

function quotedParts(program: unknown): Quoted[] {
  const parts: Quoted[] = [];
  walk(program, parts);
  return parts.sort(([a], [b]) => a - b);
}

function walk(node: unknown, parts: Quoted[]): void {
  if (typeof node !== "object" || node === null) return;
  const { type, start, end } = node as { type?: unknown; start?: number; end?: number };
  if (type === "Literal" || type === "TemplateElement") parts.push([start!, end!]);
  for (const child of Object.values(node)) walk(child, parts);
}

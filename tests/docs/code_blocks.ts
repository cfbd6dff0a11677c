/** The fenced code of a page: ```` ```ts plugins/notes.ts ```` has a language and a file name, other blocks a language only. */
import { fromFileUrl } from "@std/path";

export const PROGRAM = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");

export interface CodeBlock {
  readonly language: string;
  /** What stands after the language: the file's path in a home, or "". */
  readonly file: string;
  readonly text: string;
  /** Line of the page on which the code begins. */
  readonly line: number;
}

export function codeBlocks(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { language: string; file: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of page.split("\n").entries()) {
    const fence = /^```(\w*) ?(\S*)$/.exec(line);
    if (open === undefined && fence !== null) {
      open = { language: fence[1]!, file: fence[2]!, line: index + 2, lines: [] };
    } else if (open !== undefined && line === "```") {
      blocks.push({ language: open.language, file: open.file, line: open.line, text: open.lines.join("\n") + "\n" });
      open = undefined;
    } else open?.lines.push(line);
  }
  return blocks;
}

/** The files that a page writes, by path. A file that stands there twice has its last text at the end. */
export function filesOf(blocks: readonly CodeBlock[]): Record<string, string> {
  return Object.fromEntries(blocks.filter(({ file }) => file !== "").map(({ file, text }) => [file, text]));
}

export function readPage(path: string): string {
  return Deno.readTextFileSync(`${PROGRAM}/${path}`);
}

/** README and everything below docs/. */
export function pages(): string[] {
  const docs = [...Deno.readDirSync(`${PROGRAM}/docs`)].map(({ name }) => `docs/${name}`);
  return ["README.md", ...docs.filter((path) => path.endsWith(".md")).sort()];
}

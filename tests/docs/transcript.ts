/** A terminal as a page shows it: `$ command`, then what it prints. `…` stands for any text, as a line of its own for any lines. */
import assert from "node:assert/strict";
import type { CodeBlock } from "./code_blocks.ts";

export interface Step {
  readonly command: string;
  readonly expected: string;
  readonly line: number;
}

export function steps({ text, line }: CodeBlock): Step[] {
  const found: { command: string; expected: string[]; line: number }[] = [];
  for (const [index, one] of text.trimEnd().split("\n").entries()) {
    if (one.startsWith("$ ")) found.push({ command: one.slice(2), expected: [], line: line + index });
    else found.at(-1)?.expected.push(one);
  }
  return found.map(({ expected, ...step }) => ({ ...step, expected: expected.join("\n") }));
}

/** What a session with a prompt shows: text, then what is typed behind `name> `, and what comes of it. */
export interface Session {
  readonly first: string;
  readonly turns: readonly { readonly typed: string; readonly expected: string }[];
}

export function session({ expected }: Step): Session {
  const [first = "", ...rest] = expected.split(/^[\w/]+> /m);
  const turns = rest.map((part) => {
    const [typed = "", ...lines] = part.split("\n");
    return { typed, expected: lines.join("\n") };
  });
  return { first, turns };
}

/** The arguments after `deno task cli`, as a shell would split them; undefined for any other command. */
export async function argumentsOf(command: string): Promise<string[] | undefined> {
  const words = /^deno task cli (.*)$/.exec(command)?.[1];
  if (words === undefined) return undefined;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", `printf '%s\\0' ${words}`] }).output();
  return new TextDecoder().decode(stdout).split("\0").slice(0, -1);
}

/** What a shown text admits: `…` any text. */
export function shownPattern(expected: string): string {
  return expected.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("[\\s\\S]*?");
}

/** Fails unless the text is what the page shows. */
export function assertShown(found: string, { command, expected, line }: Step, page: string): void {
  const matches = new RegExp(`^${shownPattern(expected.trimEnd())}$`).test(found.trimEnd());
  assert.ok(matches, `${page}:${line}: $ ${command}\nshown:\n${expected}\nfound:\n${found}`);
}

/** Cases that a person can read → what `readTurn` is to find. cases/maps.txt says at its top how they are written. */
import type { BracketCall } from "../../../../kernel/guest/sdk/bracket/mod.ts";

export interface WrittenCase {
  readonly name: string;
  readonly text: string;
  readonly blocks: readonly WrittenBlock[];
}
export interface WrittenBlock {
  readonly line: number;
  readonly calls: readonly BracketCall[];
  readonly error: { readonly code: string; readonly line: number; readonly column: number } | null;
  readonly warnings: readonly { readonly line: number; readonly column: number }[];
}
type Growing = { line: number; calls: BracketCall[]; error: WrittenBlock["error"]; warnings: WrittenBlock["warnings"] };

export async function readCases(folder: URL): Promise<WrittenCase[]> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  const texts = await Promise.all(names.map((name) => Deno.readTextFile(new URL(name, folder))));
  return texts.flatMap((text, i) => text.split(/^=== /m).slice(1).map((one) => readCase(names[i]!, one)));
}

function readCase(file: string, written: string): WrittenCase {
  const [title, ...lines] = written.trimEnd().split("\n");
  const name = `${file}: ${title}`;
  const given = lines.filter((line) => /^[>|"]/.test(line));
  const expected = lines.slice(given.length);
  if (lines.slice(0, given.length).some((line) => !/^[>|"]/.test(line)) || expected.length === 0) {
    throw new Error(`${name}: lines of text first, then what is expected`);
  }
  const text = given.map(textOf).join("\n");
  const inside = given[0]!.startsWith(">");
  return { name, text: inside ? `\`\`\`tool\n${text}\n\`\`\`\n` : text, blocks: readBlocks(name, expected) };
}

function textOf(line: string): string {
  const text = line.slice(2);
  return line.startsWith('"') ? unescape(text) : text;
}

function readBlocks(name: string, lines: readonly string[]): WrittenBlock[] {
  const blocks: Growing[] = [];
  for (const line of lines) {
    if (line === "none") continue;
    const [, at, said] = /^(\d+): (.*)$/.exec(line) ?? [];
    if (said === undefined) throw new Error(`${name}: '${line}' expects nothing that is known`);
    let block = blocks.find((one) => one.line === Number(at));
    if (block === undefined) blocks.push(block = { line: Number(at), calls: [], error: null, warnings: [] });
    const [, code, row, column] = /^(?:error (\w+)|warning) (\d+):(\d+)$/.exec(said) ?? [];
    const place = { line: Number(row), column: Number(column) };
    if (code !== undefined) block.error = { code, ...place };
    else if (row !== undefined) block.warnings = [...block.warnings, place];
    else if (said !== "nothing") block.calls.push(readCall(name, said));
  }
  return blocks;
}

function readCall(name: string, said: string): BracketCall {
  const [before, id] = said.split(" #");
  const [, call, params] = /^(.+?) (\{.*\})$/.exec(before!) ?? [];
  if (call === undefined || params === undefined) throw new Error(`${name}: '${said}' is no call`);
  return { call, params: JSON.parse(params), ...(id !== undefined && { id: unescape(id) }) };
}

/** Quotes need no backslash. */
function unescape(text: string): string {
  return JSON.parse(`"${text.replaceAll('"', '\\"')}"`);
}

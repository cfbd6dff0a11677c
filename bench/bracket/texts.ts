/** What is read: text as a model writes it between blocks, and blocks of calls, each with what says the same without this protocol. */

const MB = 1_000_000;
const PARAGRAPHS = `## What I found

The module opens its log twice, once when it starts and once for each request. The second one is never closed: after a day the process holds some *thousands* of files.

1. Open it once, in the constructor.
2. Close it in \`shutdown()\`, which has two seconds.

\`\`\`ts
const log = await open("runtime/logs/web.log"); // once
export const shutdown = () => log.close();
\`\`\`

> Nothing else was looked at, neither the cache nor what is kept between two requests.

`;

/** So much text without a block: paragraphs, lists, and code in fences of its own. */
export function textBetween(mb: number): string {
  return PARAGRAPHS.repeat(Math.ceil(mb * MB / PARAGRAPHS.length));
}

const PARAMS = {
  path: "modules/web.py",
  content: 'import os\nimport logging\n\nlog = logging.getLogger("web")\n\n\ndef main(path):\n    """Reads."""\n' +
    "    with open(path) as file:\n        return file.read()\n".repeat(4),
  lines: [1, 2, 3, 250, -1],
  options: { mode: "rw", deep: true, limit: null, ratio: 0.25, tags: ["a", "b", "häuser"] },
};
/** A block well below what one may have. */
const BLOCK_BYTES = 500_000;

/** So much of calls in blocks, and the same calls as the texts of JSON lists, one for each block. */
export function blocksOf(mb: number, render: (value: typeof PARAMS) => string): { text: string; json: string[] } {
  const call = `{call: filesystem_write_file, params: ${render(PARAMS)}}\n`;
  const count = Math.floor(BLOCK_BYTES / call.length);
  const block = `\`\`\`tool\n${call.repeat(count)}\`\`\`\n`;
  const json = JSON.stringify(Array(count).fill({ call: "filesystem_write_file", params: PARAMS }));
  const blocks = Math.max(1, Math.round(mb * MB / block.length));
  return { text: block.repeat(blocks), json: Array(blocks).fill(json) };
}

/**
 * Writes the parts of these pages that the sources say better: tables and types between `<!-- generated: name -->` and
 * `<!-- end -->`. `deno task docs` writes, with `--check` it only says which pages are stale.
 */
import { blocks } from "./blocks.ts";

const HERE = new URL("./", import.meta.url);
const BLOCK = /(<!-- generated: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A page as it is and as it should be. */
export interface Page {
  readonly name: string;
  readonly text: string;
  readonly fresh: string;
}

/** All pages. Throws when a page names a block that nobody makes. */
export async function readPages(): Promise<Page[]> {
  const made = await blocks();
  const pages: Page[] = [];
  for (const { name } of Deno.readDirSync(HERE)) {
    if (!name.endsWith(".md")) continue;
    const text = await Deno.readTextFile(new URL(name, HERE));
    const fresh = text.replaceAll(BLOCK, (_, open: string, block: string, close: string) => {
      if (made[block] === undefined) throw new Error(`docs/${name} names the block '${block}', which nobody makes`);
      return `${open}${made[block]}\n${close}`;
    });
    pages.push({ name, text, fresh });
  }
  return pages.sort((a, b) => (a.name < b.name ? -1 : 1));
}

if (import.meta.main) {
  const stale = (await readPages()).filter(({ text, fresh }) => text !== fresh);
  const check = Deno.args.includes("--check");
  for (const { name, fresh } of stale) {
    if (!check) await Deno.writeTextFile(new URL(name, HERE), fresh);
    console.log(`${check ? "stale" : "written"}: docs/${name}`);
  }
  if (stale.length === 0) console.log("docs are fresh");
  if (check && stale.length > 0) Deno.exit(1);
}

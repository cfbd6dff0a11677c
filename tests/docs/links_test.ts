import assert from "node:assert/strict";
import { dirname, join } from "@std/path";
import { sourceFiles } from "../architecture/source_files.ts";
import { pages, PROGRAM, readPage } from "./code_blocks.ts";

/** Links of a page, without those in code. */
function linksOf(page: string): string[] {
  const prose = readPage(page).replaceAll(/^```[\s\S]*?^```$/gm, "").replaceAll(/`[^`\n]*`/g, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** The anchors that a Markdown viewer makes of the headings. */
function anchorsOf(page: string): string[] {
  const headings = readPage(page).replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text]) => text!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));
}

for (const page of pages()) {
  Deno.test(`every link of ${page} leads somewhere`, () => {
    const dead = linksOf(page).filter((link) => !/^https?:/.test(link)).filter((link) => {
      const [path, anchor] = link.split("#") as [string, string?];
      const target = path === "" ? page : join(dirname(page), path);
      try {
        Deno.statSync(`${PROGRAM}/${target}`);
      } catch {
        return true;
      }
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    assert.deepEqual(dead, []);
  });

  Deno.test(`every file that ${page} names is there`, () => {
    const named = readPage(page).matchAll(/`((?:kernel|tests|plugins|configs)\/[\w./-]+\.(?:ts|yml)|tests\/\w+\/)`/g);
    const missing = [...named].map(([, path]) => path!).filter((path) => !NOT_SHIPPED.test(path)).filter((path) => {
      try {
        Deno.statSync(`${PROGRAM}/${path}`);
        return false;
      } catch {
        return true;
      }
    });
    assert.deepEqual(missing, []);
  });
}

Deno.test("every test that docs/security.md names is there", () => {
  const there = new Set(sourceFiles(["tests"]).map(({ path }) => path.slice(path.lastIndexOf("/") + 1)));
  const named = [...readPage("docs/security.md").matchAll(/(\w+_test\.ts)`/g)].map(([, name]) => name!);
  assert.ok(named.length > 10);
  assert.deepEqual(named.filter((name) => !there.has(name)), []);
});

/** What the pages name although it is a reader's own: examples, and files that a home may have. */
const NOT_SHIPPED =
  /^(?:plugins\/(?:greeter|notes|shopping|NAME_test)\.ts|configs\/(?:greeter|meta-vN|principals|shopping)\.yml)$/;

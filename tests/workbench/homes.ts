/** Homes for tests of the workbench: a folder with what a test says, gone with it. */
import { writeFiles } from "../flows/running_host.ts";
import { PROGRAM } from "../docs/code_blocks.ts";
import type { Homes } from "../../kernel/workbench/mod.ts";

export interface TestHome extends AsyncDisposable, Homes {}

export async function makeHome(files: Readonly<Record<string, string>> = {}): Promise<TestHome> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "w" }));
  await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", ...files });
  return {
    home,
    program: await Deno.realPath(PROGRAM),
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}

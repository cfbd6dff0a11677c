/** What a test file says by its place: which home it lies in, and which module it is about. */
import { fromFileUrl } from "@std/path";
import { LIBS } from "../../../libs/mod.ts";
import type { Homes } from "../bench/plan_module.ts";

export interface TestHome extends Homes {
  /** The prog that the file's name names: `plugins/services/notes_test.ts` → `services/notes`. */
  readonly prog: string;
}

/** Throws for a file that lies elsewhere than below `plugins/`. */
export function testHome(test_file: string): TestHome {
  const path = Deno.realPathSync(fromFileUrl(test_file));
  const found = /^(.+)\/plugins\/(.+)_test\.(?:ts|js)$/.exec(path);
  if (found === null) {
    throw new Error(
      `a test of a module lies beside it: ${path} is not plugins/NAME_test.ts; or name it: test(name, { module: "notes" }, …)`,
    );
  }
  return { home: found[1]!, prog: found[2]!, program: programFolder() };
}

/** The folder of the program that this code belongs to, as a source or as a bundle. */
export function programFolder(): string {
  return Deno.realPathSync(fromFileUrl(new URL("../", LIBS)));
}

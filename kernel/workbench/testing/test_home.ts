/** What a test file says by its place: which home it lies in, and which module it is about. */
import { fromFileUrl } from "@std/path";
import { LIBS } from "../../../libs/mod.ts";
import type { Homes } from "../bench/plan_module.ts";
import { PROGRAM_FILE } from "../scaffold/editor_files.ts";

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
  return { home: found[1]!, prog: found[2]!, ...programOf() };
}

/** The program that this code belongs to, as a source or as a bundle: it lies in the program's folder, or in a home that says where the one file is. */
export function programOf(): Omit<Homes, "home"> {
  try {
    return JSON.parse(Deno.readTextFileSync(new URL(PROGRAM_FILE, LIBS)));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { program: Deno.realPathSync(fromFileUrl(new URL("../", LIBS))) };
  }
}

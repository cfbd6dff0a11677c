/** `test()` as an author writes it: one test of Deno's runner, with a module in a real cell and stand-ins for everything that it calls. */
import type { Kernel, ModuleHandle, Untyped } from "../../guest/mod.ts";
import { runModuleTest } from "./run_module_test.ts";
import type { Scripted } from "./scripted.ts";
import { registerForAuthor } from "./author_line.ts";
import { fileBench } from "./file_bench.ts";

/** How a module is set up for one test. */
export interface TestOptions {
  /** What stands in for the services that the module's config grants. */
  readonly services?: Scripted;
  /** Keys of the module's own config, in the place of those in its file. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** What `kernel.secret(name)` gives. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The api or prog of the module, when the test file's name does not name it. */
  readonly module?: string;
  /** The api of the caller, as `kernel.caller()` tells the module. Default: `test`. */
  readonly caller?: string;
  readonly ignore?: boolean;
  readonly only?: boolean;
}

/** What a test works with. */
export interface TestContext<Module> {
  /** The module, as every other module would call it. */
  readonly module: ModuleHandle<Module>;
  /** Calls a tool of it, as a model would; rejects with what the model is told. */
  // deno-lint-ignore no-explicit-any -- a tool gives what it gives
  tool(entry: string, params?: Readonly<Record<string, unknown>>): Promise<any>;
  /** Waits until the module has logged a line with this in it, and gives the line. Rejects after `ms` (default 1000). */
  logged(part: string | RegExp, ms?: number): Promise<string>;
  /** The caller's kernel: for handles with another aspect, or on one of the stand-ins. */
  readonly kernel: Kernel;
}

export type TestBody<Module> = (context: TestContext<Module>) => unknown;
/** Of a module of any type. */
// deno-lint-ignore no-explicit-any -- that is what it says
export type AnyBody = (context: any) => unknown;

/**
 * A test of the module that the file's name names (`plugins/notes_test.ts` tests `notes`). Each test gets a new instance in a real cell, with the
 * grants, limits and settings of its config. Fails also when the module's `run()` fails or an error of it is caught by nobody.
 */
export function test<Module = Untyped>(name: string, body: TestBody<Module>): void;
export function test<Module = Untyped>(name: string, options: TestOptions, body: TestBody<Module>): void;
export function test<Module = Untyped>(
  name: string,
  given: TestOptions | TestBody<Module>,
  given_body?: TestBody<Module>,
): void {
  const options = typeof given === "function" ? {} : given;
  const body = typeof given === "function" ? given : given_body;
  if (typeof body !== "function") throw new TypeError(`test('${name}'): the last argument is the test's function`);
  const { ignore = false, only = false } = options;
  const file = fileBench();
  registerForAuthor<Deno.TestDefinition>(Deno.test, {
    name,
    ignore,
    only,
    // Processes and sockets outlive a test: they are the file's, and are closed behind its last test.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => await runModuleTest(await file(), options, body),
  });
}

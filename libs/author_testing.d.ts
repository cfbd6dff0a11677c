// kernel/workbench/testing/mod.ts (made by deno task vendor author)
import { Kernel, ModuleHandle, Untyped } from "meta-machine";
/** One call that arrived. */
interface ScriptedCall {
    readonly api: string;
    readonly aspect: string;
    readonly method: string;
    readonly args: readonly unknown[];
}
/** Methods by name; what is no function is an attribute. A function may throw `fault(…)` of `meta-machine` or any error. */
interface ScriptedService {
    readonly [method: string]: ((...args: any[]) => unknown) | string | number | boolean | object | null;
}
/** What `scripted()` gives. */
interface Scripted {
    /** Everything that was asked in this test, in order. */
    readonly all: readonly ScriptedCall[];
    /** The arguments of each call to a service, or to one method of it. */
    calls(api: string, method?: string): readonly (readonly unknown[])[];
    /** Forgets what was asked. Each test begins so. */
    clear(): void;
    readonly services: Readonly<Record<string, ScriptedService>>;
}
/** Stands in for services: `scripted({ database: { query: () => [{ n: 1 }] } })`. */
declare function scripted(services: Readonly<Record<string, ScriptedService>>): Scripted;
/** What a test works with. */
interface TestContext<Module> {
    /** The module, as every other module would call it. */
    readonly module: ModuleHandle<Module>;
    /** Calls a tool of it, as a model would; rejects with what the model is told. */
    tool(entry: string, params?: Readonly<Record<string, unknown>>): Promise<any>;
    /** Waits until the module has logged a line with this in it, and gives the line. Rejects after `ms` (default 1000). */
    logged(part: string | RegExp, ms?: number): Promise<string>;
    /** The caller's kernel: for handles with another aspect, or on one of the stand-ins. */
    readonly kernel: Kernel;
}
type TestBody<Module> = (context: TestContext<Module>) => unknown;
/**
 * A test of the module that the file's name names (`plugins/notes_test.ts` tests `notes`). Each test gets a new instance in a real cell, with the
 * grants, limits and settings of its config. Fails also when the module's `run()` fails or an error of it is caught by nobody.
 */
declare function test<Module = Untyped>(name: string, body: TestBody<Module>): void;
/** How a module is set up for one test. */
interface TestOptions {
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
declare function test<Module = Untyped>(name: string, options: TestOptions, body: TestBody<Module>): void;
export { Scripted, ScriptedCall, ScriptedService, TestBody, TestContext, TestOptions, scripted, test };

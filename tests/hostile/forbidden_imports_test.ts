import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const CLASS = "export class Module { hello() { return 'hello'; } }\n";

interface Forbidden {
  /** Text of plugins/<name>.ts; the forbidden thing stands on line 2. */
  readonly source: string;
  readonly says: RegExp;
}
/** The forbidden line is the second one. */
const one = (line: string, says: RegExp): Forbidden => ({ source: `${CLASS}${line}\n${uses(line)}`, says });
/** What is not used is left out with the types, and imported by nobody. */
const uses = (line: string) =>
  /^import (?!["'])/.test(line) ? `console.log(${/(\w+) (?:\} )?(?:from|=)/.exec(line)![1]});\n` : "";

const SINGLE: Record<string, Forbidden> = {
  node_fs: one(`import fs from "node:fs";`, /import of 'node:fs' is not allowed/),
  node_bare: one(`import fs from "fs";`, /import of 'fs' is not allowed/),
  node_process: one(`import process from "node:process";`, /'node:process'/),
  node_vm: one(`import * as vm from "node:vm";`, /'node:vm'/),
  node_threads: one(`import { Worker } from "node:worker_threads";`, /'node:worker_threads'/),
  node_not_granted: one(`import { DatabaseSync } from "node:sqlite";`, /'node:sqlite'/),
  npm: one(`import left from "npm:left-pad";`, /'npm:left-pad'/),
  jsr: one(`import path from "jsr:@std/path";`, /'jsr:@std\/path'/),
  https: one(`import x from "https://example.com/x.js";`, /'https:\/\/example.com\/x.js'/),
  http: one(`import x from "http://127.0.0.1/x.js";`, /'http:\/\/127.0.0.1\/x.js'/),
  data: one(`import x from "data:text/javascript,export default 1";`, /'data:text/),
  blob: one(`import x from "blob:null/1";`, /'blob:null\/1'/),
  file: one(`import x from "file:///etc/passwd" with { type: "text" };`, /'file:\/\/\/etc\/passwd'/),
  absolute: one(`import x from "/etc/passwd" with { type: "text" };`, /'\/etc\/passwd'/),
  outside: one(`import x from "../configs/meta.yml" with { type: "text" };`, /'\.\.\/configs\/meta\.yml'/),
  sibling: one(`import { Module as Other } from "./neighbour.js";`, /'\.\/neighbour\.js'/),
  package_not_granted: one(`import { z } from "zod";`, /'zod'/),
  unknown_door: one(`import x from "meta-machine/secret";`, /'meta-machine\/secret'/),
  escaped: one(`import x from "\\u006eode:fs";`, /'node:fs'/),
  commented: one(`import/**/"node:fs";`, /'node:fs'/),
  side_effect: one(`import "node:fs";`, /'node:fs'/),
  reexport: one(`export { readFileSync } from "node:fs";`, /'node:fs'/),
  star: one(`export * from "node:fs";`, /'node:fs'/),
  star_granted: one(`export * from "meta-machine";`, /export \* from 'meta-machine' is not allowed/),
  attributes: one(`import x from "meta-machine" with { type: "json" };`, /without import attributes/),
  defer: one(`import defer * as x from "node:fs";`, /defer|node:fs/),
  source_phase: one(`import source x from "node:fs";`, /./),
  dynamic_node: one(`const x = () => import("node:fs");`, /import\(\)/),
  dynamic_computed: one(`const x = (name: string) => import(name);`, /import\(\)/),
  dynamic_template: one("const x = () => import(`node:${'fs'}`);", /import\(\)/),
  dynamic_concat: one(`const x = () => import("no" + "de:fs");`, /import\(\)/),
  dynamic_options: one(`const x = () => import("file:///etc/passwd", { with: { type: "text" } });`, /./),
  import_meta: one(`const x = import.meta.url;`, /import\.meta/),
  type_equals: one(`import fs = require("node:fs");`, /./),
  no_class: { source: "export const nothing = 1;\n", says: /exports no class named Module/ },
  kernel_class: {
    source: "export class Kernel {}\n",
    says: /it exports Kernel, which is a kernel's class and never a module's: call the class Module/,
  },
  wrong_name: { source: "export class MyModule {}\n", says: /exports no class named Module/ },
  default_export: { source: "export default class Module {}\n", says: /exports no class named Module/ },
  syntax: { source: "export class Module {\n  broken( {\n}\n", says: /plugins\/syntax\.ts:\d+/ },
};
/** These name no line. */
const WHOLE_FILE = ["no_class", "kernel_class", "wrong_name", "default_export"];

Deno.test("each forbidden import is refused with file, line and alternative, told by status, events and logs, and nothing of it runs", async () => {
  await underAttack({}, async (attacked) => {
    const names = Object.keys(SINGLE);
    await attacked.write(Object.fromEntries(names.flatMap((name) => [
      [`plugins/${name}.ts`, SINGLE[name]!.source],
      [`configs/${name}.yml`, ""],
    ])));
    await attacked.write({ "plugins/honest.ts": CLASS, "configs/honest.yml": "" });
    await attacked.reaches("honest", ["running"]);
    let { modules } = await attacked.status();
    const others = () => modules.filter(({ api, state }) => names.includes(api) && state !== "failed");
    await until(
      async () => ({ modules } = await attacked.status()) && others().length === 0,
      15_000,
      () => `these have not failed: ${others().map(({ api, state }) => `${api} ${state}`)}`,
    );
    const events = await attacked.events();
    const logs = await attacked.logs();
    for (const name of names) {
      const { says } = SINGLE[name]!;
      const { reason = "", pid, state } = modules.find(({ api }) => api === name)!;
      const told = { name, reason };
      assert.deepEqual({ state, pid }, { state: "failed", pid: null }, name);
      assert.match(reason, says, JSON.stringify(told));
      assert.ok(reason.includes(`plugins/${name}.ts`), `no real path: ${JSON.stringify(told)}`);
      if (!WHOLE_FILE.includes(name)) {
        assert.match(reason, new RegExp(`plugins/${name}\\.ts:\\d+`), JSON.stringify(told));
      }
      const event = events.find(({ kind, api }) => kind === "module.failed" && api === name);
      assert.match(event?.message ?? "", says, `event of ${name}`);
      assert.ok(logs.some(({ api, message }) => api === name && says.test(message)), `log of ${name}`);
    }
  });
});

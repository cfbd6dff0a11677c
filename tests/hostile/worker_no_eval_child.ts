/** A Worker in a process as cells have it: started with the flag that forbids making code from text. Prints what the module saw. */
import { LIBRARIES } from "../../libs/mod.ts";
import { reply, startWorker } from "../guest/worker/start_worker.ts";
import { PRELUDE, WALK } from "../guest/worker/walk.ts";

const home = await Deno.realPath(await Deno.makeTempDir());
await Deno.writeTextFile(`${home}/a.txt`, "text");
const libraries = await Promise.all(
  ["zod", "yaml", "kysely"].map(async (name) => [name, await LIBRARIES[name]!()] as const),
);
{
  await using worker = await startWorker(
    `import { tool } from "meta-machine"; import { z } from "zod"; import { parse } from "yaml"; import { sql } from "kysely"; import * as files from "files"; import { DatabaseSync } from "node:sqlite";
    ${WALK}
    export class Module {
      constructor(kernel) { this.kernel = kernel; }
      async go() {
        const db = new DatabaseSync(":memory:");
        return [z.object({ a: z.number() }).safeParse({ a: "x" }).success, parse("a: 1"), typeof sql, await files.read("a.txt", { as: "text" }), await files.stat("a.txt").then((s) => s.size),
          { ...db.prepare("select 41 + 1 as n").get() }, await this.kernel.getApi("db").f(), this.kernel.caller().api];
      }
      doors() { return [() => Function("1"), () => (async () => {}).constructor("1"), () => globalThis.eval("1"), () => setTimeout("1")].map((open) => { try { open(); return "open"; } catch (e) { return e.name; } }); }
      walk() { return walk({ globalThis, kernel: this.kernel }).hits; }
      getAspect(name) { return name === "default" ? this : { add: tool({ description: "x", params: { type: "object", required: ["n"], properties: { n: { type: "number" } } }, run: ({ n }) => n + 1 }) }; }
    }`,
    {
      ...{ prelude: PRELUDE, libraries, builtins: ["files", "node:sqlite"], home, folders: [{ path: ".", mode: "r" }] },
      permissions: {
        read: [home],
        write: false,
        net: false,
        env: false,
        run: false,
        ffi: false,
        sys: false,
        import: false,
      },
    },
  );
  worker.onCall = (call) => reply(call, "answer");
  const wrong = await worker.call("add", [{}], { aspect: "tool" });
  console.log(JSON.stringify({
    go: await worker.value("go"),
    doors: await worker.value("doors"),
    walk: await worker.value("walk"),
    add: await worker.value("add", [{ n: 1 }], { aspect: "tool" }),
    wrong: wrong.ok ? "ok" : wrong.fault["message"],
    leaked: worker.leaked,
  }));
}
await Deno.remove(home, { recursive: true });

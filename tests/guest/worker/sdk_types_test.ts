/** A module as an author writes it, for the type checker; and what it must not let through. */
import assert from "node:assert/strict";
import { type Caller, type Config, fault, FaultError, type Kernel, type ModuleHandle, tool } from "meta-machine";
import { read, write } from "files";
import { z } from "zod";

interface Notes {
  title: string;
  add(title: string, more?: { tags: string[] }): Promise<number>;
  list(): string[];
  _secret(): void;
}

export class Module {
  isRunning = true;
  readonly #notes: ModuleHandle<Notes>;
  constructor(private kernel: Kernel, private config: Config) {
    this.#notes = kernel.getApi<Notes>("notes");
  }
  async run(signal: AbortSignal): Promise<void> {
    while (this.isRunning && !signal.aborted) await this.kernel.sleep(this.config.get("interval", 5) * 1000);
  }
  shutdown(): void {
    this.isRunning = false;
  }
  async typed(): Promise<void> {
    const id: number = await this.#notes.add("x", { tags: [] });
    const all: string[] = await this.#notes.list();
    const title: string = await this.#notes.get("title");
    // @ts-expect-error a title is text
    await this.#notes.add(5);
    // @ts-expect-error there is no such method
    await this.#notes.remove("x");
    // @ts-expect-error private
    await this.#notes._secret();
    // @ts-expect-error attributes are read by get
    await this.#notes.title();
    const untyped = this.kernel.get_api("database");
    const rows = await untyped.query!("select 1", [1]);
    using face = untyped.asAspect("tool");
    await face.read_file!({ path: "x" });
    const stats: { access_count: number } = await untyped.getStats();
    const caller: Caller | undefined = this.kernel.caller();
    const secret: string = await this.kernel.secret("KEY");
    await this.kernel.log("x").append({ id, all, title, rows, stats, caller, secret });
    const text: string = await read("a.txt", { as: "text" });
    const bytes: number = await write("a.txt", text);
    if (bytes < 0) throw fault("not_found", "no", { hint: "h", retriable: true });
    // @ts-expect-error no code of a module
    throw fault("private_name", "no");
  }
  getAspect(name: string): unknown {
    if (name === "default") return this;
    if (name === "tool") {
      return {
        add: tool<{ n: number }>({
          description: "Adds.",
          readOnly: true,
          run: ({ n }, { signal }) => signal.aborted ? 0 : n + 1,
        }),
        parsed: tool({
          description: "Adds what zod has parsed.",
          params: z.object({
            n: z.int(),
            due: z.string().transform((text) => new Date(text)),
            more: z.int().default(1),
          }),
          run: ({ n, due, more }) => n + due.getTime() + more,
        }),
        wrong: tool({
          description: "Reads what the schema does not have.",
          params: z.object({ n: z.string() }),
          // @ts-expect-error n is text, and there is no m
          run: ({ n, m }) => n * m,
        }),
        untyped: tool({
          description: "JSON Schema tells types nothing.",
          params: { type: "object", properties: { n: { type: "number" } } },
          run: ({ n }) => n + 1,
        }),
        annotated: tool({ description: "Says its params itself.", run: ({ n }: { n: number }) => n + 1 }),
        // @ts-expect-error text is no schema
        none: tool({ description: "No schema.", params: "x", run: () => 1 }),
      };
    }
    throw new Error(`Aspect '${name}' not found.`);
  }
}

Deno.test("the values of meta-machine work outside of a host too, and files says that it does not", () => {
  const made = fault("quota", "full", { hint: "empty it" });
  assert.ok(made instanceof FaultError && made instanceof Error);
  assert.deepEqual([made.code, made.message, made.hint, made.retriable], ["quota", "full", "empty it", false]);
  assert.throws(() => read("x"), /exists only inside a running host/);
  assert.throws(() => tool({ description: "x" } as never), /run is missing/);
});

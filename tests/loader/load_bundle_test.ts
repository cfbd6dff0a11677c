import assert from "node:assert/strict";
import { fault, ok, refuse, type Result } from "../../kernel/contract/fault.ts";
import type { VetAnswer, VetOrder } from "../../kernel/contract/wire.ts";
import { bundleCache, bundleKey, bundleLoader, type BundleRequest } from "../../kernel/loader/mod.ts";
import { denoFiles } from "../../kernel/powers_deno_files.ts";

const REQUEST: BundleRequest = {
  api: "tasks/x",
  source: { origin: "local", path: "/p/x.ts", entry: "x.ts", files: [{ path: "x.ts", text: "text" }], hash: "h1" },
  config: "configs/tasks/x.yml",
  packages: ["kysely", "zod"],
  builtins: [],
};
const VERSIONS = { kysely: "1", zod: "2" };

/** A loader over a real folder whose vet answers when it is told to. */
async function withLoader(
  tell: (
    load: ReturnType<typeof bundleLoader>,
    vet: { orders: VetOrder[]; answer: (order: VetOrder) => Promise<Result<VetAnswer>> },
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const vet = {
      orders: [] as VetOrder[],
      answer: (order: VetOrder) => Promise.resolve(ok({ code: `// ${order.api}` })),
    };
    const load = bundleLoader({
      cache: bundleCache(denoFiles, folder),
      vet: (order) => {
        vet.orders.push(order);
        return vet.answer(order);
      },
      versions: VERSIONS,
      runtime: "2.9.6",
    });
    await tell(load, vet);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadBundle asks the vet cell once and takes the rest from the cache", () =>
  withLoader(async (load, vet) => {
    assert.deepEqual(await load(REQUEST), ok({ code: "// tasks/x" }));
    assert.deepEqual(await load(REQUEST), ok({ code: "// tasks/x" }));
    assert.deepEqual(vet.orders, [{
      api: "tasks/x",
      config: "configs/tasks/x.yml",
      entry: "x.ts",
      files: REQUEST.source.files,
      packages: ["kysely", "zod"],
      builtins: [],
    }]);
  }));

Deno.test("loadBundle lets all who ask for the same at the same time share one vet", () =>
  withLoader(async (load, vet) => {
    const gate = Promise.withResolvers<void>();
    vet.answer = async () => {
      await gate.promise;
      return ok({ code: "x" });
    };
    const asked = [load(REQUEST), load(REQUEST), load({ ...REQUEST, api: "other" }), load(REQUEST)];
    while (vet.orders.length < 2) await new Promise((later) => setTimeout(later, 1));
    gate.resolve();
    assert.equal((await Promise.all(asked)).every((answer) => answer.ok), true);
    assert.deepEqual(vet.orders.map(({ api }) => api).sort(), ["other", "tasks/x"]);
  }));

Deno.test("loadBundle keeps no fault: who asks next has it vetted again", () =>
  withLoader(async (load, vet) => {
    vet.answer = () => Promise.resolve(refuse(fault("load_failed", "no")));
    assert.equal((await load(REQUEST)).ok, false);
    vet.answer = () => Promise.reject(new Error("the link broke"));
    await assert.rejects(load(REQUEST), /the link broke/);
    vet.answer = () => Promise.resolve(ok({ code: "mended" }));
    assert.deepEqual(await load(REQUEST), ok({ code: "mended" }));
    assert.equal(vet.orders.length, 3);
  }));

Deno.test("bundleKey changes with everything that a bundle is made of, and not with the order of grants", async () => {
  const key = (request: Partial<BundleRequest>, versions: Record<string, string> = VERSIONS, runtime = "2.9.6") =>
    bundleKey({ ...REQUEST, ...request }, versions, runtime);
  const first = await key({});
  assert.match(first, /^[0-9a-f]{64}$/);
  assert.equal(await key({ packages: ["zod", "kysely"] }), first);
  assert.equal(await key({}, { ...VERSIONS, yaml: "3" }), first);
  const others = await Promise.all([
    key({ api: "tasks/y" }),
    key({ source: { ...REQUEST.source, hash: "h2" } }),
    key({ packages: ["kysely"] }),
    key({ builtins: ["node:sqlite"] }),
    key({ packages: [], builtins: ["kysely", "zod"] }),
    key({}, { ...VERSIONS, zod: "3" }),
    key({}, VERSIONS, "2.9.7"),
  ]);
  assert.equal(new Set([first, ...others]).size, others.length + 1);
});

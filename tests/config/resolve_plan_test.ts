import assert from "node:assert/strict";
import { fault, ok, refuse } from "../../kernel/contract/fault.ts";
import type { Plan } from "../../kernel/contract/spec.ts";
import { reject } from "../../kernel/config/rejection.ts";
import { sourceHash } from "../../kernel/config/allowed_copy.ts";
import { planOf, sourceOf } from "./planned.ts";

const apis = (plan: Plan) => [...plan.modules.keys()];
const refused = (plan: Plan) => plan.rejected.map(({ api, file }) => [api, file]);

Deno.test("resolvePlan plans each valid config with its source and a hash", async () => {
  const plan = await planOf({ "s/a.yml": "x: 1", "b.yml": "" });
  assert.deepEqual(apis(plan).toSorted(), ["b", "s/a"]);
  const [planned] = [...plan.modules.values()].filter(({ spec }) => spec.api === "s/a");
  assert.deepEqual(planned!.source, sourceOf("s/a"));
  assert.deepEqual(planned!.spec.own, { x: 1 });
  assert.match(planned!.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(plan.rejected, []);
});

Deno.test("resolvePlan gives the same plan twice", async () => {
  const configs = { "a.yml": "x: {b: 1, c: 2}", "b-v1.yml": "grants: {prompts: [p]}", "c.yml": "y: [" };
  assert.deepEqual(await planOf(configs), await planOf(configs));
});

Deno.test("resolvePlan plans the highest version only", async () => {
  const plan = await planOf({ "a-v1.9.yml": "x: 9", "a-v1.10.yml": "x: 10", "a.yml": "broken: [" });
  const planned = [...plan.modules.values()];
  assert.deepEqual(planned.map(({ spec }) => [spec.config, spec.version, spec.own]), [
    ["configs/a-v1.10.yml", "1.10", { x: 10 }],
  ]);
  assert.deepEqual(plan.rejected, []);
});

Deno.test("resolvePlan keeps a broken file from the others, and its api among the rejected", async () => {
  const plan = await planOf({ "a.yml": "limits: {timers: 0}", "b.yml": "" });
  assert.deepEqual(apis(plan), ["b"]);
  assert.deepEqual(refused(plan), [["a", "configs/a.yml"]]);
});

Deno.test("resolvePlan starts neither of two files that claim one api", async () => {
  const plan = await planOf({ "a.yml": "", "b.yml": "api: a", "c.yml": "" });
  assert.deepEqual(apis(plan), ["c"]);
  assert.deepEqual(refused(plan), [["a", "configs/a.yml"], ["a", "configs/b.yml"]]);
});

Deno.test("resolvePlan passes on what the reader refused", async () => {
  const folder = reject("configs/s", "found a symlink");
  const plan = await planOf({ "a.yml": "" }, {}, [folder, reject("configs/b.yml", "too large")]);
  assert.deepEqual(apis(plan), ["a"]);
  assert.deepEqual(refused(plan).toSorted(), [["b", "configs/b.yml"], [undefined, "configs/s"]].toSorted());
});

Deno.test("resolvePlan tells a source that is refused by the config that wants it", async () => {
  const why = fault("load_failed", "no source for prog 'a'");
  const plan = await planOf({ "a.yml": "", "b.yml": "" }, {
    readSource: (prog) => Promise.resolve(prog === "a" ? refuse(why) : ok(sourceOf(prog))),
  });
  assert.deepEqual(apis(plan), ["b"]);
  assert.deepEqual(plan.rejected, [{ file: "configs/a.yml", api: "a", fault: why }]);
});

Deno.test("resolvePlan holds no plan for a source whose reading throws", async () => {
  const plan = await planOf({ "a.yml": "", "b.yml": "" }, {
    readSource: (prog) => prog === "a" ? Promise.reject(new Error("EACCES")) : Promise.resolve(ok(sourceOf(prog))),
  });
  assert.deepEqual(apis(plan), ["b"]);
  assert.equal(plan.rejected[0]!.fault.code, "load_failed");
  assert.equal(plan.rejected[0]!.fault.message, "source of prog 'a' cannot be read: EACCES");
});

Deno.test("resolvePlan reads the source of each prog and each prompt once", async () => {
  const asked: string[] = [];
  await planOf({ "a.yml": "prog: p\ngrants: {prompts: [q]}", "b.yml": "prog: p\ngrants: {prompts: [q]}" }, {
    readSource: (prog) => {
      asked.push(prog);
      return Promise.resolve(ok(sourceOf(prog)));
    },
    readPrompt: (name) => {
      asked.push(name);
      return Promise.resolve("text");
    },
  });
  assert.deepEqual(asked, ["p", "q"]);
});

Deno.test("resolvePlan changes a module's hash with the text of a prompt it was granted, and no other's", async () => {
  const configs = { "a.yml": "grants: {prompts: [q]}", "b.yml": "" };
  const hashes = async (text: string | undefined) => {
    const { modules } = await planOf(configs, { readPrompt: () => Promise.resolve(text) });
    return [...modules.values()].map(({ hash }) => hash);
  };
  const [one, two, none] = [await hashes("one"), await hashes("two"), await hashes(undefined)];
  assert.equal(new Set([one[0], two[0], none[0]]).size, 3);
  assert.equal(new Set([one[1], two[1], none[1]]).size, 1);
});

Deno.test("resolvePlan refuses a local module folders, by file and line", async () => {
  const plan = await planOf({ "a.yml": "grants:\n  net: []\n  folders: [{path: f, mode: r}]\n" });
  assert.deepEqual(apis(plan), []);
  const { fault, line, api } = plan.rejected[0]!;
  assert.deepEqual([api, line, fault.code], ["a", 3, "approval_required"]);
  assert.equal(
    fault.message,
    "configs/a.yml:3: grants: found folders: f (r) for 'a', whose source is local, " +
      "allowed: what its line in configs/plugins.lock allows",
  );
});

Deno.test("resolvePlan marks a module that the lock says was added, and refuses it at another hash", async () => {
  const lock = (hash: string) => `a: {origin: added x, hash: ${hash.repeat(64)}}`;
  const fine = await planOf({ "a.yml": "" }, { lock: lock("a") });
  assert.deepEqual([...fine.modules.values()].map(({ source }) => source.origin), ["added"]);
  const other = await planOf({ "a.yml": "" }, { lock: lock("b") });
  assert.deepEqual([apis(other), other.rejected[0]!.fault.code], [[], "approval_required"]);
});

Deno.test("resolvePlan plans only shipped modules while the lock cannot be read", async () => {
  const plan = await planOf({ "a.yml": "", "b.yml": "" }, {
    lock: "a: [",
    readSource: (prog) => Promise.resolve(ok(sourceOf(prog, { origin: prog === "b" ? "shipped" : "local" }))),
  });
  assert.deepEqual(apis(plan), ["b"]);
  assert.deepEqual(refused(plan), [[undefined, "configs/plugins.lock"], ["a", "configs/a.yml"]]);
  assert.equal(
    plan.rejected[1]!.fault.message,
    "configs/a.yml: 'a' is not shipped, and configs/plugins.lock cannot be read to see what it may have",
  );
});

Deno.test("resolvePlan refuses a module whose prompt cannot be read, and plans the others", async () => {
  const plan = await planOf({ "a.yml": "grants:\n  prompts: [q]\n", "b.yml": "" }, {
    readPrompt: () => Promise.reject(new Error("Is a directory")),
  });
  assert.deepEqual(apis(plan), ["b"]);
  assert.equal(
    plan.rejected[0]!.fault.message,
    "configs/a.yml:2: grants.prompts[0]: prompts/q cannot be read: Is a directory",
  );
});

Deno.test("resolvePlan holds every module on an added source to the lock, whatever its api", async () => {
  const source = sourceOf("guest");
  const lock = `guest: {origin: added x, hash: ${source.hash}}`;
  const plan = await planOf({ "guest.yml": "", "friend.yml": "prog: guest" }, { lock });
  assert.deepEqual(apis(plan), ["guest"]);
  assert.deepEqual(plan.rejected.map(({ api, fault }) => [api, fault.code]), [["friend", "approval_required"]]);
  const both = await planOf({ "friend.yml": "prog: guest" }, {
    lock: `${lock}\nfriend: {origin: added x, hash: ${source.hash}}`,
  });
  assert.deepEqual([...both.modules.values()].map(({ source }) => source.origin), ["added"]);
});

Deno.test("resolvePlan goes back to the version that was allowed when the config of an added module is broken or claimed twice", async () => {
  const { origin: _, hash: _hash, ...source } = sourceOf("guest");
  const hash = await sourceHash(source);
  const lock = `guest: {origin: added x, hash: ${hash}}`;
  const copy = { config: { file: "configs/guest.yml", text: "note: former" }, source: { ...source, hash } };
  const allowed = { read: () => Promise.resolve(copy), keep: () => Promise.resolve() };
  for (const more of [{ "guest.yml": "grants: [" }, { "guest.yml": "", "other.yml": "api: guest" }]) {
    const plan = await planOf(more, { lock, allowed });
    assert.deepEqual([...plan.modules.values()].map(({ spec }) => spec.own), [{ note: "former" }]);
    assert.ok(plan.rejected.length > 0 && plan.rejected.every(({ api }) => api === "guest"));
  }
  assert.deepEqual(
    apis(await planOf({ "guest.yml": "grants: [" }, { allowed })),
    [],
    "without a line nobody allowed it",
  );
});

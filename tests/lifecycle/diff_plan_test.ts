import assert from "node:assert/strict";
import type { ApiName } from "../../kernel/contract/names.ts";
import type { Plan, Rejection } from "../../kernel/contract/spec.ts";
import { diffPlan, type RunningModule, type Step, stopOrder } from "../../kernel/lifecycle/diff_plan.ts";
import { reject } from "../../kernel/config/rejection.ts";
import { planOf } from "../config/planned.ts";

const tell = (steps: readonly Step[]) => steps.map(({ kind, api }) => `${kind} ${api}`);
const running = (...modules: readonly (readonly [api: string, config: string])[]): Map<ApiName, RunningModule> =>
  new Map(modules.map(([api, config]) => [
    api as ApiName,
    { api: api as ApiName, hash: "h", config, version: "" },
  ]));
const carriedOut = (plan: Plan): Map<ApiName, RunningModule> =>
  new Map(
    [...plan.modules].map(([api, { spec, hash }]) => [api, { api, hash, config: spec.config, version: spec.version }]),
  );
const refusing = (...rejected: Rejection[]): Plan => ({ modules: new Map(), rejected });

Deno.test("diffPlan starts what is new, with its plan", async () => {
  const plan = await planOf({ "a.yml": "" });
  assert.deepEqual(diffPlan(new Map(), plan), [{ kind: "start", api: "a", planned: plan.modules.get("a" as ApiName) }]);
});

Deno.test("diffPlan gives no step for a plan that was carried out", async () => {
  const configs = { "a.yml": "x: 1", "b-v1.yml": "grants: {services: [a]}", "c.yml": "y: [" };
  assert.deepEqual(diffPlan(carriedOut(await planOf(configs)), await planOf(configs)), []);
});

Deno.test("diffPlan reloads what changed and touches nothing else", async () => {
  const before = await planOf({ "a.yml": "x: 1", "b.yml": "" });
  assert.deepEqual(tell(diffPlan(carriedOut(before), await planOf({ "a.yml": "x: 2", "b.yml": "# the same\n" }))), [
    "reload a",
  ]);
});

Deno.test("diffPlan relabels what runs as wanted under another config file or version", async () => {
  const before = carriedOut(await planOf({ "a-v1.9.yml": "x: 1" }));
  const steps = diffPlan(before, await planOf({ "a-v1.9.yml": "x: 1", "a-v1.10.yml": "x: 1" }));
  assert.deepEqual(tell(steps), ["relabel a"]);
  assert.equal(steps[0]!.kind === "relabel" && steps[0]!.planned.spec.version, "1.10");
  assert.deepEqual(tell(diffPlan(before, await planOf({ "a-v1.10.yml": "x: 2" }))), ["reload a"]);
});

Deno.test("diffPlan stops what no config wants any more, the latest started first, before all else", async () => {
  const plan = await planOf({ "a.yml": "" });
  const now = running(["x", "configs/x.yml"], ["y", "configs/y.yml"]);
  assert.deepEqual(tell(diffPlan(now, plan)), ["stop y", "stop x", "start a"]);
});

Deno.test("diffPlan leaves what runs of a rejected api alone", () => {
  const now = running(["a", "configs/a.yml"], ["b", "configs/b.yml"]);
  const rejection = reject("configs/elsewhere.yml", "broken", { api: "a" as ApiName });
  assert.deepEqual(tell(diffPlan(now, refusing(rejection))), ["stop b"]);
});

Deno.test("diffPlan leaves alone what runs from a file that was rejected without an api", () => {
  const now = running(["notes", "configs/s/a-v1.yml"], ["b", "configs/b.yml"]);
  for (const file of ["configs/s/a-v1.yml", "configs/s/a-v2.yml", "configs/s/a.yaml", "configs/s", "configs"]) {
    const left = file === "configs" ? [] : ["stop b"];
    assert.deepEqual(tell(diffPlan(now, refusing(reject(file, "unreadable")))), left, file);
  }
  assert.deepEqual(tell(diffPlan(now, refusing(reject("configs/s/aa.yml", "unreadable")))), ["stop b", "stop notes"]);
});

Deno.test("diffPlan starts nothing for a rejected api that does not run", () => {
  assert.deepEqual(diffPlan(new Map(), refusing(reject("configs/a.yml", "broken", { api: "a" as ApiName }))), []);
});

Deno.test("diffPlan carries on with a planned api whose other file was rejected", async () => {
  const plan = await planOf({ "a.yml": "x: 2" });
  const both = { ...plan, rejected: [reject("configs/a-v0.yml", "unreadable", { api: "a" as ApiName })] };
  assert.deepEqual(tell(diffPlan(running(["a", "configs/a.yml"]), both)), ["reload a"]);
});

Deno.test("diffPlan starts a service before those that need it", async () => {
  const plan = await planOf({
    "a.yml": "grants: {services: [z, 'in/*']}",
    "in/x.yml": "grants: {services: [m]}",
    "m.yml": "",
    "z.yml": "",
  });
  assert.deepEqual(tell(diffPlan(new Map(), plan)), ["start m", "start in/x", "start z", "start a"]);
});

Deno.test("stopOrder is the reverse of the order of starting, what is in no plan first", async () => {
  const plan = await planOf({ "a.yml": "grants: {services: [b]}", "b.yml": "", "c.yml": "" });
  const apis = ["b", "old", "a", "older", "c"] as ApiName[];
  assert.deepEqual(stopOrder(apis, plan), ["older", "old", "c", "a", "b"]);
  assert.deepEqual(stopOrder(["a"] as ApiName[], plan), ["a"]);
});

Deno.test("diffPlan stops a rejected module whose grants were taken back", () => {
  const now = running(["a", "configs/a.yml"], ["b", "configs/b.yml"]);
  const rejected = ["a", "b"].map((api) => reject(`configs/${api}.yml`, "no", { api: api as ApiName }));
  assert.deepEqual(tell(diffPlan(now, { ...refusing(...rejected), withdrawn: ["a" as ApiName] })), ["stop a"]);
});

import assert from "node:assert/strict";
import { payloadOf, reply, startWorker } from "./start_worker.ts";

/** A module whose method `go` runs the given body with `kernel` and `h`, a handle on `db`. */
const asking = (body: string) =>
  `export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async go() { const kernel = this.kernel, h = kernel.getApi("db"); ${body} }
}`;
/** What was thrown, as plain data. */
const CATCH =
  `const caught = async (act) => { try { return await act(); } catch (e) { return { name: e.name, message: e.message, code: e.code, hint: e.hint, retriable: e.retriable, maybe_ran: e.maybe_ran }; } };`;

Deno.test("every property of a handle is a method that calls the service", async () => {
  await using worker = await startWorker(
    asking(
      `return [await h.query("q", 1), await h.call("get", 2), await h.get("title"), await kernel.get_api("x/y").f()];`,
    ),
  );
  const seen: unknown[] = [];
  worker.onCall = (call, args) => {
    seen.push([call.api, call.aspect, call.name, call.kind, args]);
    return reply(call, call.id);
  };
  assert.deepEqual(await worker.value("go"), [1, 2, 3, 4]);
  assert.deepEqual(seen, [
    ["db", "default", "query", "call", ["q", 1]],
    ["db", "default", "get", "call", [2]],
    ["db", "default", "title", "get", []],
    ["x/y", "default", "f", "call", []],
  ]);
});

Deno.test("a private name throws where it is read, and rejects by call and get", async () => {
  await using worker = await startWorker(asking(`${CATCH}
    const out = [];
    for (const name of ["_x", "__proto__", "constructor"]) {
      out.push(await caught(() => h.call(name)), await caught(() => h.get(name)));
      if (name !== "__proto__") { let thrown; try { h[name]; } catch (e) { thrown = e.message; } out.push(thrown); }
    }
    return out;`));
  const answer = await worker.value("go") as (string | { code: string; message: string })[];
  assert.equal(answer.length, 8);
  for (const one of answer) {
    assert.match(
      typeof one === "string" ? one : one.message,
      /^Access to private attribute '(_x|__proto__|constructor)' is not allowed$/,
    );
    if (typeof one !== "string") assert.equal(one.code, "private_name");
  }
  assert.equal(worker.heard.some((m) => m.t === "call"), false);
});

Deno.test("a handle is no promise, no plain data, and nothing mutates it", async () => {
  await using worker = await startWorker(asking(`${CATCH}
    "use strict";
    const awaited = await h;
    const changes = [() => { h.x = 1; }, () => { delete h.x; }, () => { Object.defineProperty(h, "x", { value: 1 }); }, () => { Object.setPrototypeOf(h, {}); }];
    const refused = changes.map((change) => { try { change(); return false; } catch (e) { return e instanceof TypeError; } });
    const passed = await caught(() => h.f({ handle: h }));
    return { same: awaited === h, then: h.then === undefined, has: "then" in h, symbol: h[Symbol.iterator] === undefined && h[Symbol.toPrimitive] === undefined,
      type: typeof h, refused, passed: passed.message, logged: (console.log(h), true) };`));
  const told = await worker.value("go") as Record<string, unknown>;
  assert.match(String(told["passed"]), /^arguments\[0\]\.handle is a ModuleHandle; pass plain data/);
  delete told["passed"];
  assert.deepEqual(told, {
    same: true,
    then: true,
    has: false,
    symbol: true,
    type: "object",
    refused: [true, true, true, true],
    logged: true,
  });
});

Deno.test("asAspect gives a new disposable handle and leaves the first one alone", async () => {
  await using worker = await startWorker(asking(`${CATCH}
    const out = [];
    let kept;
    { using t = h.asAspect("tool"); kept = t; out.push(await t.f(), await h.as_aspect("admin").f()); }
    out.push(await h.f(), (await caught(() => kept.f())).message);
    return out;`));
  worker.onCall = (call) => reply(call, call.aspect);
  assert.deepEqual(await worker.value("go"), [
    "tool",
    "admin",
    "default",
    "The handle of 'db' (aspect 'tool') has been disposed",
  ]);
});

Deno.test("getStats counts the calls for which a live instance was found", async () => {
  await using worker = await startWorker(asking(`${CATCH}
    const before = await h.getStats(), t = h.asAspect("tool");
    await caught(() => h.live()); await caught(() => h.live_refused()); await caught(() => h.dead());
    return [before, await h.get_stats(), await t.getStats()];`));
  worker.onCall = (call) => {
    if (call.name === "live") return reply(call, 1);
    const fault = { code: "service_down", message: "m", hint: "h", retriable: true, maybe_ran: false };
    return {
      t: "reply",
      id: call.id,
      ok: false,
      live: call.name === "live_refused",
      code: "service_down",
      payload: payloadOf(fault),
    };
  };
  const [before, after, other] = await worker.value("go") as Record<string, unknown>[];
  assert.deepEqual(before, { api_name: "db", access_count: 0, last_access_time: null, active_aspect: "default" });
  assert.equal(after!["access_count"], 2);
  assert.ok(Math.abs(Number(after!["last_access_time"]) - Date.now() / 1000) < 60);
  assert.deepEqual(other, { api_name: "db", access_count: 0, last_access_time: null, active_aspect: "tool" });
});

Deno.test("a fault arrives as a thrown error with its fields and the stack of the one who called", async () => {
  await using worker = await startWorker(
    asking(`
    try { await h.query(); } catch (e) {
      const { FaultError } = await this.sdk;
      return { fields: { ...e, name: e.name, message: e.message }, stack: e.stack, error: e instanceof Error && e instanceof FaultError };
    }`).replace("export", `import * as sdk from "meta-machine";\nexport`).replace(
      "this.kernel = kernel;",
      "this.kernel = kernel; this.sdk = sdk;",
    ),
  );
  worker.onCall = (call) => {
    const fault = {
      code: "module_error",
      message: "no such table",
      hint: "h",
      retriable: false,
      maybe_ran: true,
      name: "SqliteError",
    };
    return { t: "reply", id: call.id, ok: false, live: true, code: "module_error", payload: payloadOf(fault) };
  };
  const { fields, stack, error } = await worker.value("go") as {
    fields: Record<string, unknown>;
    stack: string;
    error: boolean;
  };
  assert.ok(error);
  const { fault: _, ...rest } = fields;
  assert.deepEqual(rest, {
    name: "SqliteError",
    message: "no such table",
    code: "module_error",
    hint: "h",
    retriable: false,
    maybe_ran: true,
  });
  assert.match(stack, /^SqliteError: no such table\n(?:.*\n)*?\s+at .*plugin:\/\/\/notes:/);
});

Deno.test("a call made while serving carries its parent, its trace and what is left of its time", async () => {
  await using worker = await startWorker(asking(`await kernel.sleep(20); await h.first(); return 1;`));
  worker.onCall = (call) => reply(call, null);
  const { id, order } = worker.order("go", [], { ms: 500, trace: "trace-7" });
  const called = worker.next("call");
  worker.send(order);
  const call = await called;
  assert.equal(call.parent, id);
  assert.equal(call.trace, "trace-7");
  assert.ok(call.timeout! > 0 && call.timeout! <= 481, String(call.timeout));
});

Deno.test("a call made when the served one's time is over is refused on the spot", async () => {
  await using worker = await startWorker(
    asking(`${CATCH} await kernel.sleep(30); return await caught(() => h.late());`),
  );
  const told = await worker.value("go", [], { ms: 10 }) as Record<string, unknown>;
  assert.equal(told["code"], "timeout");
  assert.equal(told["maybe_ran"], false);
  assert.equal(worker.heard.some((m) => m.t === "call"), false);
});

Deno.test("names that no header takes are refused here, the longest that fits is sent", async () => {
  await using worker = await startWorker(asking(`${CATCH}
    const n = "n".repeat(128), a = "a".repeat(64), api = "p".repeat(160);
    return [await caught(() => h.call(n)), await caught(() => h.call(n + "n")), await caught(() => h.asAspect(a).f()), await caught(() => h.asAspect(a + "a").f()),
      await caught(() => kernel.getApi(api).f()), await caught(() => kernel.getApi(api + "p").f())].map((one) => one.code ?? one);`));
  worker.onCall = (call) => reply(call, "sent");
  assert.deepEqual(await worker.value("go"), ["sent", "no_attribute", "sent", "no_aspect", "sent", "service_down"]);
});

Deno.test("arguments that can't travel are refused by path, and nothing is sent", async () => {
  await using worker = await startWorker(asking(`${CATCH} return await caught(() => h.f(1, { a: [new Set()] }));`));
  const told = await worker.value("go") as Record<string, unknown>;
  assert.equal(told["code"], "invalid_argument");
  assert.match(String(told["message"]), /^arguments\[1\]\.a\[0\] is a Set;/);
  assert.equal(worker.heard.some((m) => m.t === "call"), false);
});

Deno.test("the kernel's own services are calls to @kernel", async () => {
  await using worker = await startWorker(asking(`
    return [await kernel.secret("S"), await kernel.prompt("p.txt"), await kernel.log("l").read({ from: 3 }), await kernel.log("l").append({ a: 1 }), await kernel.status(), await kernel.reload("x"),
      await kernel.reportLimit({ limit: "slow_ms", found: 2, allowed: 1 })];`));
  const seen: unknown[] = [];
  worker.onCall = (call, args) => {
    seen.push([call.api, call.aspect, call.name, args]);
    return reply(call, null);
  };
  await worker.value("go");
  assert.deepEqual(seen, [
    ["@kernel", "default", "secret", ["S"]],
    ["@kernel", "default", "prompt", ["p.txt"]],
    ["@kernel", "default", "log_read", ["l", { from: 3 }]],
    ["@kernel", "default", "log_append", ["l", { a: 1 }]],
    ["@kernel", "default", "status", []],
    ["@kernel", "default", "reload", ["x"]],
    ["@kernel", "default", "limit", [{ limit: "slow_ms", found: 2, allowed: 1 }]],
  ]);
});

import assert from "node:assert/strict";
import { CONTROL_BOUNDS, EncodedAnswer } from "../../kernel/control/mod.ts";
import { fault, ok, refuse } from "../../kernel/contract/fault.ts";
import { encodeValue } from "../../kernel/primitives/value_codec.ts";
import { withControl } from "./scripted_client.ts";

Deno.test("serveControl answers a request with its handler's value", () =>
  withControl({ call: (params) => Promise.resolve(ok({ got: params, day: new Date(0), big: 7n })) }, async (served) => {
    const client = await served.connect();
    const params = { api: "notes", method: "add", args: [1, "two", undefined] };
    const came = await client.ask(1, "call", params);
    assert.deepEqual(came.header, { t: "answer", id: 1, ok: true });
    assert.deepEqual(came.value, { got: params, day: new Date(0), big: 7n });
  }));

Deno.test("serveControl takes a request without payload as one without params", () =>
  withControl({ stop: () => Promise.resolve(ok({ stopping: true })) }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "stop" });
    assert.deepEqual((await client.next())?.value, { stopping: true });
  }));

Deno.test("serveControl answers with the handler's fault", () => {
  const why = fault("not_found", "Service 'x' is unknown");
  return withControl({ reload: () => Promise.resolve(refuse(why)) }, async (served) => {
    const came = await (await served.connect()).ask(1, "reload", { api: "x" });
    assert.equal(came.header.ok, false);
    assert.deepEqual(came.value, why);
  });
});

Deno.test("serveControl forwards an encoded answer byte for byte", () => {
  const payload = encodeValue({ rows: [1, 2] });
  assert.ok(payload.ok);
  return withControl({ call: () => Promise.resolve(new EncodedAnswer(true, payload.value)) }, async (served) => {
    const came = await (await served.connect()).ask(1, "call", { api: "x", method: "y", args: [] });
    assert.equal(came.bytes, payload.value.length);
    assert.deepEqual(came.value, { rows: [1, 2] });
  });
});

Deno.test("serveControl answers internal and tells the defect when a handler throws", () =>
  withControl({ tools: () => Promise.reject(new Error("a defect")) }, async (served) => {
    const came = await (await served.connect()).ask(1, "tools");
    assert.equal((came.value as { code: string }).code, "internal");
    assert.match(String(served.defects[0]), /a defect/);
  }));

Deno.test("serveControl answers internal when an answer is no plain data", () =>
  withControl({ call: () => Promise.resolve(ok({ map: new Map() })) }, async (served) => {
    const came = await (await served.connect()).ask(1, "call", { api: "x", method: "y", args: [] });
    assert.equal(came.header.ok, false);
    assert.match((came.value as { message: string }).message, /answer\.map is a Map/);
  }));

Deno.test("serveControl refuses params of a wrong shape and goes on", () =>
  withControl({ stop: () => Promise.resolve(ok({ stopping: true })) }, async (served) => {
    const client = await served.connect();
    const came = await client.ask(1, "reload", { api: "9 lives" });
    assert.equal((came.value as { code: string }).code, "invalid_argument");
    assert.match((came.value as { message: string }).message, /^reload: 'api' must be 1 to 4 segments/);
    assert.deepEqual((await client.ask(2, "stop")).value, { stopping: true });
  }));

Deno.test("serveControl refuses an unknown verb and goes on", () =>
  withControl({ stop: () => Promise.resolve(ok({ stopping: true })) }, async (served) => {
    const client = await served.connect();
    const came = await client.ask(1, "explode");
    assert.deepEqual((came.value as { message: string }).message, 'this host has no command "explode"');
    assert.deepEqual((await client.ask(2, "stop")).value, { stopping: true });
  }));

for (
  const [what, header] of [
    ["an unknown message", { t: "hello", id: 1 }],
    ["a request without id", { t: "request", verb: "ping" }],
    ["a request under the connection's own id", { t: "request", id: 0, verb: "ping" }],
    ["a piece of nothing", { t: "piece", id: 5 }],
  ] as const
) {
  Deno.test(`serveControl says why and hangs up on ${what}`, () =>
    withControl({}, async (served) => {
      const client = await served.connect();
      await client.send(header);
      const came = await client.next();
      assert.equal(came?.header.id, 0);
      assert.match((came?.value as { message: string }).message, /does not keep to the protocol/);
      assert.equal(await client.next(), undefined);
    }));
}

Deno.test("serveControl says why and hangs up on bytes that are no frame", () =>
  withControl({}, async (served) => {
    const client = await served.connect();
    await client.write(new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"));
    assert.match(((await client.next())?.value as { message: string }).message, /a frame of [0-9]+ bytes/);
    assert.equal(await client.next(), undefined);
  }));

Deno.test("serveControl puts params in pieces together and takes large answers apart", () =>
  withControl({ call: (params) => Promise.resolve(ok(params.args[0])) }, async (served) => {
    const client = await served.connect();
    const text = "x".repeat(1_000_000);
    await client.send({ t: "request", id: 1, verb: "call" }, { api: "a", method: "b", args: [text] });
    let bytes = 0;
    for (let more = true; more;) {
      const came = await client.next();
      bytes += came!.bytes;
      more = came!.header.more === true;
    }
    assert.equal(bytes, text.length + 2);
  }));

Deno.test("serveControl takes params of the last allowed size and refuses one byte more", () =>
  withControl({ call: (params) => Promise.resolve(ok(String(params.args[0]).length)) }, async (served) => {
    const client = await served.connect();
    const frame = encodeValue({ api: "a", method: "b", args: [""] });
    assert.ok(frame.ok);
    const room = CONTROL_BOUNDS.request_bytes - frame.value.length;
    const send = (id: number, text: string) => client.ask(id, "call", { api: "a", method: "b", args: [text] });
    assert.equal((await send(1, "x".repeat(room))).value, room);
    assert.equal(((await send(2, "x".repeat(room + 1))).value as { code: string }).code, "too_large");
    assert.equal((await send(3, "after")).value, 5);
  }));

Deno.test("serveControl runs the last allowed request at once and refuses the first above", () => {
  const release = Promise.withResolvers<void>();
  return withControl({
    call: async () => {
      await release.promise;
      return ok("done");
    },
  }, async (served) => {
    const client = await served.connect();
    const params = { api: "a", method: "b", args: [] };
    for (let id = 1; id <= CONTROL_BOUNDS.requests + 1; id++) {
      await client.send({ t: "request", id, verb: "call" }, params);
    }
    const refused = await client.next();
    assert.equal(refused?.header.id, CONTROL_BOUNDS.requests + 1);
    assert.equal((refused?.value as { code: string }).code, "rate_limited");
    release.resolve();
    const answered = new Set<unknown>();
    while (answered.size < CONTROL_BOUNDS.requests) answered.add((await client.next())!.header.id);
    assert.deepEqual([...answered].sort((a, b) => Number(a) - Number(b)).at(-1), CONTROL_BOUNDS.requests);
  });
});

Deno.test("serveControl serves the last allowed connection and says to the first above why not", () =>
  withControl({ stop: () => Promise.resolve(ok({ stopping: true })) }, async (served) => {
    const clients = [];
    for (let count = 0; count < CONTROL_BOUNDS.connections; count++) clients.push(await served.connect());
    assert.deepEqual((await clients.at(-1)!.ask(1, "stop")).value, { stopping: true });
    const refused = await served.connect();
    const came = await refused.next();
    assert.equal(came?.header.id, 0);
    assert.equal((came?.value as { code: string }).code, "rate_limited");
    assert.equal(await refused.next(), undefined);
    clients[0]!.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual((await (await served.connect()).ask(1, "stop")).value, { stopping: true });
  }));

Deno.test("close does not wait longer than close_ms for a request that never ends", () =>
  withControl({ call: () => new Promise(() => {}) }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "call" }, { api: "a", method: "b", args: [] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await served.close();
    const took = performance.now() - started;
    assert.ok(took >= CONTROL_BOUNDS.close_ms - 20 && took < CONTROL_BOUNDS.close_ms + 2_000, `${took} ms`);
    assert.equal(await client.next(), undefined);
  }));

Deno.test("retire lets a request under way go on to its answer, refuses what comes later with 'moved', and lets nobody in", () => {
  const release = Promise.withResolvers<void>();
  return withControl({
    call: () => release.promise.then(() => ok("done")),
    logs: (_, { signal }) =>
      new Promise((end) => signal.addEventListener("abort", () => end(ok({ more: false }) as never), { once: true })),
  }, async (served) => {
    const [client, follower] = [await served.connect(), await served.connect()];
    const params = { api: "a", method: "b", args: [] };
    await client.send({ t: "request", id: 1, verb: "call" }, params);
    await follower.send({ t: "request", id: 1, verb: "logs" }, { follow: true, lines: 1 });
    await client.ask(2, "no such verb"); // by then the first is under way
    await follower.ask(2, "no such verb");
    const retired = served.retire(10_000);
    assert.equal((await follower.untilAnswer(1)).at(-1)?.header.id, 1, "a stream ends at once");
    const late = await client.ask(3, "call", params);
    const { code, retriable, maybe_ran } = late.value as { code: string; retriable: boolean; maybe_ran: boolean };
    assert.deepEqual([late.header.ok, code, retriable, maybe_ran], [false, "moved", true, false]);
    await assert.rejects(served.connect());
    release.resolve();
    assert.equal((await client.untilAnswer(1)).at(-1)?.value, "done");
    await retired;
    assert.equal(await client.next(), undefined);
  });
});

Deno.test("retire does not wait longer than it is told to for a request that never ends", () =>
  withControl({ call: () => new Promise(() => {}) }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "call" }, { api: "a", method: "b", args: [] });
    await client.ask(2, "no such verb");
    const began = performance.now();
    await served.retire(300);
    const took = performance.now() - began;
    assert.ok(took >= 280 && took < 2_300, `${took} ms`);
    assert.equal(await client.next(), undefined);
  }));

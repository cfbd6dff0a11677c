import assert from "node:assert/strict";
import { CONTROL_BOUNDS } from "../../kernel/control/mod.ts";
import { ok } from "../../kernel/contract/fault.ts";
import { withControl } from "./scripted_client.ts";

const RECORD = { time: "2026-01-01T00:00:00.000Z", level: "INFO", api: "notes", message: "hello" } as const;

/** Resolves when `holds` does, looked at each 5 ms; fails after 5 s. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds()) {
    assert.ok(performance.now() < deadline, "it never came to hold");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("serveControl streams items in order, then the answer", () =>
  withControl({
    logs: async ({ lines }, stream) => {
      for (let count = 0; count < lines; count++) await stream.send({ ...RECORD, message: String(count) });
      return ok(null);
    },
  }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "logs" }, { follow: false, lines: 5_000 });
    const all = await client.untilAnswer(1);
    const messages = all.slice(0, -1).map((came) => (came.value as { message: string }).message);
    assert.deepEqual(messages, Array.from({ length: 5_000 }, (_, count) => String(count)));
  }));

Deno.test("serveControl makes a sender wait for a client that does not read", () => {
  let sent = 0;
  return withControl({
    logs: async (_params, stream) => {
      while (!stream.signal.aborted && sent < 100_000) {
        await stream.send({ ...RECORD, message: "x".repeat(10_000) });
        sent++;
      }
      return ok(null);
    },
  }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "logs" }, { follow: true, lines: 0 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const stuck = sent;
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(sent, stuck);
    assert.ok(stuck < 1_000, `${stuck} items of 10 kB were taken from the sender`);
    for (let count = 0; count < 500; count++) await client.next();
    await until(() => sent > stuck);
  });
});

Deno.test("serveControl drops what is pushed to a client that does not read, and says how many", () => {
  const pushed = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const count = 20_000;
  return withControl({
    events: async (_params, stream) => {
      for (let at = 0; at < count; at++) {
        stream.push({ time: RECORD.time, kind: "config.changed", message: `${at} ${"x".repeat(1_000)}` });
      }
      pushed.resolve();
      await end.promise;
      return ok(null);
    },
  }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "events" }, { follow: true, lines: 0 });
    await pushed.promise;
    end.resolve();
    const items = (await client.untilAnswer(1)).slice(0, -1).map((came) => came.value as Record<string, unknown>);
    const left_out = items.filter((item) => item.kind === "limit.hit").map((item) =>
      item.detail as { dropped: number }
    );
    const dropped = left_out.reduce((sum, detail) => sum + detail.dropped, 0);
    assert.equal(items.length - left_out.length + dropped, count);
    assert.ok(items.length <= CONTROL_BOUNDS.stream_items + 2);
  });
});

Deno.test("serveControl ends a stream when it is cancelled, and sends nothing of it but the answer", () =>
  withControl({
    logs: async (_params, stream) => {
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      stream.push({ ...RECORD, message: "too late" });
      return ok(null);
    },
    stop: () => Promise.resolve(ok({ stopping: true })),
  }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "logs" }, { follow: true, lines: 0 });
    await client.send({ t: "cancel", id: 1 });
    await client.send({ t: "cancel", id: 99 });
    assert.deepEqual((await client.untilAnswer(1)).map((came) => came.header.t), ["answer"]);
    assert.deepEqual((await client.ask(2, "stop")).value, { stopping: true });
  }));

Deno.test("serveControl cancels the requests of a client that goes away", () => {
  let aborted = 0;
  const handler = async (_params: unknown, stream: { signal: AbortSignal }) => {
    await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
    aborted++;
    return ok(null);
  };
  return withControl({ logs: handler, call: handler }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "logs" }, { follow: true, lines: 0 });
    await client.send({ t: "request", id: 2, verb: "call" }, { api: "a", method: "b", args: [] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(aborted, 0);
    client.close();
    await until(() => aborted === 2);
  });
});

Deno.test("close ends streams with what they still had to say and an answer, then hangs up", () =>
  withControl({
    logs: async (_params, stream) => {
      for (let count = 0; count < 500; count++) stream.push({ ...RECORD, message: String(count) });
      await new Promise<void>((resolve) => stream.signal.addEventListener("abort", () => resolve()));
      return ok(null);
    },
  }, async (served) => {
    const client = await served.connect();
    await client.send({ t: "request", id: 1, verb: "logs" }, { follow: true, lines: 0 });
    await client.next();
    const closing = served.close();
    assert.equal((await client.untilAnswer(1)).length, 500);
    assert.equal(await client.next(), undefined);
    await closing;
    await served.close();
    await assert.rejects(served.connect());
  }));

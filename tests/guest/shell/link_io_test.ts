import assert from "node:assert/strict";
import { WIRE } from "../../../kernel/contract/limits.ts";
import type { InstanceId } from "../../../kernel/contract/names.ts";
import type { KernelMessage } from "../../../kernel/contract/wire.ts";
import { connectUnix } from "../../../kernel/guest/shell/connect_unix.ts";
import { LinkIo } from "../../../kernel/guest/shell/link_io.ts";
import type { LinkEvent } from "../../../kernel/guest/shell/link_machine.ts";
import { I1, ScriptedKernel, type ScriptedLink } from "./scripted_kernel.ts";

const CALL = {
  ...{ t: "call", id: 1, key: "x#1", to: I1 as InstanceId, aspect: "default", name: "m", kind: "call" },
  ...{ caller: { api: "a", principal: "a" }, trace: "t", ms: 1, depth: 1 },
} as KernelMessage;

/** The hands connected to a scripted kernel over a real socket. */
async function connected(
  act: (
    io: LinkIo,
    link: ScriptedLink,
    events: LinkEvent[],
    more: { readonly refused: (readonly [string, number])[]; readonly room: { bytes: number } },
  ) => Promise<void>,
): Promise<void> {
  const refused: (readonly [string, number])[] = [];
  const room = { bytes: 10_000_000 };
  const folder = await Deno.makeTempDir({ dir: "/tmp" });
  const kernel = new ScriptedKernel(`${folder}/k.sock`, "00");
  const events: LinkEvent[] = [];
  const io = new LinkIo(() => connectUnix(kernel.path), {
    event: (event) => {
      if (event.on !== "turn") events.push(event);
      if (event.on === "message") io.endOfTurn();
    },
    maxBytes: () => 200_000,
    callRoom: () => room.bytes,
    refused: (_link, what) => void refused.push([what.kind, "id" in what.header ? what.header.id : 0]),
  });
  void io.connect(1);
  const link = await kernel.connection();
  try {
    await act(io, link, events, { refused, room });
  } finally {
    io.close(1);
    link.close();
    kernel.deaf();
    await Deno.remove(folder, { recursive: true });
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 5_000; !holds();) {
    assert.ok(performance.now() < end, "it never came");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("LinkIo puts pieces together, of bytes and of text", async () => {
  await connected(async (_io, link, events) => {
    const payloads = [new Uint8Array(150_000).map((_, at) => at % 251), "x€😀".repeat(40_000)];
    for (const [id, payload] of payloads.entries()) link.send({ ...CALL, id } as KernelMessage, payload);
    await until(() => events.filter((e) => e.on === "message").length === 2);
    const heard = events.flatMap((e) => e.on === "message" ? [[e.message.t, e.payload]] : []);
    assert.deepEqual(heard, payloads.map((payload) => ["call", payload]));
  });
});

Deno.test("LinkIo credits what it has processed, each piece of it, from a quarter of the window on", async () => {
  await connected(async (_io, link, events) => {
    const pieces = [WIRE.chunk_bytes, WIRE.chunk_bytes, 150_000 - 2 * WIRE.chunk_bytes].map((bytes) => bytes + 64);
    for (let id = 1; id <= 4; id++) link.send({ ...CALL, id } as KernelMessage, new Uint8Array(150_000));
    await until(() => events.filter((e) => e.on === "message").length === 4);
    for (let id = 5; id <= 8; id++) link.send({ ...CALL, id } as KernelMessage, new Uint8Array(150_000));
    const { bytes, messages } = await link.credited(1);
    assert.ok(bytes >= WIRE.window_bytes / 4, `${bytes} bytes are not worth a message`);
    const processed = Array.from({ length: messages }, (_, n) => pieces[n % 3]!).reduce((sum, cost) => sum + cost, 0);
    assert.equal(bytes, processed);
  });
});

Deno.test("LinkIo takes a message of the receiver's size and tells of one byte more, once", async () => {
  await connected(async (_io, link, events, { refused }) => {
    link.send(CALL, new Uint8Array(200_000));
    link.send({ ...CALL, id: 2 } as KernelMessage, new Uint8Array(200_001));
    link.send({ ...CALL, id: 3 } as KernelMessage, new Uint8Array(400_000));
    link.send({ ...CALL, id: 4 } as KernelMessage, new Uint8Array(1));
    await until(() => events.some((e) => e.on === "message" && (e.message as { id: number }).id === 4));
    assert.deepEqual(events.slice(1).map((e) => [e.on, (e as { message: { id: number } }).message.id]), [
      ["message", 1],
      ["message", 4],
    ]);
    assert.deepEqual(refused, [["too_large", 2], ["too_large", 3]]);
  });
});

Deno.test("LinkIo refuses a call for which there is no room beside the others, and keeps its link", async () => {
  await connected(async (_io, link, events, { refused, room }) => {
    room.bytes = 150_000;
    const whole = () => events.flatMap((e) => e.on === "message" && e.message.t === "call" ? [e.message.id] : []);
    link.send(CALL, new Uint8Array(150_000));
    await until(() => whole().length === 1);
    link.send({ ...CALL, id: 2 } as KernelMessage, new Uint8Array(150_001));
    await until(() => refused.length === 1);
    assert.deepEqual(refused, [["crowded", 2]]);
    link.send({ t: "reply", id: 7, ok: true, live: true }, new Uint8Array(160_000));
    link.send({ ...CALL, id: 3 } as KernelMessage, new Uint8Array(150_000));
    await until(() => whole().length === 2);
    assert.deepEqual(whole(), [1, 3]);
    assert.ok(
      events.some((e) => e.on === "message" && e.message.t === "reply"),
      "answers are not counted with the calls",
    );
  });
});

Deno.test("LinkIo keeps its link when more messages are in pieces than it puts together at once", async () => {
  await connected(async (_io, link, events, { refused }) => {
    const begun = (id: number) => ({ ...CALL, id, more: true }) as KernelMessage;
    for (let id = 1; id <= 1_030; id++) link.send(begun(id), new Uint8Array(1));
    await until(() => refused.length === 6);
    for (let id = 1; id <= 1_030; id++) link.send({ t: "piece", of: "call", id }, new Uint8Array(1));
    const whole = () => events.filter((e) => e.on === "message" && e.message.t === "call").length;
    await until(() => whole() === 1_024);
    assert.deepEqual(
      refused.map(([kind, id]) => [kind, id]),
      [1025, 1026, 1027, 1028, 1029, 1030].map((id) => ["crowded", id]),
    );
    assert.ok(!events.some(({ on }) => on === "closed"));
  });
});

Deno.test("LinkIo forgets the pieces of a call that is cancelled before it is whole", async () => {
  await connected(async (_io, link, events) => {
    const piece = new Uint8Array(10);
    link.send({ ...CALL, more: true } as KernelMessage, piece);
    link.send({ t: "cancel", id: 1 });
    link.send({ t: "piece", of: "call", id: 1 }, piece);
    link.send({ ...CALL, id: 2 } as KernelMessage, piece);
    await until(() => events.some((e) => e.on === "message" && e.message.t === "call"));
    const calls = events.flatMap((e) => e.on === "message" && e.message.t === "call" ? [e.message.id] : []);
    assert.deepEqual(calls, [2]);
  });
});

Deno.test("LinkIo waits for credit when its window is used up, and goes on with it", async () => {
  await connected(async (io, link) => {
    link.credits = false;
    const large = new Uint8Array(WIRE.chunk_bytes);
    for (let id = 1; id <= 100; id++) io.send(1, { t: "reply", id, ok: true }, large);
    const fit = Math.floor(WIRE.window_bytes / (WIRE.chunk_bytes + 64));
    await until(() => link.said.length === fit);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(link.said.length, fit);
    io.send(1, { t: "ack", ids: [[1, 1]] });
    await link.next("ack");
    link.credits = true;
    link.send({ t: "credit", bytes: fit * (WIRE.chunk_bytes + 64), messages: fit });
    await until(() => link.said.length === 100);
    assert.equal(io.queued_bytes, 0);
  });
});

Deno.test("LinkIo reads nothing more while it is held", async () => {
  await connected(async (io, link, events) => {
    link.send(CALL, new Uint8Array(1));
    await until(() => events.length === 2);
    io.holdReads(true, "untaken");
    link.send({ ...CALL, id: 2 } as KernelMessage, new Uint8Array(1)); // the read that was pending still takes this
    await until(() => events.length === 3);
    link.send({ ...CALL, id: 3 } as KernelMessage, new Uint8Array(1));
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(events.length, 3);
    io.holdReads(false, "untaken");
    await until(() => events.length === 4);
  });
});

Deno.test("LinkIo tells once that a link is closed, and nothing of one that it closed itself", async () => {
  await connected(async (_io, link, events) => {
    link.close();
    await until(() => events.some((e) => e.on === "closed"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(events.map(({ on }) => on), ["connected", "closed"]);
  });
  await connected(async (io, link, events) => {
    io.close(1);
    await link.ended();
    assert.deepEqual(events.map(({ on }) => on), ["connected"]);
  });
});

Deno.test("LinkIo tells that nobody listens", async () => {
  const events: LinkEvent[] = [];
  const io = new LinkIo(() => connectUnix("/tmp/no-such-socket"), {
    event: (e) => void events.push(e),
    maxBytes: () => 1,
    callRoom: () => 1,
    refused: () => {},
  });
  await io.connect(1);
  assert.deepEqual(events, [{ on: "closed", link: 1 }]);
});

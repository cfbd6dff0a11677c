import assert from "node:assert/strict";
import fc from "fast-check";
import type { FromWorker, ToWorker } from "../../kernel/guest/port.ts";
import { openPosted, PortBatch, writePlain } from "../../kernel/guest/port_batch.ts";
import { readShellHeader, writeShellHeader, writeWorkerHeader } from "../../kernel/guest/port_headers.ts";
import { parseWorkerMessage } from "../../kernel/guest/shell/parse_worker_message.ts";
import type { Payload } from "../../kernel/contract/wire.ts";
import { KINDS } from "../../kernel/primitives/short_form.ts";

type Heard = readonly [header: unknown, payload: Payload];

function heard(posted: unknown, most = 1_000): Heard[] | undefined {
  const messages: Heard[] = [];
  return openPosted(posted, most, (header, payload) => messages.push([header, payload])) ? messages : undefined;
}
/** Over a real port: what is posted is cloned, and what is moved is gone here. */
async function posted(batch: PortBatch): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  port2.onmessage = ({ data }) => resolve(data);
  const { posted, moved } = batch.take();
  port1.postMessage(posted, moved);
  const data = await promise;
  port1.close();
  port2.close();
  return data;
}
const ODD = '"\\ü\u2028[,]😀\ufeff';

Deno.test("a batch arrives over a port as it was pushed, text and bytes mixed", async () => {
  const batch = new PortBatch();
  const said: [object, Payload][] = [
    [{ t: "a" }, "text"],
    [{ t: "b" }, ""],
    [{ t: "c" }, Uint8Array.of(1, 2)],
    [["short", ODD], ODD],
    [{ t: "d" }, new Uint8Array(0)],
    [{ t: "e" }, "last"],
  ];
  for (const [header, payload] of said) batch.push(JSON.stringify(header), payload.slice());
  assert.equal(batch.count, said.length);
  assert.ok(batch.size > 0);
  assert.deepEqual(heard(await posted(batch)), said);
  assert.deepEqual([batch.count, batch.size], [0, 0]);
});

Deno.test("bytes are moved and not copied", async () => {
  const batch = new PortBatch();
  const bytes = new Uint8Array(1_000);
  batch.push("{}", bytes);
  await posted(batch);
  assert.equal(bytes.buffer.byteLength, 0);
});

Deno.test("any batch arrives as it was pushed, and the next one after it", () => {
  const payload = fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array());
  const message = fc.tuple(fc.oneof(fc.object(), fc.array(fc.jsonValue())), payload);
  fc.assert(fc.property(fc.array(fc.array(message, { minLength: 1, maxLength: 8 }), { maxLength: 3 }), (batches) => {
    const batch = new PortBatch();
    for (const said of batches) {
      for (const [header, payload] of said) batch.push(JSON.stringify(header), payload);
      const expected = said.map(([header, payload]) => [JSON.parse(JSON.stringify(header)), payload]);
      assert.deepEqual(heard(structuredClone(batch.take().posted)), expected);
    }
  }));
});

Deno.test("openPosted takes as many messages as it may and calls back for none of one more", () => {
  const batch = new PortBatch();
  for (let n = 0; n < 5; n++) batch.push(`{"n":${n}}`);
  const { posted } = batch.take();
  assert.equal(heard(posted, 5)?.length, 5);
  assert.equal(heard(posted, 4), undefined);
});

Deno.test("openPosted says of anything else that it is no batch, and calls back for nothing", () => {
  for (
    const data of [
      undefined,
      null,
      "x",
      {},
      [],
      ["[[0],{}]"],
      ["[[0],{}]", 5],
      [5, ""],
      ["", ""],
      ["{", ""],
      ["{}", ""],
      ["5", ""],
      ["[]", ""],
      ["[5,{}]", ""],
      ["[[0]]", ""],
      ["[[],{}]", ""],
      ["[[0,0],{}]", ""],
    ]
  ) assert.equal(heard(data), undefined, JSON.stringify(data));
});

Deno.test("openPosted never throws on what a module may post, and what it gives is parsed or refused", () => {
  const size = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.jsonValue());
  fc.assert(fc.property(
    fc.array(size, { maxLength: 4 }),
    fc.array(fc.oneof(fc.jsonValue(), fc.constant({ t: "reply", id: 1, ok: true, streams: 0 })), { maxLength: 4 }),
    fc.string(),
    fc.array(fc.oneof(fc.uint8Array(), fc.jsonValue()), { maxLength: 3 }),
    (sizes, headers, texts, blobs) => {
      openPosted([JSON.stringify([sizes, ...headers]), texts, ...blobs], 100, (header, payload) => {
        const message = parseWorkerMessage(header, payload);
        if (message !== undefined && "payload" in message) {
          assert.ok(typeof message.payload === "string" || message.payload instanceof Uint8Array);
        }
      });
    },
  ));
});

// ── headers, through their codecs ──

const TRACE = `00-${"0a".repeat(16)}-${"0b".repeat(8)}-01`;
const CALLER = { api: "notes", principal: "@operator" };

Deno.test("what the shell says arrives at the Worker as it was said", () => {
  const words: ToWorker[] = [
    {
      ...{ t: "call", id: 0, aspect: ODD, name: ODD, kind: "call", caller: CALLER, trace: TRACE, ms: 0.5 },
      ...{ streams: 0, payload: "p" },
    },
    ...KINDS.map((kind): ToWorker => ({
      ...{ t: "call", id: 7, aspect: "default", name: "0", kind, caller: { api: ODD, principal: ODD } },
      ...{ trace: TRACE, ms: 1_000, streams: 2, made: 0, payload: Uint8Array.of(1) },
    })),
    { t: "reply", id: 0, ok: true, live: true, streams: 0, payload: "" },
    { t: "reply", id: 3, ok: true, live: true, streams: 2, payload: "[]" },
    { t: "reply", id: 3, ok: false, live: false, code: "not_granted", streams: 0, payload: "{}" },
    { t: "items", at: "caller", id: 1, no: 0, count: 2, payload: "[1,2]" },
    { t: "end", at: "callee", id: 1, no: 0, code: "module_error", payload: "{}" },
  ];
  for (const word of words) {
    const { payload } = word as { payload: Payload };
    assert.deepEqual(readShellHeader(JSON.parse(writeShellHeader(word)), payload), word);
  }
  for (
    const word of [
      { t: "run" },
      { t: "shutdown" },
      { t: "cancel", id: 3 },
      { t: "pull", at: "callee", id: 1, no: 0, upto: 64, bytes: 9 },
      { t: "ping", seq: 4 },
      { t: "release" },
    ] as ToWorker[]
  ) {
    const { payload: _, ...read } = readShellHeader(JSON.parse(writeShellHeader(word)), "") as { payload?: Payload };
    assert.deepEqual(read, word);
  }
});

Deno.test("what the Worker says passes its parser as it was said", () => {
  const call = {
    t: "call",
    id: 1,
    api: "notes",
    aspect: "default",
    name: "add",
    kind: "call",
    payload: "[1]",
  } as const;
  const words: FromWorker[] = [
    call,
    { ...call, parent: 0, timeout: 0.5, trace: ODD },
    { ...call, api: ODD, aspect: ODD, name: ODD, payload: Uint8Array.of(1) },
    ...KINDS.map((kind) => ({ ...call, kind })),
    { ...call, lends: { functions: 1, streams: 2, kept: [ODD], as_caller: true } },
    { ...call, parent: 3, lends: { as_caller: true } },
    { t: "reply", id: 0, ok: true, streams: 0, payload: "" },
    { t: "reply", id: 5, ok: true, streams: 3, payload: "[]" },
    { t: "reply", id: 5, ok: false, code: "module_error", streams: 0, payload: "{}" },
    { t: "items", at: "callee", id: 1, no: 0, count: 2, payload: "[1,2]" },
    { t: "end", at: "caller", id: 1, no: 0, payload: "" },
    { t: "end", at: "caller", id: 1, no: 0, code: "module_error", payload: "{}" },
    { t: "pull", at: "caller", id: 1, no: 0, upto: 64, bytes: 9 },
    { t: "stop", at: "caller", id: 1, no: 0 },
    { t: "revoke", name: ODD },
    { t: "cancel", id: 9 },
    { t: "ended", what: "run" },
    { t: "awake" },
  ];
  for (const word of words) {
    const payload = "payload" in word ? word.payload : "";
    assert.deepEqual(parseWorkerMessage(JSON.parse(writeWorkerHeader(word)), payload), word, JSON.stringify(word));
  }
});

Deno.test("parseWorkerMessage refuses a short header that a writer never writes", () => {
  const call = JSON.parse(writeWorkerHeader({
    ...{ t: "call", id: 1, parent: 2, api: "notes", aspect: "default", name: "add", kind: "get" },
    ...{ timeout: 5, trace: "t", payload: "" },
  }));
  const reply = JSON.parse(
    writeWorkerHeader({ t: "reply", id: 1, ok: false, code: "timeout", streams: 1, payload: "" }),
  );
  assert.ok(parseWorkerMessage(call, "") && parseWorkerMessage(reply, ""));
  for (const whole of [call, reply]) {
    for (let length = 0; length < whole.length; length++) {
      assert.equal(parseWorkerMessage(whole.slice(0, length), ""), undefined);
    }
    assert.equal(parseWorkerMessage([...whole, 0], ""), undefined);
    assert.equal(parseWorkerMessage([9, ...whole.slice(1)], ""), undefined);
    for (let field = 1; field < whole.length; field++) {
      for (const wrong of [null, {}, [], -2, NaN]) {
        const header = whole.with(field, wrong);
        assert.equal(parseWorkerMessage(header, ""), undefined, `${field}: ${JSON.stringify(wrong)}`);
      }
    }
    for (const payload of [undefined, null, 5, [1], new Uint16Array(1)]) {
      assert.equal(parseWorkerMessage(whole, payload), undefined);
    }
  }
});

Deno.test("writePlain leaves the payload out and changes nothing", () => {
  const message = Object.freeze({ t: "end", id: 1, payload: "left out" });
  assert.equal(writePlain(message), '{"t":"end","id":1}');
  assert.equal(writePlain({ t: "run" }), '{"t":"run"}');
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeCommand } from "../../../plugins/redis/encode_command.ts";
import { ProtocolError, type Reply, ReplyError, ReplyReader } from "../../../plugins/redis/reply_reader.ts";

const utf8 = new TextEncoder();
const bytes = (text: string): Uint8Array => utf8.encode(text);

/** A reply as a server writes it. */
function written(reply: Reply): Uint8Array {
  if (reply === null) return bytes("$-1\r\n");
  if (typeof reply === "number" || typeof reply === "bigint") return bytes(`:${reply}\r\n`);
  if (reply instanceof ReplyError) return bytes(`-${reply.message}\r\n`);
  if (Array.isArray(reply)) return joined([bytes(`*${reply.length}\r\n`), ...reply.map(written)]);
  const body = typeof reply === "string" ? bytes(reply) : reply as Uint8Array;
  return joined([bytes(`$${body.length}\r\n`), body, bytes("\r\n")]);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(pieces.flatMap((piece) => [...piece]));
}

function cut(whole: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set([0, ...places.map((place) => place % (whole.length + 1)), whole.length])].sort((a, b) =>
    a - b
  );
  return at.slice(1).map((end, index) => whole.subarray(at[index], end));
}

const notText = fc.uint8Array({ minLength: 1, maxLength: 8 }).map((some) => new Uint8Array([0xff, ...some]));
const { reply } = fc.letrec<{ reply: Reply; leaf: Reply; list: Reply }>((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
    notText,
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
    fc.constant(null),
    fc.stringMatching(/^[A-Z]{2,8} [a-z ]{0,10}$/).map((text) => new ReplyError(text)),
  ),
  list: fc.array(tie("reply"), { maxLength: 4 }) as fc.Arbitrary<Reply>,
  reply: fc.oneof({ maxDepth: 5 }, tie("leaf"), tie("list")),
}));

Deno.test("ReplyReader reads what a server wrote, wherever it is cut", () => {
  fc.assert(fc.property(fc.array(reply, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 20 }), (replies, places) => {
    const whole = joined(replies.map(written));
    const reader = new ReplyReader(1_000_000);
    assert.deepEqual(cut(whole, places).flatMap((piece) => reader.push(piece)), replies);
    const byByte = new ReplyReader(1_000_000);
    assert.deepEqual([...whole].flatMap((byte) => byByte.push(Uint8Array.of(byte))), replies);
  }));
});

Deno.test("ReplyReader throws a ProtocolError at worst, whatever comes", () => {
  const piece = fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.stringMatching(/^[-+:$*][-0-9]{0,12}\r\n$/).map(bytes));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const reader = new ReplyReader(1_000);
      try {
        for (const some of pieces) reader.push(some);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("what encodeCommand writes is a list of the same byte strings, whatever bytes are in them", () => {
  const arg = fc.oneof(fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()), notText);
  fc.assert(fc.property(fc.array(arg, { minLength: 1, maxLength: 5 }), (args) => {
    assert.deepEqual(new ReplyReader(1_000_000).push(encodeCommand(args)), [args]);
  }));
});

Deno.test("ReplyReader takes the last length, depth and count that it may, and refuses the next", () => {
  const read = (text: string, most = 10) => new ReplyReader(most).push(bytes(text));
  assert.deepEqual(read("$10\r\n0123456789\r\n"), ["0123456789"]);
  assert.throws(() => read("$11\r\n"), { name: "ProtocolError", message: "a length of 11, where at most 10 is taken" });
  assert.deepEqual(read("*2\r\n$5\r\n01234\r\n$5\r\n56789\r\n"), [["01234", "56789"]]);
  assert.throws(() => read("*2\r\n$5\r\n01234\r\n$6\r\n"), /a length of 6, where at most 5/);
  assert.equal(read("*1\r\n".repeat(8) + ":1\r\n").length, 1);
  assert.throws(() => read("*1\r\n".repeat(9)), /lists more than 8 deep/);
  assert.equal((read("*199999\r\n" + ":1\r\n".repeat(199_999))[0] as Reply[]).length, 199_999);
  assert.throws(() => read("*200000\r\n" + ":1\r\n".repeat(200_000)), /more than 200000 items/);
  assert.throws(() => read("*200001\r\n"), /at most 200000/);
  assert.deepEqual(read("+" + "x".repeat(65_000)), []);
  assert.throws(() => read("+" + "x".repeat(66_000)), /a line of more than 65536/);
  for (
    const wrong of [
      ":x\r\n",
      ":\r\n",
      "$x\r\n",
      "$-2\r\n",
      "*-2\r\n",
      "HTTP/1.1 400\r\n",
      "$1\r\nab\r\n",
      "\r\n",
      ":1e5\r\n",
    ]
  ) {
    assert.throws(() => read(wrong), { name: "ProtocolError" }, wrong);
  }
});

Deno.test("ReplyReader takes time in proportion to what comes, in pieces of any size", () => {
  const body = "x".repeat(1_000_000);
  const whole = bytes(`$${body.length}\r\n${body}\r\n`);
  const reader = new ReplyReader(2_000_000);
  const since = performance.now();
  const replies: Reply[] = [];
  for (let at = 0; at < whole.length; at += 10) replies.push(...reader.push(whole.subarray(at, at + 10)));
  assert.equal((replies[0] as string).length, body.length);
  // A reader that began anew with each piece would take minutes.
  assert.ok(performance.now() - since < 5_000);
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import type { Payload } from "../../kernel/contract/wire.ts";
import { type Joined, PieceJoiner, pieceKey } from "../../kernel/primitives/join_pieces.ts";
import { splitMessage } from "../../kernel/primitives/split_message.ts";

interface Header {
  readonly t: string;
  readonly id: number;
  readonly more?: true;
}

const KEY = pieceKey("call", 5);
const CALL: Header = { t: "call", id: 5 };
const WIDE = { open: 8, total_bytes: 1_000_000 };

/** A payload of that many units: bytes, or text whose characters need one or two. */
function payloadOf(size: number, seed: number): Payload {
  if (seed % 3 === 0) return new Uint8Array(size).map((_, i) => i * 7 + seed);
  return seed % 3 === 1 ? "abcdefg".repeat(size / 7) : "€" + "😀".repeat(size / 2);
}

Deno.test("PieceJoiner puts together what splitMessage took apart, text and bytes, messages interleaved", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: WIRE.chunk_bytes + 7, max: 4 * WIRE.chunk_bytes }), { maxLength: 4 }),
      (sizes) => {
        const joiner = new PieceJoiner<Header>({ open: 4, total_bytes: 16 * WIRE.chunk_bytes });
        const payloads = sizes.map(payloadOf);
        let open = payloads.map((payload, id) => splitMessage({ t: "call", id }, payload, { t: "piece", id }));
        const done = new Map<number, Payload>();
        while (open.length > 0) {
          open = open.filter((pieces) => {
            const next = pieces.next();
            if (next.done) return false;
            const { header, payload } = next.value;
            const key = pieceKey("call", header.id);
            const joined = header.t === "call"
              ? joiner.begin(key, header, payload, 1e9)
              : joiner.add(key, payload, header.more === true);
            if (joined.kind === "whole") done.set(joined.header.id, joined.payload);
            return true;
          });
        }
        assert.deepEqual([...done.keys()].sort(), payloads.map((_, id) => id));
        for (const [id, payload] of payloads.entries()) assert.deepEqual(done.get(id), payload);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("PieceJoiner takes max_bytes and refuses one byte more, once, then swallows the rest", () => {
  const join = (last: number): Joined<Header>[] => {
    const joiner = new PieceJoiner<Header>(WIDE);
    return [
      joiner.begin(KEY, CALL, new Uint8Array(60), 100),
      joiner.add(KEY, new Uint8Array(last), true),
      joiner.add(KEY, new Uint8Array(0), false),
    ];
  };
  assert.deepEqual(join(40).map(({ kind }) => kind), ["partial", "partial", "whole"]);
  assert.deepEqual(join(41).map(({ kind }) => kind), ["partial", "too_large", "partial"]);
});

Deno.test("PieceJoiner names the header of what was too large, also when the first or the last piece is", () => {
  const joiner = new PieceJoiner<Header>(WIDE);
  const refused = { kind: "too_large", header: CALL, max_bytes: 10 } as const;
  assert.deepEqual(joiner.begin(KEY, CALL, new Uint8Array(11), 10), refused);
  assert.equal(joiner.add(KEY, new Uint8Array(1), false).kind, "partial");
  joiner.begin(KEY, CALL, new Uint8Array(10), 10);
  assert.deepEqual(joiner.add(KEY, new Uint8Array(1), false), refused);
  assert.equal(joiner.add(KEY, new Uint8Array(1), false).kind, "violation");
});

Deno.test("PieceJoiner bounds the bytes of all messages and gives them back", () => {
  const joiner = new PieceJoiner<Header>({ open: 8, total_bytes: 100 });
  const key = (id: number) => pieceKey("call", id);
  assert.equal(joiner.begin(key(1), CALL, new Uint8Array(60), 100).kind, "partial");
  assert.equal(joiner.begin(key(2), CALL, new Uint8Array(40), 100).kind, "partial");
  assert.equal(joiner.begin(key(3), CALL, new Uint8Array(1), 100).kind, "too_large");
  assert.equal(joiner.add(key(2), new Uint8Array(0), false).kind, "whole");
  assert.equal(joiner.begin(key(4), CALL, new Uint8Array(40), 100).kind, "partial");
  joiner.drop(key(1));
  assert.equal(joiner.begin(key(5), CALL, new Uint8Array(60), 100).kind, "partial");
  assert.equal(joiner.add(key(1), new Uint8Array(60), false).kind, "partial");
});

Deno.test("PieceJoiner bounds the number of open messages", () => {
  const joiner = new PieceJoiner<Header>({ open: 2, total_bytes: 100 });
  assert.equal(joiner.begin("a", CALL, new Uint8Array(1), 9).kind, "partial");
  assert.equal(joiner.begin("b", CALL, new Uint8Array(1), 9).kind, "partial");
  assert.equal(joiner.begin("c", CALL, new Uint8Array(1), 9).kind, "violation");
});

Deno.test("PieceJoiner has no room for one message more of a trusted peer, swallows its pieces, and has again when one is whole", () => {
  const joiner = new PieceJoiner<Header>({ open: 2, total_bytes: 100, beyond: "crowded" });
  const begin = (key: string, bytes = 1) => joiner.begin(key, CALL, new Uint8Array(bytes), 60);
  assert.deepEqual([begin("a").kind, begin("b").kind], ["partial", "partial"]);
  assert.deepEqual(begin("c"), { kind: "crowded", header: CALL });
  assert.equal(joiner.add("c", new Uint8Array(1), true).kind, "partial");
  assert.equal(joiner.add("c", new Uint8Array(1), false).kind, "partial");
  assert.equal(joiner.add("b", new Uint8Array(0), false).kind, "whole");
  assert.equal(begin("d", 50).kind, "partial");
  assert.deepEqual([joiner.bytes, joiner.add("a", new Uint8Array(49), true).kind], [51, "partial"]);
  assert.deepEqual(joiner.add("a", new Uint8Array(1), true), { kind: "crowded", header: CALL });
  assert.equal(joiner.bytes, 50);
  assert.equal(
    joiner.add("d", new Uint8Array(11), true).kind,
    "too_large",
    "that one is too large, however much room there is",
  );
  assert.equal(joiner.bytes, 0);
});

Deno.test("PieceJoiner calls a piece of nothing and a second beginning violations", () => {
  const joiner = new PieceJoiner<Header>(WIDE);
  assert.equal(joiner.add(KEY, new Uint8Array(1), true).kind, "violation");
  assert.equal(joiner.begin(KEY, CALL, new Uint8Array(1), 9).kind, "partial");
  assert.equal(joiner.begin(KEY, CALL, new Uint8Array(1), 9).kind, "violation");
  assert.equal(joiner.begin(pieceKey("reply", 5), CALL, new Uint8Array(1), 9).kind, "partial");
});

Deno.test("PieceJoiner calls pieces of text and of bytes in one message a violation", () => {
  for (const [first, second] of [["a", Uint8Array.of(1)], [Uint8Array.of(1), "a"]] as const) {
    const joiner = new PieceJoiner<Header>(WIDE);
    assert.equal(joiner.begin(KEY, CALL, first, 100).kind, "partial");
    assert.deepEqual(joiner.add(KEY, second, true), {
      kind: "violation",
      violation: "pieces of text and of bytes in one message",
    });
  }
});

Deno.test("PieceJoiner joins a million one-byte pieces without copying all of them each time", () => {
  for (const one of [Uint8Array.of(7), "x"]) {
    const joiner = new PieceJoiner<Header>({ open: 1, total_bytes: 2_000_000 });
    const started = performance.now();
    joiner.begin(KEY, CALL, one, 2_000_000);
    for (let i = 2; i < 1_000_000; i++) joiner.add(KEY, one, true);
    const joined = joiner.add(KEY, one, false);
    assert.ok(joined.kind === "whole" && joined.payload.length === 1_000_000);
    assert.ok(performance.now() - started < 5_000);
  }
});

/** Answers as a hostile server may send them: what is read of them, in whatever pieces they come, and what is refused. */
import assert from "node:assert/strict";
import { ByteReader } from "../../../../plugins/services/http/byte_reader.ts";
import type { Connection } from "../../../../plugins/services/http/connection.ts";
import { framedBody } from "../../../../plugins/services/http/framed_body.ts";
import { framingOf } from "../../../../plugins/services/http/framing.ts";
import { readHead } from "../../../../plugins/services/http/read_head.ts";
import { formatsOf, unpacked } from "../../../../plugins/services/http/unpack.ts";
import type { BodySource } from "../../../../plugins/services/http/body_source.ts";
import { faultOf } from "../../scripted_kernel.ts";

/** One character for each byte; `step` bytes at a time. */
function connectionOf(text: string, step: number): Connection {
  let at = 0;
  return {
    read() {
      const piece = text.slice(at, at += step);
      return Promise.resolve(piece === "" ? undefined : Uint8Array.from(piece, (c) => c.charCodeAt(0)));
    },
    write: () => Promise.resolve(),
    close() {},
  };
}

const latin1 = (pieces: readonly Uint8Array[]) =>
  pieces.map((piece) => new TextDecoder("latin1").decode(piece)).join("");

async function all(source: BodySource): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (let piece = await source.read(); piece !== undefined; piece = await source.read()) pieces.push(piece);
  return latin1(pieces);
}

async function answer(text: string, { method = "GET", step = 7, most = 1_000 } = {}) {
  const reader = new ByteReader(connectionOf(text.replaceAll("\n", "\r\n"), step));
  const head = await readHead(reader, most);
  const framing = framingOf(head, method);
  const body = framing.kind === "none"
    ? undefined
    : await all(framedBody(reader, framing, { trailer_bytes: most, close() {} }));
  return { ...head, kind: framing.kind, body };
}
const refusal = async (text: string, options?: Parameters<typeof answer>[1]) => {
  const { code, message } = await faultOf(() => answer(text, options));
  return `${code}: ${message}`;
};

Deno.test("an answer is read whole, whatever the pieces", async () => {
  const chunked =
    'HTTP/1.1 200 All right\nA: b\nb:  c \t\nTransfer-Encoding: Chunked\n\n5\nhello\n6;x="y"\n world\n0\nX: y\n\n';
  for (let step = 1; step < chunked.length + 12; step++) {
    const { status, status_text, headers, body } = await answer(chunked, { step });
    assert.deepEqual([status, status_text, body], [200, "All right", "hello world"]);
    assert.deepEqual(headers, [["A", "b"], ["b", "c"], ["Transfer-Encoding", "Chunked"]]);
  }
});

Deno.test("a body ends by its length, at the end of the connection, or is not there", async () => {
  const of = async (text: string, method?: string) => {
    const { kind, body } = await answer(text, { method: method ?? "GET" });
    return [kind, body];
  };
  assert.deepEqual(await of("HTTP/1.1 200\nContent-Length: 3\n\nabcdef"), ["length", "abc"]);
  assert.deepEqual(await of("HTTP/1.1 200 \nContent-Length: 3\nContent-Length: 3\n\nabc"), ["length", "abc"]);
  assert.deepEqual(await of("HTTP/1.1 200 OK\nContent-Length: 0\n\n"), ["length", ""]);
  assert.deepEqual(await of("HTTP/1.0 200 OK\n\nabc"), ["rest", "abc"]);
  for (const status of [204, 205, 304]) {
    assert.deepEqual(await of(`HTTP/1.1 ${status} x\nContent-Length: 5\n\n`), ["none", undefined]);
  }
  assert.deepEqual(await of("HTTP/1.1 200 OK\nContent-Length: 5\n\n", "HEAD"), ["none", undefined]);
});

Deno.test("two words on the length of a body are refused, and so is one that is none", async () => {
  for (
    const headers of [
      ...["Transfer-Encoding: chunked\nContent-Length: 3", "Content-Length: 3\nTransfer-Encoding: chunked"],
      ...[
        "Content-Length: 3\nContent-Length: 4",
        "Content-Length: 3, 3",
        "Content-Length: -1",
        "Content-Length: +3",
        "Content-Length: 0x3",
      ],
      ...["Content-Length: 3 3", "Content-Length:", "Content-Length: 1e1", "Content-Length: 1234567890123456"],
      ...[
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
      ],
      ...[
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: ",
        "Transfer-Encoding: \x0bchunked",
      ],
    ]
  ) {
    assert.match(
      await refusal(`HTTP/1.1 200 OK\n${headers}\n\n3\nabc\n0\n\n`),
      /^conflict: the answer is no HTTP that can be trusted: /,
      headers,
    );
  }
  assert.match(
    await refusal("HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\n0\n\n"),
    /HTTP\/1\.0 has no Transfer-Encoding/,
  );
});

Deno.test("a head that two readers could read in two ways is refused", async () => {
  for (
    const head of [
      ...[
        "HTTP/1.1 200 OK\nA : b",
        "HTTP/1.1 200 OK\nA: b\n c: folded",
        "HTTP/1.1 200 OK\n: b",
        "HTTP/1.1 200 OK\nno colon",
      ],
      ...["HTTP/1.1 200 OK\nA: b\0c", "HTTP/1.1 200 OK\nA: b\rc", "HTTP/1.1 200 OK\nÄ: b", "HTTP/1.1 200 OK\nA: b\x7f"],
      ...[
        "HTTP/2 200 OK",
        "HTTP/1.2 200 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000 OK",
        "HTTP/1.1 600 OK",
        "HTTP/1.1  200 OK",
        "http/1.1 200 OK",
      ],
      ...["ICY 200 OK", "", " HTTP/1.1 200 OK", "HTTP/1.1 099 OK", "HTTP/1.1 200OK"],
    ]
  ) assert.match(await refusal(`${head}\n\n`), /^conflict: the answer is no HTTP/, JSON.stringify(head));
  const bare = new ByteReader(connectionOf("HTTP/1.1 200 OK\nA: b\n\n", 7));
  assert.match((await faultOf(() => readHead(bare, 1_000))).message, /a line that does not end in CR LF/);
});

Deno.test("a reason of control characters is no reason", async () => {
  const { status, status_text } = await answer("HTTP/1.1 200 \x1b[31mred\nContent-Length: 0\n\n");
  assert.deepEqual([status, status_text], [200, ""]);
});

Deno.test("a head may have so many bytes and 256 headers, and no more", async () => {
  const first = "HTTP/1.1 200 OK";
  const of = (length: number) => `${first}\nA: ${"x".repeat(length)}\n\n`;
  const most = 100;
  const fits = most - first.length - 3;
  assert.equal((await answer(of(fits - 2), { most })).status, 200);
  assert.match(await refusal(of(fits + 1), { most }), /^too_large: its head is more than \d+ bytes/);
  assert.match(
    await refusal(`HTTP/1.1 200 ${"x".repeat(200)}`, { most }),
    /^too_large: its status line is more than 100 bytes/,
  );
  assert.match(await refusal("x".repeat(100_000), { most, step: 64 }), /^too_large/, "a line that never ends");
  const many = (count: number) => `${first}\n${"A: b\n".repeat(count)}\n`;
  assert.equal((await answer(many(256), { most: 10_000 })).headers.length, 256);
  assert.match(await refusal(many(257), { most: 10_000 }), /more than 256 headers/);
});

Deno.test("interim answers are passed over, eight of them, and none of them changes the protocol", async () => {
  const hint = "HTTP/1.1 103 Early Hints\nLink: x\n\n";
  const last = "HTTP/1.1 201 Made\nContent-Length: 0\n\n";
  assert.equal((await answer(`HTTP/1.1 100 Continue\n\n${hint.repeat(7)}${last}`)).status, 201);
  assert.match(await refusal(`${hint.repeat(9)}${last}`), /more than 8 interim answers/);
  assert.match(await refusal("HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n"), /changes the protocol/);
});

Deno.test("a body that ends before its end is an error, never an end", async () => {
  const chunked = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";
  for (
    const text of [
      ...[
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nabc",
        `${chunked}5\nabc`,
        `${chunked}3\nabc`,
        `${chunked}3\nabc\n`,
        `${chunked}3\nabc\n0\n`,
      ],
      ...[chunked, "HTTP/1.1 200 OK\nA: b", "HTTP/1.1 200 OK\n", ""],
    ]
  ) assert.match(await refusal(text), /^conflict: the connection ended within /, JSON.stringify(text));
});

Deno.test("chunks that are not what they say are refused", async () => {
  const chunked = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";
  for (
    const chunk of [
      "-1\nx",
      "0x3\nabc",
      "\nabc",
      "3 3\nabc",
      "g\nx",
      "123456789\nx",
      "3\nabcd\n",
      "3\nabcX",
      " 3\nabc",
      "3,3\nabc",
    ]
  ) {
    assert.match(
      await refusal(`${chunked}${chunk}\n0\n\n`),
      /^conflict: the answer is no HTTP that can be trusted/,
      chunk,
    );
  }
  assert.match(await refusal(`${chunked}3;${"x".repeat(2_000)}\nabc\n0\n\n`), /^too_large/);
  assert.match(await refusal(`${chunked}0\n${"A: b\n".repeat(100_000)}\n`), /^too_large|more than 256 headers/);
});

Deno.test("formatsOf undoes gzip and deflate, two layers at most, and says when it knows one of them not", () => {
  assert.deepEqual(formatsOf([]), []);
  assert.deepEqual(formatsOf(["identity"]), []);
  assert.deepEqual(formatsOf(["GZIP"]), ["gzip"]);
  assert.deepEqual(formatsOf(["gzip, deflate"]), ["deflate", "gzip"], "outermost first");
  assert.deepEqual(formatsOf(["x-gzip", "deflate"]), ["deflate", "gzip"]);
  for (const encodings of [["br"], ["zstd"], ["gzip, br"], ["gzip, gzip, gzip"], ["constructor"]]) {
    assert.equal(formatsOf(encodings), undefined);
  }
});

async function packed(text: string, format: "gzip" | "deflate"): Promise<Uint8Array> {
  return new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream(format))).arrayBuffer(),
  );
}
function sourceOf(bytes: Uint8Array): BodySource & { cancelled: boolean; given: number } {
  const source = {
    cancelled: false,
    given: 0,
    read() {
      const piece = bytes.subarray(source.given, source.given + 65_536);
      source.given += piece.length;
      return Promise.resolve(source.cancelled || piece.length === 0 ? undefined : piece);
    },
    cancel() {
      source.cancelled = true;
    },
  };
  return source;
}

Deno.test("unpacked gives what was packed, and refuses what was not", async () => {
  for (const format of ["gzip", "deflate"] as const) {
    assert.equal(
      await all(unpacked(sourceOf(await packed("hello ".repeat(50_000), format)), format)),
      "hello ".repeat(50_000),
    );
    const source = sourceOf(new TextEncoder().encode("this is not packed at all, and long enough to be seen"));
    const { code, message } = await faultOf(() => all(unpacked(source, format)));
    assert.deepEqual([code, message, source.cancelled], [
      "conflict",
      `the answer is not packed as it says (${format})`,
      true,
    ]);
  }
  const half = (await packed("hello ".repeat(50_000), "gzip")).subarray(0, 100);
  assert.equal((await faultOf(() => all(unpacked(sourceOf(half), "gzip")))).code, "conflict", "cut short");
});

Deno.test("a bomb is unpacked at its reader's pace: little of it is there at once", async () => {
  const source = sourceOf(await packed("\0".repeat(64 * 1_048_576), "gzip"));
  const body = unpacked(source, "gzip");
  let bytes = 0;
  let largest = 0;
  for (let reads = 0; reads < 4; reads++) {
    const piece = (await body.read())!;
    bytes += piece.length;
    largest = Math.max(largest, piece.length);
  }
  assert.ok(largest <= 2 * 1_048_576, `a piece of ${largest} bytes`);
  assert.ok(bytes < 8 * 1_048_576);
  body.cancel();
  assert.ok(source.cancelled);
});

import assert from "node:assert/strict";
import { lineChannel, pipeWriter } from "../../kernel/powers_deno_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A pipe whose reader takes one chunk when told to. */
function slowPipe() {
  const taken: string[] = [];
  let gate = Promise.withResolvers<void>();
  const stream = new WritableStream<Uint8Array>({
    write: async (chunk) => {
      await gate.promise;
      taken.push(new TextDecoder().decode(chunk));
    },
  });
  return { stream, taken, open: () => gate.resolve(), close: () => gate = Promise.withResolvers() };
}

Deno.test("pipeWriter keeps order and flush resolves when everything was taken", async () => {
  const pipe = slowPipe();
  const writer = pipeWriter(pipe.stream, Infinity);
  for (const text of ["a", "b", "c"]) writer.write(text);
  assert.deepEqual(pipe.taken, []);
  pipe.open();
  await writer.flush();
  assert.deepEqual(pipe.taken, ["a", "b", "c"]);
});

Deno.test("pipeWriter drops what comes while more than its bound waits, and takes it again later", async () => {
  const pipe = slowPipe();
  const writer = pipeWriter(pipe.stream, 4);
  for (const text of ["12345", "dropped"]) writer.write(text);
  pipe.open();
  await writer.flush();
  writer.write("later");
  await writer.flush();
  assert.deepEqual(pipe.taken, ["12345", "later"]);
});

Deno.test("pipeWriter outlives its reader", async () => {
  const writer = pipeWriter(
    new WritableStream({
      write: () => {
        throw new Deno.errors.BrokenPipe("gone");
      },
    }),
    1_000,
  );
  writer.write("a");
  writer.write("b");
  await writer.flush();
});

Deno.test("lineChannel hands messages on in order to whoever reads next, and ends with its input", async () => {
  const input = new TransformStream<Uint8Array, Uint8Array>();
  const pipe = slowPipe();
  pipe.open();
  const channel = lineChannel(input.readable, pipeWriter(pipe.stream, Infinity), assert.fail);
  const from = input.writable.getWriter();
  void from.write(bytes('{"n":1}\n{"n"'));
  void from.write(bytes(":2}\n"));
  void from.write(bytes('{"n":3}\n'));
  for await (const message of channel.messages()) {
    assert.deepEqual(message, { n: 1 });
    break;
  }
  void from.close();
  assert.deepEqual(await Array.fromAsync(channel.messages()), [{ n: 2 }, { n: 3 }]);
  channel.send({ t: "ready", modules: 1 });
  await channel.flush();
  assert.deepEqual(pipe.taken, ['{"t":"ready","modules":1}\n']);
});

Deno.test("lineChannel tells of lines that are no JSON and reads on behind them", async () => {
  const strange: string[] = [];
  const noise = new Uint8Array([0xff, 0xfe, 10]);
  const input = ReadableStream.from([bytes("{\n"), noise, bytes('"a"\n{"n":1}\n')]);
  const channel = lineChannel(input, pipeWriter(new WritableStream(), 1), (why) => strange.push(why));
  assert.deepEqual(await Array.fromAsync(channel.messages()), ["a", { n: 1 }]);
  assert.deepEqual(strange, ["a line that is not JSON", "a line that is not UTF-8"]);
});

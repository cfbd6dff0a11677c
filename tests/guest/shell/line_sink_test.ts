import assert from "node:assert/strict";
import { LineSink } from "../../../kernel/guest/shell/line_sink.ts";

Deno.test("LineSink writes the lines of one turn together, in order", async () => {
  const writes: string[] = [];
  const sink = new LineSink((bytes) => {
    writes.push(new TextDecoder().decode(bytes));
    return Promise.resolve();
  });
  sink.push("a\n");
  sink.push("b\n");
  await sink.drain();
  sink.push("c\n");
  await sink.drain();
  assert.deepEqual(writes, ["a\nb\n", "c\n"]);
});

Deno.test("LineSink drops what exceeds its bound while the pipe is full, and goes on after", async () => {
  const writes: string[] = [];
  let open = Promise.withResolvers<void>();
  const sink = new LineSink((bytes) => {
    writes.push(new TextDecoder().decode(bytes));
    return open.promise;
  }, 4);
  sink.push("1\n");
  await new Promise((resolve) => setTimeout(resolve));
  for (const line of ["2\n", "3\n", "4\n"]) sink.push(line);
  assert.equal(sink.dropped, 1);
  open.resolve();
  open = Promise.withResolvers();
  open.resolve();
  await sink.drain();
  assert.deepEqual(writes, ["1\n", "2\n3\n"]);
});

Deno.test("LineSink survives a broken pipe", async () => {
  const sink = new LineSink(() => Promise.reject(new Error("broken")));
  sink.push("a\n");
  await sink.drain();
  sink.push("b\n");
  await sink.drain();
});

/** A Chroma server that is not there, hangs, or is something else: told by address, and nobody waits longer than he wants to. */
import assert from "node:assert/strict";
import { faultOf } from "../scripted_kernel.ts";
import { freePort } from "./chroma_server.ts";
import { served } from "./with_chroma.ts";

const at = (port: number) => served({ http_mode: true, port }, {});

Deno.test("a server that is not there is named, with what to start", async () => {
  const port = freePort();
  const { code, message, hint, retriable } = await faultOf(() => at(port).as("notes").count("texts"));
  assert.deepEqual([code, retriable], ["conflict", true]);
  assert.match(message, new RegExp(`^the Chroma server at 127.0.0.1:${port} was not reached: `));
  assert.match(hint, new RegExp(`^start one: chroma run --host 127.0.0.1 --port ${port}; `));
});

Deno.test("a caller that gives up lets go of a server that hangs", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const gone = (async () => {
    using connection = await listener.accept();
    const bytes = new Uint8Array(10_000);
    // Until the other side lets go.
    while (await connection.read(bytes).catch(() => null) !== null);
    return "gone";
  })();
  const giveUp = new AbortController();
  const waiting = faultOf(() => at(port).as("notes", "notes", giveUp.signal).count("texts"));
  setTimeout(() => giveUp.abort(), 50);
  await waiting;
  assert.equal(await gone, "gone");
});

for (
  const [what, answer, code, found] of [
    [
      "a web server of another kind",
      () => new Response("<html>", { status: 404 }),
      "not_found",
      /there is no collection/,
    ],
    [
      "one that fails",
      () => Response.json({ error: "InternalError", message: "disk full" }, { status: 500 }),
      "conflict",
      /failed: disk full/,
    ],
    ["one that wants to know who asks", () => new Response("", { status: 401 }), "denied", /wants to know who asks/],
    ["one that is asked too much", () => new Response("", { status: 429 }), "rate_limited", /Rate limit exceeded/],
    [
      "one that answers nonsense",
      () => new Response("{", { headers: { "content-type": "application/json" } }),
      "conflict",
      /failed: /,
    ],
  ] as const
) {
  Deno.test(`${what} is told as ${code}`, async () => {
    await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => answer());
    const fault = await faultOf(() => at(server.addr.port).as("notes").count("texts"));
    assert.equal(fault.code, code, fault.message);
    assert.match(fault.message, found);
  });
}

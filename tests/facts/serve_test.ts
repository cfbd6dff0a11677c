/** When Deno.serve tells that a client has gone. What the web module promises rests on this; a fact that changes is good news. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

const CODE = `
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const seen = {};
let now;
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
  const name = now;
  request.signal.addEventListener("abort", () => seen[name] = "noticed");
  await request.text();
  if (new URL(request.url).pathname === "/short") return new Response("x");
  await wait(600);
  return new Response("x");
});
for (const [name, path, ...pieces] of [["answered", "/short", "body"], ["together", "/long", "body"], ["apart", "/long", "", "body"]]) {
  now = name;
  seen[name] = "not noticed";
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.addr.port });
  const head = "POST " + path + " HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 4\\r\\n\\r\\n";
  for (const [i, piece] of pieces.entries()) {
    await connection.write(new TextEncoder().encode((i === 0 ? head : "") + piece));
    await wait(50);
  }
  await wait(150);
  connection.close();
  await wait(200);
  console.log(name + ": " + seen[name]);
  await wait(400);
}
await server.shutdown();
`;

Deno.test("a client that has gone is noticed during the answer where its body came with its head, and not where it came later", () =>
  withFolder(async (folder) => {
    const flags = ["--allow-net=127.0.0.1", "--unstable-no-legacy-abort"];
    assert.deepEqual((await runSnippet({ flags, code: CODE, folder })).lines, [
      "answered: not noticed",
      "together: noticed",
      "apart: not noticed",
    ]);
  }));

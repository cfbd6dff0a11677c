/** What a server answers, and what goes wrong on the way to it, as a caller has it. */
import assert from "node:assert/strict";
import { fault } from "meta-machine";
import { readResult } from "../../../plugins/mcp/read_result.ts";
import { isUnreached, RemoteError, remoteFault } from "../../../plugins/mcp/remote_error.ts";

const HOST = "mcp.example.com";
const text = (said: string) => ({ type: "text", text: said });
const read = (result: object, most = 100) => readResult(result, HOST, most);

Deno.test("readResult gives structured content, else texts, else a list of what there is", () => {
  assert.deepEqual(read({ content: [text("x")], structuredContent: { n: 1 } }), { n: 1 });
  assert.equal(read({ content: [text("a"), text("b")] }), "a\nb");
  assert.equal(read({ content: [] }), "");
  assert.deepEqual(read({ content: [text("a"), { type: "audio", data: "AQ==", mimeType: "audio/wav", x: 1 }] }), [
    ...["a", { type: "audio", mimeType: "audio/wav", data: "AQ==" }],
  ]);
  assert.deepEqual(read({ content: [{ type: "resource", resource: { uri: "file:///a", text: "t" } }] }), [
    { type: "resource", uri: "file:///a", text: "t" },
  ]);
  assert.deepEqual([read({}), read({ content: "no list" }), read({ content: [null] })], ["", "", [{}]]);
});

Deno.test("readResult takes the last byte that is allowed and refuses the next", () => {
  assert.equal(read({ content: [text("x".repeat(98))] }), "x".repeat(98));
  assert.throws(() => read({ content: [text("x".repeat(99))] }), /gave a result of 101 bytes; result_bytes allows 100/);
});

Deno.test("readResult throws what the server says went wrong, as its words, cleaned and cut", () => {
  assert.throws(() => read({ content: [text("no\u001b[2J\n city")], isError: true }), {
    name: "RemoteError",
    message: `the remote server ${HOST} says: no [2J city`,
  });
  assert.throws(
    () => read({ content: [text("x".repeat(5_000))], isError: true }),
    ({ message }) => message.length < 2_100,
  );
});

Deno.test("remoteFault says whose error it is and what would help", () => {
  const given = (error: unknown) => {
    const { name, code, message, retriable } = remoteFault(error, HOST, "Cannot call a") as Error & {
      code?: string;
      retriable?: boolean;
    };
    return { name, code, message, retriable };
  };
  const sdk = (code: unknown, message: string, more = {}) => Object.assign(new Error(message), { code, ...more });
  assert.equal(given(sdk(-32602, "no such param")).code, "invalid_argument");
  assert.deepEqual([given(sdk(-32603, "broken")).name, given(sdk(-32603, "broken")).message], [
    ...["RemoteError", `the remote server ${HOST} says: broken`],
  ]);
  assert.match(given(sdk("REQUEST_TIMEOUT", "x")).message, /did not answer in time/);
  assert.deepEqual([given(sdk("X", "no", { status: 401 })).code, given(sdk("X", "no", { status: 403 })).code], [
    ...["denied", "denied"],
  ]);
  assert.equal(given(sdk("SEND_FAILED", "no")).retriable, true);
  assert.equal(given(new TypeError("no route")).code, "conflict");
  assert.equal(given(fault("not_found", "no such host")).message, "Cannot call a: no such host");
  assert.equal(given("text").code, "conflict");
  const own = new RemoteError(HOST, "x");
  assert.equal(remoteFault(own, HOST, "Cannot call a"), own);
});

Deno.test("isUnreached tells the way to a server from its answer", () => {
  const sdk = (code: unknown) => Object.assign(new Error("x"), { code });
  assert.deepEqual([
    isUnreached(sdk("SEND_FAILED")),
    isUnreached(new TypeError("x")),
    isUnreached(fault("denied", "x")),
  ], [
    ...[true, true, true],
  ]);
  assert.deepEqual([isUnreached(sdk(-32603)), isUnreached(new RemoteError(HOST, "x"))], [false, false]);
});

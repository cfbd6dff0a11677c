import assert from "node:assert/strict";
import { type HttpRequest, parseRequest } from "../../../../plugins/services/http/parse_request.ts";
import { redirected } from "../../../../plugins/services/http/redirect.ts";
import { faultOf } from "../../scripted_kernel.ts";

const ask = (more: Record<string, unknown> = {}): HttpRequest =>
  parseRequest({ url: "https://a.example/one#part", ...more });

Deno.test("an answer that does not redirect, and one of redirect: manual, is the answer", () => {
  for (const status of [200, 300, 304, 305, 306, 309, 404]) assert.equal(redirected(ask(), status, "/two"), undefined);
  assert.equal(redirected(ask(), 302, undefined), undefined);
  assert.equal(redirected(ask({ redirect: "manual" }), 302, "/two"), undefined);
});

Deno.test("a redirect is read against where it came from, and keeps the part that was asked for", () => {
  assert.equal(redirected(ask(), 302, "/two?x")!.url.href, "https://a.example/two?x#part");
  assert.equal(redirected(ask(), 302, "//b.example/#other")!.url.href, "https://b.example/#other");
  assert.equal(redirected(ask(), 302, "http://2130706433/")!.url.hostname, "127.0.0.1");
});

Deno.test("redirect: error, a foreign scheme and a name or password in the address are refused", async () => {
  assert.equal((await faultOf(() => redirected(ask({ redirect: "error" }), 302, "/two"))).code, "denied");
  for (
    const to of ["file:///etc/passwd", "data:text/plain,x", "ftp://a.example/", "https://me:you@a.example/", "https://"]
  ) {
    assert.equal((await faultOf(() => redirected(ask(), 302, to))).code, "invalid_argument", to);
  }
});

Deno.test("a body and its method go along where the status says so", async () => {
  const body = new Uint8Array([1]);
  const headers = [["Content-Type", "a/b"], ["X", "y"]];
  const moved = (method: string, status: number) => {
    const { method: next, body: kept, headers: left } = redirected(ask({ method, body, headers }), status, "/two")!;
    return [next, kept === body, left.length];
  };
  for (const status of [301, 302, 303]) assert.deepEqual(moved("POST", status), ["GET", false, 1], String(status));
  for (const status of [307, 308]) assert.deepEqual(moved("POST", status), ["POST", true, 2], String(status));
  assert.deepEqual(moved("PUT", 301), ["PUT", true, 2]);
  assert.deepEqual(moved("PUT", 303), ["GET", false, 1]);
  assert.equal(redirected(ask({ method: "HEAD" }), 303, "/two")!.method, "HEAD");
  const stream = ask({ method: "POST", body: new ReadableStream() });
  assert.equal(redirected(stream, 303, "/two")!.body, undefined);
  assert.equal((await faultOf(() => redirected(stream, 307, "/two"))).code, "conflict");
});

Deno.test("what was meant for one host is not told to another, nor to the same one on another port or in clear", () => {
  const headers = [["Authorization", "x"], ["Cookie", "y"], ["X", "z"]];
  const left = (to: string) => redirected(ask({ headers }), 302, to)!.headers.map(([name]) => name);
  assert.deepEqual(left("/two"), ["Authorization", "Cookie", "X"]);
  for (const to of ["https://b.example/", "https://a.example:8443/", "http://a.example/"]) {
    assert.deepEqual(left(to), ["X"], to);
  }
});

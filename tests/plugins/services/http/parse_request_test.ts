import assert from "node:assert/strict";
import { parseRequest, parseUrl, targetOf } from "../../../../plugins/services/http/parse_request.ts";
import { requestHead } from "../../../../plugins/services/http/write_request.ts";
import { faultOf } from "../../scripted_kernel.ts";

const URL_TEXT = "https://a.example/x?y=1#z";
const codeOf = async (asked: unknown) => (await faultOf(() => parseRequest(asked))).code;

Deno.test("parseRequest takes what fetch gives it, with what may be left out", () => {
  const { url, method, headers, redirect, body } = parseRequest({ url: URL_TEXT });
  assert.deepEqual([url.href, method, headers, redirect, body], [URL_TEXT, "GET", [], "follow", undefined]);
  const full = parseRequest({
    url: URL_TEXT,
    method: "PUT",
    headers: [["A", "b c"]],
    redirect: "manual",
    body: new Uint8Array(2),
  });
  assert.deepEqual([full.method, full.headers, full.redirect, full.body], [
    "PUT",
    [["A", "b c"]],
    "manual",
    new Uint8Array(2),
  ]);
});

Deno.test("parseRequest refuses what would become a second header or a second request on the wire", async () => {
  for (const value of ["a\r\nX: y", "a\nb", "a\rb", "a\0", "\x7f", "\u0100", "a\u2028b", 5, null]) {
    assert.equal(await codeOf({ url: URL_TEXT, headers: [["X-A", value]] }), "invalid_argument", String(value));
  }
  for (const name of ["", "a b", "a:", "a\r\nb", "ä", "a\0", "(a)", 5]) {
    assert.equal(await codeOf({ url: URL_TEXT, headers: [[name, "v"]] }), "invalid_argument", String(name));
  }
  for (const method of ["", "GET /", "G\r\nT", "CONNECT", "connect", "TRACE", "track", "x".repeat(33), 1, null]) {
    assert.equal(await codeOf({ url: URL_TEXT, method }), "invalid_argument", String(method));
  }
  for (
    const url of [
      "ftp://a.example/",
      "file:///etc/passwd",
      "data:,x",
      "//a.example/",
      "",
      7,
      null,
      "https://",
      "https://a b/",
    ]
  ) {
    assert.equal(await codeOf({ url }), "invalid_argument", String(url));
  }
  for (const url of ["https://user@a.example/", "https://user:word@a.example/", "https://:word@a.example/"]) {
    assert.match((await faultOf(() => parseRequest({ url }))).message, /user's name or password/);
  }
  for (
    const asked of [null, 5, "x", undefined, { url: URL_TEXT, redirect: "x" }, { url: URL_TEXT, headers: {} }, {
      url: URL_TEXT,
      headers: ["ab"],
    }]
  ) {
    assert.equal(await codeOf(asked), "invalid_argument");
  }
  for (const body of ["text", 5, {}, []]) {
    assert.equal(await codeOf({ url: URL_TEXT, method: "POST", body }), "invalid_argument");
  }
  assert.equal(await codeOf({ url: URL_TEXT, body: new Uint8Array(1) }), "invalid_argument", "GET has no body");
});

Deno.test("parseRequest takes 256 headers of 65,536 bytes together, and not one more", async () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => [`a${i}`, ""]);
  assert.equal(parseRequest({ url: URL_TEXT, headers: many(256) }).headers.length, 256);
  assert.equal(await codeOf({ url: URL_TEXT, headers: many(257) }), "too_large");
  assert.equal(parseRequest({ url: URL_TEXT, headers: [["a", "x".repeat(65_535)]] }).headers.length, 1);
  assert.equal(await codeOf({ url: URL_TEXT, headers: [["a", "x".repeat(65_536)]] }), "too_large");
});

Deno.test("what frames the message or names its receiver is the service's word, whatever the caller set", () => {
  const own = ["Host", "content-length", "Transfer-Encoding", "connection", "TE", "Trailer", "upgrade", "Expect"];
  const asked = {
    url: "http://a.example:8080/p a/?q=ä",
    method: "POST",
    headers: [...own, "Accept-Encoding", "X-Mine"].map((name) => [name, "0"]),
  };
  const request = parseRequest(asked);
  const text = new TextDecoder().decode(requestHead(request, request.headers));
  assert.equal(
    text,
    "POST /p%20a/?q=%C3%A4 HTTP/1.1\r\nHost: a.example:8080\r\nX-Mine: 0\r\naccept: */*\r\nuser-agent: meta-machine\r\n" +
      "Accept-Encoding: gzip, deflate\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
  );
});

Deno.test("a body of bytes is sent with its length, a stream in chunks, and no body without either", () => {
  const head = (more: Record<string, unknown>) => {
    const request = parseRequest({ url: URL_TEXT, ...more });
    return new TextDecoder().decode(requestHead(request, request.headers)).split("\r\n").filter((line) =>
      /^(?:Content-L|Tra)/.test(line)
    );
  };
  assert.deepEqual(head({}), []);
  assert.deepEqual(head({ method: "DELETE" }), []);
  assert.deepEqual(head({ method: "PUT", body: new Uint8Array(3) }), ["Content-Length: 3"]);
  assert.deepEqual(head({ method: "PUT", body: new ReadableStream() }), ["Transfer-Encoding: chunked"]);
});

Deno.test("targetOf knows the ports that an address leaves out", () => {
  assert.deepEqual(targetOf(parseUrl("https://a.example")), { protocol: "https:", host: "a.example", port: 443 });
  assert.deepEqual(targetOf(parseUrl("http://[::1]")), { protocol: "http:", host: "[::1]", port: 80 });
  assert.deepEqual(targetOf(parseUrl("https://a.example:8443")).port, 8443);
});

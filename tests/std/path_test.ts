import assert from "node:assert/strict";
import * as node from "node:path/posix";
import fc from "fast-check";
import {
  basename,
  dirname,
  extname,
  fromFileUrl,
  isAbsolute,
  join,
  normalize,
  relative,
  resolve,
  SEPARATOR,
  toFileUrl,
} from "@std/path";

Deno.test("basename gives the root for the root and keeps a name that is all suffix", () => {
  assert.equal(basename("/"), "/");
  assert.equal(basename("///"), "/");
  assert.equal(basename(""), "");
  assert.equal(basename("abc", "abc"), "abc");
  assert.equal(basename("/a/abc.ts", ".ts"), "abc");
  assert.equal(basename("/a/b//"), "b");
  assert.equal(basename(new URL("file:///a/b%20c.ts")), "b c.ts");
});

Deno.test("dirname ends in a separator only at the root", () => {
  assert.equal(dirname("a//b"), "a");
  assert.equal(dirname("/a"), "/");
  assert.equal(dirname("//a"), "/");
  assert.equal(dirname("a"), ".");
  assert.equal(dirname("/a/b/"), "/a");
});

Deno.test("join, normalize and extname accept file URLs where they accept paths", () => {
  assert.equal(join(new URL("file:///a/b"), "../c"), "/a/c");
  assert.equal(normalize(new URL("file:///a//b")), "/a/b");
  assert.equal(extname(new URL("file:///a/b.tar.gz")), ".gz");
});

Deno.test("path functions agree with node:path but for the differences tested above", () => {
  const path = fc.array(fc.constantFrom("a", "b.c", "/", ".", "..", ".x", "//", " "), { maxLength: 6 }).map((all) =>
    all.join("")
  );
  fc.assert(fc.property(path, path, (a, b) => {
    assert.equal(join(a, b), node.join(a, b));
    assert.equal(normalize(a), node.normalize(a));
    assert.equal(extname(a), node.extname(a));
    assert.equal(isAbsolute(a), node.isAbsolute(a));
    assert.equal(relative(`/${a}`, `/${b}`), node.relative(`/${a}`, `/${b}`));
    assert.equal(resolve("/x", a, b), node.resolve("/x", a, b));
    assert.equal(dirname(a), node.dirname(a).replace(/(.)\/+$/, "$1").replace(/^\/+$/, "/"));
    assert.equal(basename(a), node.basename(a) || (a && "/"));
  }));
  assert.equal(SEPARATOR, node.sep);
});

Deno.test("resolve starts at the working directory", () => {
  assert.equal(resolve("a"), `${Deno.cwd()}/a`);
});

Deno.test("toFileUrl refuses a relative path", () => {
  assert.throws(() => toFileUrl("a/b"), { name: "TypeError", message: 'Path must be absolute: received "a/b"' });
});

Deno.test("fromFileUrl decodes %2F, keeps a % that escapes nothing and passes over the host", () => {
  assert.equal(fromFileUrl("file:///a%2Fb"), "/a/b");
  assert.equal(fromFileUrl("file:///a%ZZ"), "/a%ZZ");
  assert.equal(fromFileUrl("file://host/a"), "/a");
});

Deno.test("fromFileUrl refuses other URLs", () => {
  assert.throws(() => fromFileUrl("https://example.com/a"), {
    name: "TypeError",
    message: 'URL must be a file URL: received "https:"',
  });
});

Deno.test("fromFileUrl gives back what toFileUrl was given", () => {
  for (const path of ["/", "/a b", "/100%", "/a%20b", "/back\\slash", "/ä/日本", "/a\nb", "/a#b?c", "/tab\there"]) {
    assert.equal(fromFileUrl(toFileUrl(path)), path);
  }
});

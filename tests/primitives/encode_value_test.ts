import assert from "node:assert/strict";
import { decodeValue, encodeValue } from "../../kernel/primitives/value_codec.ts";

Deno.test("encodeValue refuses what is no plain data, by its place", () => {
  class Note {}
  const shared = new Uint8Array(new SharedArrayBuffer(1));
  const hole = [1, 2, 3];
  delete hole[1];
  const circle: Record<string, unknown> = { name: "x" };
  circle["self"] = circle;
  const getter = Object.defineProperty({}, "when", { enumerable: true, get: () => assert.fail("was run") });
  const setter = Object.defineProperty({}, "when", { enumerable: true, set: () => assert.fail("was run") });
  const element = Object.defineProperty([1], 0, { enumerable: true, get: () => assert.fail("was run") });
  const cases: [unknown, string][] = [
    [[{ items: [0, 1, 2, { when: new Map() }] }], "arguments[0].items[3].when is a Map"],
    [new Set(), "arguments is a Set"],
    [[/x/], "arguments[0] is a RegExp"],
    [[new Note()], "arguments[0] is a Note"],
    [[new Error("x")], "arguments[0] is an Error"],
    [[new (class {})()], "arguments[0] is an object of a class"],
    [[Object.create({})], "arguments[0] is an object of a class"],
    [[new Number(1)], "arguments[0] is a Number"],
    [[new ArrayBuffer(1)], "arguments[0] is an ArrayBuffer"],
    [[new Uint16Array(1)], "arguments[0] is a Uint16Array"],
    [[new (class List extends Array {})()], "arguments[0] is an array of a class of its own"],
    [[Promise.resolve()], "arguments[0] is a Promise"],
    [{ f: () => 1 }, "arguments.f is a function"],
    [{ f: Symbol("x") }, "arguments.f is a symbol"],
    [{ "odd key": NaN }, 'arguments["odd key"] is NaN'],
    [[Infinity], "arguments[0] is Infinity"],
    [[-Infinity], "arguments[0] is -Infinity"],
    [[new Date(NaN)], "arguments[0] is an invalid Date"],
    [hole, "arguments[1] is a hole in an array"],
    [new Array(2 ** 32 - 1), "arguments[0] is a hole in an array"],
    [[shared], "arguments[0] is bytes in shared memory"],
    [getter, "arguments.when is an accessor"],
    [setter, "arguments.when is an accessor"],
    [element, "arguments[0] is an accessor"],
    [[circle], "arguments[0] contains itself"],
    [[10n ** 4096n], "arguments[0] is a bigint of more than 4096 digits"],
    [[-(10n ** 4096n)], "arguments[0] is a bigint of more than 4096 digits"],
  ];
  for (const [value, what] of cases) {
    const encoded = encodeValue(value, "arguments");
    assert.ok(!encoded.ok, what);
    assert.equal(encoded.fault.code, "invalid_argument");
    assert.equal(encoded.fault.message.split("; ")[0], what);
    assert.match(encoded.fault.message, /; pass plain data: null, booleans, finite numbers/);
  }
});

Deno.test("encodeValue takes what makes max_bytes and refuses one byte more, also with shared references", () => {
  assert.ok(encodeValue("x".repeat(8), "value", { max_bytes: 10 }).ok);
  for (const value of ["x".repeat(9), [1, 2, 3, 4, 5], new Uint8Array(11), { "a long key": 1 }]) {
    const encoded = encodeValue(value, "value", { max_bytes: 10 });
    assert.ok(!encoded.ok && encoded.fault.code === "too_large", JSON.stringify(encoded));
    assert.match(encoded.fault.message, /^value.* makes more than 10 bytes$/);
  }
  assert.ok(encodeValue("ü".repeat(4), "value", { max_bytes: 10 }).ok);
  const wide = encodeValue("ü".repeat(5), "value", { max_bytes: 10 });
  assert.ok(!wide.ok && wide.fault.code === "too_large");
  let laughs: unknown = "ha";
  for (let i = 0; i < 40; i++) laughs = [laughs, laughs];
  const encoded = encodeValue(laughs, "value", { max_bytes: 1_000_000 });
  assert.ok(!encoded.ok && encoded.fault.code === "too_large");
});

Deno.test("encodeValue takes a Proxy for what it pretends to be and turns what its traps throw into a fault", () => {
  const honest = encodeValue(new Proxy({ a: [1n] }, {}));
  assert.ok(honest.ok);
  assert.deepEqual(decodeValue(honest.value), { ok: true, value: { a: [1n] } });
  const throws = (thrown: unknown) => {
    const trap = () => {
      throw thrown;
    };
    return [
      new Proxy({}, { ownKeys: trap }),
      new Proxy({ a: 1 }, { getOwnPropertyDescriptor: trap }),
      new Proxy({ a: 1 }, { get: trap }),
      new Proxy([1], { getPrototypeOf: trap }),
    ];
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const fake = Object.create(Uint8Array.prototype);
  const fake_date = Object.create(Date.prototype);
  const liar = Object.defineProperty(new Error("x"), "message", {
    get: () => {
      throw 1;
    },
  });
  for (const value of [...throws(new Error("boo")), ...throws(null), ...throws(liar), revoked.proxy, fake, fake_date]) {
    const encoded = encodeValue([value], "arguments");
    assert.ok(!encoded.ok && encoded.fault.code === "invalid_argument");
    assert.match(encoded.fault.message, /^arguments can't be read: /);
  }
});

Deno.test("encodeValue answers when a Proxy shows something else at each look", () => {
  let looks = 0;
  const shifty = new Proxy({ a: 1 }, { get: () => looks++ % 2 === 0 ? () => "x" : 5n });
  const encoded = encodeValue([shifty]);
  if (encoded.ok) decodeValue(encoded.value);
  const endless: object = new Proxy({}, {
    get: () => endless,
    ownKeys: () => ["a"],
    getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
  });
  assert.ok(!encodeValue(endless).ok);
});

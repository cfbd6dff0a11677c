import assert from "node:assert/strict";
import fc from "fast-check";
import {
  callKey,
  cellId,
  type InstanceId,
  instanceId,
  instanceIn,
  isApiName,
  isCallKey,
  isCellId,
  isInstanceId,
  isNewerInstance,
  isPrivateName,
  KERNEL_API,
  maySitIn,
  OPERATOR,
  VET_CELL,
} from "../../kernel/contract/names.ts";

const SEGMENT = "a".repeat(32);

Deno.test("isApiName takes 1 to 4 segments of up to 32 characters and refuses one more of either", () => {
  for (const name of ["a", "Notes", "a-b_c9", "a/b/c/d", SEGMENT, [SEGMENT, SEGMENT, SEGMENT, SEGMENT].join("/")]) {
    assert.ok(isApiName(name), name);
  }
  for (const name of ["a/b/c/d/e", `${SEGMENT}a`, `a/${SEGMENT}a`]) assert.ok(!isApiName(name), name);
});

Deno.test("isApiName refuses what could mean something elsewhere", () => {
  for (
    const name of [
      "",
      "/",
      "/a",
      "a/",
      "a//b",
      ".",
      "..",
      "a/..",
      "a.b",
      "9a",
      "_a",
      "-a",
      "a b",
      "a\n",
      "\na",
      "ä",
      "a,b",
      "a\0",
      "@a",
      KERNEL_API,
      OPERATOR,
      VET_CELL,
      null,
      5,
      ["a"],
    ]
  ) assert.ok(!isApiName(name), JSON.stringify(name));
});

Deno.test("isCellId takes what cellId makes of any api name, and of the host's own cells", () => {
  const segment = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/);
  fc.assert(fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.nat(), (segments, number) => {
    const api = segments.join("/");
    assert.ok(isApiName(api));
    assert.ok(isCellId(cellId(api, number)));
    assert.ok(isCallKey(callKey(cellId(api, number), number)));
  }));
  assert.equal(cellId("tasks/trainer", 3), "tasks.trainer~3");
  assert.ok(isCellId(cellId(VET_CELL, 1)));
});

Deno.test("isCellId refuses what could leave a folder or end a line", () => {
  for (
    const name of [
      "",
      "a",
      "a~",
      "~1",
      "a/b~1",
      "../a~1",
      ".a~1",
      "a~1\n",
      "a b~1",
      "a~1~2",
      "a~x",
      "@@a~1",
      `${"a".repeat(142)}~1`,
      "a~1234567890123456",
    ]
  ) {
    assert.ok(!isCellId(name), JSON.stringify(name));
  }
  assert.ok(isCellId(`${"a".repeat(141)}~123456789012345`));
});

Deno.test("isInstanceId takes epoch and number", () => {
  assert.ok(isInstanceId(instanceId(3, 17)));
  for (const name of ["", "1", "1.", ".1", "1.2.3", "1.x", "-1.2", "1.2\n", " 1.2", 1.2]) {
    assert.ok(!isInstanceId(name), JSON.stringify(name));
  }
});

Deno.test("isCallKey takes the longest key and refuses one character more", () => {
  assert.ok(isCallKey(`${"a".repeat(180)}#1`));
  assert.ok(!isCallKey(`${"a".repeat(181)}#1`));
  for (const key of ["", "#1", "a#", "a#b", "a b#1", "a#1#2", "a#1\n", 5]) {
    assert.ok(!isCallKey(key), JSON.stringify(key));
  }
});

Deno.test("isPrivateName knows names that no handle gives out", () => {
  for (const name of ["_x", "_", "__proto__", "constructor"]) assert.ok(isPrivateName(name), name);
  for (const name of ["x", "x_", "add", "toString"]) assert.ok(!isPrivateName(name), name);
});

Deno.test("an instance's number tells in which cell it can sit, and counts up all the same", () => {
  const [a, b] = [cellId("a", 3_000_001), cellId("b", 3_000_002)];
  const [first, second, third] = [instanceIn(a, 3, 1), instanceIn(b, 3, 2), instanceIn(a, 3, 3)];
  assert.ok([first, second, third].every(isInstanceId));
  assert.deepEqual([maySitIn(a, first), maySitIn(a, third), maySitIn(b, second)], [true, true, true]);
  assert.deepEqual([maySitIn(b, first), maySitIn(a, second), maySitIn(a, "3.1" as InstanceId)], [false, false, false]);
  assert.ok(isNewerInstance(second, first) && isNewerInstance(third, second));
  assert.ok(isInstanceId(instanceIn(cellId("a", 999_999_999_999), 999_999, 9_999_999)), "as large as they become");
});

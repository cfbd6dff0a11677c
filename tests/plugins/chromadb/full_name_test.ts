import assert from "node:assert/strict";
import fc from "fast-check";
import { fullName, isOwn, ownPrefix, visibleName } from "../../../plugins/chromadb/full_name.ts";

const segment = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,6}$/);
const caller = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/")),
  segment.map((name) => `@${name}`),
).filter((name) => name !== "@operator");
const short = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,5}[A-Za-z0-9])?$/);

Deno.test("two callers or two names never share a full name, and a caller sees its own by the short one", () => {
  fc.assert(fc.property(caller, short, caller, short, (oneCaller, oneName, otherCaller, otherName) => {
    const one = fullName(oneCaller, oneName, "write", new Map());
    const other = fullName(otherCaller, otherName, "write", new Map());
    assert.equal(one === other, oneCaller === otherCaller && oneName === otherName);
    assert.equal(visibleName(oneCaller, one, new Map()), oneName);
    if (oneCaller !== otherCaller) assert.equal(visibleName(otherCaller, one, new Map()), undefined);
  }));
});

Deno.test("whatever a caller says, it gets the full name of one of its own or nothing", () => {
  const parts = fc.array(fc.oneof(segment, fc.constantFrom(".", "..", "/", "0", "a.b", "@")), { maxLength: 5 });
  fc.assert(
    fc.property(
      caller,
      fc.oneof(parts.map((some) => some.join("")), caller.map(ownPrefix), fc.string()),
      (who, said) => {
        for (const use of ["read", "write"] as const) {
          let full: string;
          try {
            full = fullName(who, said, use, new Map());
          } catch (error) {
            assert.match((error as { code: string }).code, /^(denied|invalid_argument)$/);
            continue;
          }
          assert.ok(isOwn(who, full), `${who} said ${said} and got ${full}`);
        }
      },
    ),
  );
});

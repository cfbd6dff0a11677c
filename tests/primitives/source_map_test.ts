import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeMappings,
  encodeMappings,
  type Mappings,
  originOf,
  type Segment,
} from "../../kernel/primitives/source_map.ts";

Deno.test("decodeMappings reads lines, sources, columns and names", () => {
  assert.deepEqual(decodeMappings(";;AAwCO,EAAC;A,IDDDA"), [
    [],
    [],
    [{ column: 0, origin: { source: 0, line: 40, column: 7 } }, {
      column: 2,
      origin: { source: 0, line: 40, column: 8 },
    }],
    [{ column: 0 }, { column: 4, origin: { source: -1, line: 39, column: 7 }, name: 0 }],
  ]);
});

Deno.test("decodeMappings refuses what is no digit and what is cut short", () => {
  assert.throws(() => decodeMappings("AA A"), SyntaxError);
  assert.throws(() => decodeMappings("AAAg"), SyntaxError);
  assert.throws(() => decodeMappings("gggggggggA"), SyntaxError);
});

Deno.test("encodeMappings gives back what decodeMappings read", () => {
  const number = fc.integer({ min: 0, max: 2 ** 30 - 1 });
  const origin = fc.record({ source: fc.nat(9), line: number, column: number }, { noNullPrototype: true });
  const segment = fc.oneof(
    fc.record({ column: number }, { noNullPrototype: true }),
    fc.record({ column: number, origin }, { noNullPrototype: true }),
    fc.record({ column: number, origin, name: fc.nat(9) }, { noNullPrototype: true }),
  ) as fc.Arbitrary<Segment>;
  const line = fc.array(segment, { maxLength: 4 }).map((some) => some.toSorted((a, b) => a.column - b.column));
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (mappings: Mappings) => {
    assert.deepEqual(decodeMappings(encodeMappings(mappings)), mappings);
  }));
});

Deno.test("originOf takes the last segment at or before the column, never one of another line", () => {
  const mappings = decodeMappings("AAAA,IAAI;;EAEA");
  assert.deepEqual(originOf(mappings, 0, 3), { source: 0, line: 0, column: 0 });
  assert.deepEqual(originOf(mappings, 0, 4), { source: 0, line: 0, column: 4 });
  assert.equal(originOf(mappings, 1, 9), undefined);
  assert.equal(originOf(mappings, 2, 1), undefined);
  assert.equal(originOf(mappings, 9, 0), undefined);
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { type FaultCode, FAULTS } from "../../kernel/contract/fault.ts";
import { callKey, cellId, type InstanceId } from "../../kernel/contract/names.ts";
import type { CellMessage, KernelMessage, Lends } from "../../kernel/contract/wire.ts";
import { parseCellMessage } from "../../kernel/primitives/parse_cell_message.ts";
import { KINDS } from "../../kernel/primitives/short_form.ts";
import { readKernelHeader, writeCellHeader, writeKernelHeader } from "../../kernel/primitives/short_headers.ts";

const KEY = callKey(`${cellId("services/database", 3)}!ab12`, 7);
const INSTANCE = "3.14" as InstanceId;
const TRACE = `00-${"0a".repeat(16)}-${"0b".repeat(8)}-01`;
const ODD = '"\\ü\u2028[,]😀';

const CELL_CALL = {
  ...{ t: "call", id: 0, from: INSTANCE, api: "services/database", aspect: "default", name: "query", kind: "call" },
} as const satisfies CellMessage;
const KERNEL_CALL = {
  ...{ t: "call", id: 9, key: KEY, to: INSTANCE, aspect: "default", name: "query", kind: "call" },
  ...{ caller: { api: "notes", principal: "operator" }, trace: TRACE, ms: 30_000, depth: 1 },
} as const satisfies KernelMessage;

/** What arrives of a header that was written: it travels as JSON. */
function heardFromCell(message: CellMessage): CellMessage | undefined {
  return parseCellMessage(JSON.parse(writeCellHeader(message)));
}
function heardFromKernel(message: KernelMessage): KernelMessage {
  return readKernelHeader(JSON.parse(writeKernelHeader(message)));
}

Deno.test("a cell's call arrives as it was said, with every field absent or present", () => {
  const fields: readonly Partial<typeof CELL_CALL & Record<string, unknown>>[] = [
    {},
    { parent: 0 },
    { parent: 5 },
    { timeout: 0 },
    { timeout: 1.5 },
    { trace: "" },
    { trace: ODD },
    { again: true },
    { resaid: true },
    { more: true },
    ...KINDS.map((kind) => ({ kind })) as never[],
    { lends: { functions: 2 } },
    { lends: { streams: 1 } },
    { lends: { as_caller: true } },
    { lends: { kept: ["on_change"] } },
    { lends: { functions: 1, streams: 2, as_caller: true, kept: [ODD] } },
    { parent: 1, timeout: 2, trace: "t", again: true, more: true, lends: { functions: 1 } },
    { api: ODD, aspect: ODD, name: ODD },
    { api: "", aspect: "", name: "" },
  ];
  for (const some of fields) {
    const call = { ...CELL_CALL, ...some } as CellMessage;
    assert.deepEqual(heardFromCell(call), call, JSON.stringify(some));
  }
});

Deno.test("a cell's reply arrives as it was said, with every field absent or present", () => {
  for (const code of Object.keys(FAULTS) as FaultCode[]) {
    const reply = { t: "reply", id: 3, ok: false, code } as const;
    assert.deepEqual(heardFromCell(reply), reply);
  }
  for (
    const reply of [
      { t: "reply", id: 0, ok: true },
      { t: "reply", id: 0, ok: true, streams: 2 },
      { t: "reply", id: 0, ok: true, more: true, streams: 1 },
      { t: "reply", id: 0, ok: false, more: true, code: "timeout" },
    ] as const
  ) assert.deepEqual(heardFromCell(reply), reply);
});

Deno.test("a kernel's call and reply arrive as they were said, with every field absent or present", () => {
  const caller = { api: ODD, principal: ODD };
  for (
    const some of [
      {},
      { streams: 1 },
      { made: 0 },
      { made: 7, streams: 2 },
      { more: true },
      { more: true, made: 0 },
      { caller, aspect: ODD, name: ODD },
      ...KINDS.map((kind) => ({ kind })),
      { ms: 0.5, depth: 0 },
    ]
  ) {
    const call: KernelMessage = { ...KERNEL_CALL, ...some as { more?: true } };
    assert.deepEqual(heardFromKernel(call), call, JSON.stringify(some));
  }
  for (
    const reply of [
      { t: "reply", id: 0, ok: true, live: true },
      { t: "reply", id: 1, ok: false, live: false, code: "not_granted" },
      { t: "reply", id: 1, ok: true, live: true, streams: 3 },
      { t: "reply", id: 1, ok: true, live: true, streams: 3, more: true },
      { t: "reply", id: 1, ok: false, live: true, code: "module_error", more: true },
    ] as const
  ) assert.deepEqual(heardFromKernel(reply), reply);
});

Deno.test("every other message travels as it is, both ways", () => {
  for (
    const message of [
      { t: "ended", instance: INSTANCE, what: "run" },
      { t: "cancel", id: 3 },
      { t: "ack", ids: [[1, 4]] },
      { t: "credit", bytes: 5, messages: 1 },
      { t: "items", at: "caller", id: 1, no: 0, count: 3 },
      { t: "end", at: "callee", id: 1, no: 0, code: "module_error" },
      { t: "revoke", from: INSTANCE, name: "on_change" },
      { t: "fence" },
    ] as const
  ) assert.deepEqual(heardFromCell(message), message);
  for (
    const message of [
      { t: "welcome", epoch: 3 },
      { t: "load", id: 1, instance: INSTANCE, more: true },
      { t: "shutdown", instance: INSTANCE, ms: 500 },
      { t: "cancel", id: 3 },
      { t: "pull", at: "callee", id: 1, no: 0, upto: 64, bytes: 1_000 },
      { t: "bye" },
    ] as const
  ) assert.deepEqual(heardFromKernel(message), message);
});

Deno.test("calls of any names and numbers arrive as they were said", () => {
  const name = fc.string({ unit: "grapheme", maxLength: 60 });
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const lends = fc.record({ functions: fc.integer({ min: 1, max: 9 }), streams: fc.integer({ min: 1, max: 9 }) }, {
    requiredKeys: [],
  }).filter((lends) => Object.keys(lends).length > 0) as fc.Arbitrary<Lends>;
  const call = fc.record({
    id: fc.maxSafeNat(),
    parent: maybe(fc.maxSafeNat()),
    api: name,
    aspect: name,
    name,
    kind: fc.constantFrom(...KINDS),
    timeout: maybe(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((ms) => ms === 0 ? 0 : ms)),
    trace: maybe(name),
    again: maybe(fc.constant(true as const)),
    more: maybe(fc.constant(true as const)),
    lends: maybe(lends),
  });
  fc.assert(
    fc.property(call, (fields) => {
      const said: CellMessage = { ...CELL_CALL, ...JSON.parse(JSON.stringify(fields)) };
      assert.deepEqual(heardFromCell(said), said);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("parseCellMessage refuses a short header that a writer never writes", () => {
  const call = JSON.parse(
    writeCellHeader({ ...CELL_CALL, parent: 1, timeout: 5, trace: "t", lends: { functions: 1 } }),
  );
  const reply = JSON.parse(writeCellHeader({ t: "reply", id: 1, ok: false, code: "timeout", streams: 1 }));
  assert.ok(parseCellMessage(call) && parseCellMessage(reply));
  for (const header of [[], [3], [0, ...call.slice(1)], ["1", ...call.slice(1)], [null], [[1]], [-1]]) {
    assert.equal(parseCellMessage(header), undefined, JSON.stringify(header));
  }
  for (const whole of [call, reply]) {
    for (let length = 0; length < whole.length; length++) {
      assert.equal(parseCellMessage(whole.slice(0, length)), undefined);
    }
    assert.equal(parseCellMessage([...whole, 0]), undefined);
    for (let field = 1; field < whole.length; field++) {
      for (const wrong of [null, {}, [], -2, NaN, 2 ** 60, false]) {
        const header = whole.with(field, wrong);
        if (whole === call && field === 8 && wrong === 2 ** 60) continue; // a timeout may be any amount
        if (whole === reply && field === 2 && wrong === false) continue; // says no less than 0 does
        assert.equal(parseCellMessage(header), undefined, `${JSON.stringify(wrong)} in ${JSON.stringify(header)}`);
      }
    }
  }
});

Deno.test("parseCellMessage takes no kind of call that is not in the list, however it is asked for", () => {
  const call: unknown[] = JSON.parse(writeCellHeader(CELL_CALL));
  const at = call.indexOf(0, 7);
  for (const kind of [4, -1, 0.5, "length", "push", "constructor", "call", null, [4]]) {
    assert.equal(parseCellMessage(call.with(at, kind)), undefined, JSON.stringify(kind));
  }
});

Deno.test("parseCellMessage never throws on any list", () => {
  const entry = fc.oneof(fc.constantFrom(0, 1, -1, "call", "1.2"), fc.jsonValue());
  fc.assert(
    fc.property(fc.constantFrom(1, 2, 3), fc.array(entry, { maxLength: 15 }), (kind, rest) => {
      parseCellMessage([kind, ...rest]);
    }),
    { numRuns: 3_000 },
  );
});

/** What is random in these tests, and how it is set: FUZZ_INPUTS (of the texts), FUZZ_SEED to see one run again. */
import * as fc from "fast-check";
import type { BracketValue } from "../../../../kernel/guest/sdk/bracket/mod.ts";

export const INPUTS = Number(Deno.env.get("FUZZ_INPUTS") ?? 500_000);
export const SEED = Number(Deno.env.get("FUZZ_SEED") ?? 11);

/** What the grammar is made of, and what comes near it. */
const PARTS = [
  ...'{}[]:,"\\ \n`~\r\ta1-.é',
  ...["```", "```tool\n", "\n```\n", "~~~tool\n", "{call: t}", "{call: t, params: {", "params", "true", "1e5"],
  ...['"x"', "\\u", "\\u{", "\\u{41}", "__proto__", "😀", "\ud800", "\u00a0", "9007199254740993"],
];
const parts = fc.array(fc.constantFrom(...PARTS), { maxLength: 14 }).map((all) => all.join(""));

/** What a model may write: most of it in a block. */
export const modelText = fc.oneof({ weight: 1, arbitrary: parts }, {
  weight: 2,
  arbitrary: parts.map((text) => `\`\`\`tool\n${text}`),
});

const HARD = fc.constantFrom(...'"\\\n`{}[],: \taé/-1', "😀", "\u0000", "\ud800", "\u2028");
const text = fc.oneof(
  fc.string({ unit: HARD, maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("true", "null", "1", "-0", "", "__proto__", "a.ts", "```tool"),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 2 ** 53, 2 ** 60, -(2 ** 70), 5e-324, 1.7976931348623157e308, 1e21),
);

/** Any value of the protocol. */
export const value: fc.Arbitrary<BracketValue> = fc.letrec<{ value: BracketValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "medium", withCrossShrink: true },
    ...[fc.constantFrom(true, false, null), number, text],
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }).map((map) => ({ ...map })), // with the prototype that a read one has
  ),
})).value;

import assert from "node:assert/strict";
import { rollUp } from "../../kernel/vendor/roll_up.ts";

const SOURCE = `
/** Says what it is for. */
export const text = "// no comment", quoted = '/* nor this */'; // but this
export const pattern = /[/*]\\/\\/ "/;
export const both = \`// none \${ 1 /* one */ + 2 } /* none
    keeps its indentation\`;
export function broken() {
    return /* a comment
      with a break */ 1;
}
let a = 6, b = 2, g = 1;
export const divided = a / b / g; /* here */ export const after = 1 // and here
export const last = "a/*b*/c";
`;

Deno.test("rollUp leaves comments and indentation out, and nothing that only looks like them", async () => {
  const { code } = await rollUp("entry", { name: "entry", resolveId: (id) => id, load: () => SOURCE });
  for (const gone of ["Says what", "but this", "one */", "with a break", "here"]) assert.ok(!code.includes(gone), gone);
  assert.doesNotMatch(code.replace(/both = `[^`]*`/, ""), /\n\s/);
  const made = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  assert.equal(made.text, "// no comment");
  assert.equal(made.quoted, "/* nor this */");
  assert.equal(made.pattern.source, '[/*]\\/\\/ "');
  assert.equal(made.both, "// none 3 /* none\n    keeps its indentation");
  assert.equal(made.broken(), undefined);
  assert.equal(made.divided, 3);
  assert.deepEqual([made.after, made.last], [1, "a/*b*/c"]);
});

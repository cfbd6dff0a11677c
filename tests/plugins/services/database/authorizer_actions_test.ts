import assert from "node:assert/strict";
import { constants } from "node:sqlite";
import { ACTION, ANSWER } from "../../../../plugins/services/database/authorizer_actions.ts";

Deno.test("ACTION and ANSWER have the numbers of the runtime's SQLite", () => {
  const known = constants as unknown as Record<string, number>;
  for (const [name, number] of Object.entries({ ...ACTION, ...ANSWER })) {
    assert.equal(number, known[`SQLITE_${name.toUpperCase()}`], name);
  }
});

import assert from "node:assert/strict";
import { parseRecordId, recordId, standsAfter } from "../../kernel/primitives/record_id.ts";

Deno.test("recordId and parseRecordId are each other's way back", () => {
  for (const place of [{ epoch: 1, count: 1 }, { epoch: 1_700_000_000, count: 999_999_999 }]) {
    assert.deepEqual(parseRecordId(recordId(place)), place);
  }
});

Deno.test("parseRecordId gives nothing for what is no id", () => {
  for (const id of ["", "1", "1-", "-1", "1-2-3", "a-1", "1.5-2", 12, null, undefined]) {
    assert.equal(parseRecordId(id), undefined, String(id));
  }
});

Deno.test("standsAfter counts within a kernel, and any later kernel is later, however few it wrote", () => {
  const mark = { epoch: 9, count: 100 };
  assert.deepEqual(["9-99", "9-100", "9-101", "8-500", "10-1", undefined, "?"].map((id) => standsAfter(id, mark)), [
    ...[false, false, true, false, true, false, false],
  ]);
});

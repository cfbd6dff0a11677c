import assert from "node:assert/strict";
import { pickVersions } from "../../kernel/config/pick_versions.ts";
import { reject } from "../../kernel/config/rejection.ts";

const texts = (...files: string[]) =>
  files.map((file) => ({ file, text: "", facts: { size: 0, mtime_ms: 0, inode: 0 } }));
const picked = (...files: string[]) => pickVersions(texts(...files), []).picked.map(({ file }) => file);

Deno.test("pickVersions takes the highest version of each base, compared numerically", () => {
  assert.deepEqual(picked("configs/a-v1.9.yml", "configs/a-v1.10.yml", "configs/a.yml", "configs/b.yml"), [
    "configs/a-v1.10.yml",
    "configs/b.yml",
  ]);
});

Deno.test("pickVersions takes the file without version when there is no other", () => {
  assert.deepEqual(picked("configs/a.yaml"), ["configs/a.yaml"]);
  assert.deepEqual(picked("configs/a.yaml", "configs/a-v0.yml"), ["configs/a-v0.yml"]);
});

Deno.test("pickVersions keeps the same name in two folders apart", () => {
  assert.equal(picked("configs/s/a-v1.yml", "configs/t/a-v2.yml").length, 2);
});

Deno.test("pickVersions refuses both files of a tie, each naming the other", () => {
  for (const [one, other] of [["a.yml", "a.yaml"], ["a-v1.yml", "a-v1.0.yml"], ["a-v2.yml", "a-v2.yaml"]] as const) {
    const { picked, rejected } = pickVersions(texts(`configs/${one}`, `configs/${other}`), []);
    assert.deepEqual(picked, []);
    assert.deepEqual(rejected.map(({ api, fault }) => [api, fault.message]), [
      ["a", `configs/${one}: found the same version in configs/${other}, allowed: one file for each version`],
      ["a", `configs/${other}: found the same version in configs/${one}, allowed: one file for each version`],
    ]);
    assert.equal(
      rejected[0]!.fault.hint,
      "remove one of them, or put a dot before its name; what ran before keeps running",
    );
  }
});

Deno.test("pickVersions lets a tie below the highest be", () => {
  const { picked, rejected } = pickVersions(texts("configs/a-v1.yml", "configs/a-v1.0.yml", "configs/a-v2.yml"), []);
  assert.deepEqual([picked.length, rejected.length], [1, 0]);
});

Deno.test("pickVersions puts no lower version in the place of a highest that could not be read", () => {
  const unread = reject("configs/s/a-v2.yml", "cannot be read");
  const { picked, rejected } = pickVersions(texts("configs/s/a-v1.yml"), [unread]);
  assert.deepEqual(picked, []);
  assert.deepEqual(rejected, [{ ...unread, api: "s/a" }]);
});

Deno.test("pickVersions passes on a file below the highest that could not be read, without an api", () => {
  const unread = [reject("configs/a-v1.yml", "cannot be read"), reject("configs/folder", "cannot be read")];
  const { picked, rejected } = pickVersions(texts("configs/a-v2.yml"), unread);
  assert.deepEqual(picked.map(({ file }) => file), ["configs/a-v2.yml"]);
  assert.deepEqual(rejected.map(({ file, api }) => [file, api]).toSorted(), [
    ["configs/a-v1.yml", undefined],
    ["configs/folder", undefined],
  ]);
});

Deno.test("pickVersions does not take the former text of a file that can no longer be read", () => {
  const { picked } = pickVersions(texts("configs/a.yml"), [reject("configs/a.yml", "cannot be read")]);
  assert.deepEqual(picked, []);
});

import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import type { Store } from "../with_chroma.ts";
import { promisedBy } from "./promised.ts";

export function collectionsContract(store: Store): void {
  const promised = promisedBy(store);

  promised("get_or_create_collection makes a collection, and later finds it as it was made", async ({ as }) => {
    const notes = as("notes");
    const made = await notes.get_or_create_collection("texts", {
      metadata: { about: "food", year: 2024 },
      space: "cosine",
    });
    assert.deepEqual(made, { name: "texts", metadata: { about: "food", year: 2024 }, space: "cosine" });
    assert.deepEqual(await notes.get_or_create_collection("texts", { metadata: { about: "drink" } }), made);
    assert.deepEqual(await notes.get_or_create_collection("plain"), { name: "plain", metadata: null, space: "l2" });
    assert.deepEqual(await notes.list_collections(), [{ name: "plain", metadata: null, space: "l2" }, made]);
    const { code, message } = await faultOf(() => notes.get_or_create_collection("texts", { space: "ip" }));
    assert.deepEqual([code, message], ["conflict", "collection 'notes.texts' measures by cosine"]);
  });

  promised("a collection that nobody made, or that was deleted, is not found by any method", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("gone");
    assert.deepEqual(await notes.delete_collection("gone"), { deleted: true });
    const asks = [
      () => notes.count("gone"),
      () => notes.get("gone"),
      () => notes.query("gone", { queryTexts: ["x"] }),
      () => notes.add("gone", { ids: ["1"], documents: ["x"] }),
      () => notes.delete("gone", { ids: ["1"] }),
      () => notes.delete_collection("gone"),
    ];
    for (const ask of asks) {
      const { code, message, hint } = await faultOf(ask);
      assert.deepEqual([code, message], ["not_found", "there is no collection 'notes.gone'"]);
      assert.match(hint, /get_or_create_collection/);
    }
  });

  promised("a collection that is made again under its name is empty", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("texts");
    await notes.add("texts", { ids: ["1"], documents: ["x"] });
    await notes.delete_collection("texts");
    await notes.get_or_create_collection("texts");
    assert.equal(await notes.count("texts"), 0);
    await notes.add("texts", { ids: ["1"], embeddings: [[1, 2]] });
    assert.deepEqual(await notes.get("texts", { include: ["embeddings"] }), { ids: ["1"], embeddings: [[1, 2]] });
  });

  promised("names of 1 and of 63 characters work, and others are refused before anything is asked", async ({ as }) => {
    const notes = as("notes");
    for (const name of ["a", "a".repeat(63), "a-b_c9"]) {
      assert.equal((await notes.get_or_create_collection(name)).name, name);
      assert.equal(await notes.count(name), 0);
    }
    for (
      const name of ["", "a".repeat(64), "-a", "a-", "a b", "a/b", "ä", "a\0", undefined, 5, ["a"], ".a", "a."]
    ) {
      const { code } = await faultOf(() => notes.get_or_create_collection(name));
      assert.equal(code, "invalid_argument", String(name));
    }
    for (const name of ["a..b", "notes..a", "notes.a.b"]) {
      assert.equal((await faultOf(() => notes.get_or_create_collection(name))).code, "denied", name);
    }
    await notes.get_or_create_collection("notes.full");
    assert.equal(await notes.count("full"), 0);
  });

  promised("a caller has max_collections, and the next one is refused", async ({ as }) => {
    const notes = as("notes");
    await notes.get_or_create_collection("one");
    await notes.get_or_create_collection("two");
    const { code, hint } = await faultOf(() => notes.get_or_create_collection("three"));
    assert.equal(code, "quota");
    assert.match(hint, /at most 2 /);
    await notes.get_or_create_collection("two");
    await as("mail").get_or_create_collection("three");
    await notes.delete_collection("one");
    await notes.get_or_create_collection("three");
  }, { max_collections: 2 });
}

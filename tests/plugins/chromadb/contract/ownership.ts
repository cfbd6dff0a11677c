import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import type { Methods, Store } from "../with_chroma.ts";
import { promisedBy } from "./promised.ts";

/** Each method, on a collection. */
const uses = (module: Methods, name: string): Record<string, () => Promise<unknown>> => ({
  get_or_create_collection: () => module.get_or_create_collection(name),
  add: () => module.add(name, { ids: ["x"], documents: ["x"] }),
  query: () => module.query(name, { queryTexts: ["x"] }),
  get: () => module.get(name),
  delete: () => module.delete(name, { ids: ["secret"] }),
  count: () => module.count(name),
  delete_collection: () => module.delete_collection(name),
});

export function ownershipContract(store: Store): void {
  const promised = promisedBy(store);

  promised("callers that use one name have a collection each", async ({ as }) => {
    for (const api of ["alice", "bob", "a/b", "@web"]) {
      const caller = as(api, "ann");
      await caller.get_or_create_collection("texts");
      await caller.add("texts", { ids: ["1"], documents: [api] });
    }
    assert.deepEqual((await as("alice").get("texts")).documents, ["alice"]);
    assert.deepEqual((await as("a/b").get("texts")).documents, ["a/b"]);
    assert.deepEqual((await as("@web", "ann").get("texts")).documents, ["@web"]);
    assert.deepEqual((await as("alice").list_collections()).map(({ name }) => name), ["texts"]);
    assert.deepEqual((await as("@operator").list_collections()).map(({ name }) => name), [
      ...["0ann.texts", "a.b.texts", "alice.texts", "bob.texts"],
    ]);
    assert.deepEqual((await as("@operator").get("a.b.texts")).documents, ["a/b"]);
  });

  promised("what belongs to another caller is refused to every method under every spelling", async ({ as }) => {
    await as("alice/x").get_or_create_collection("texts");
    await as("alice/x").add("texts", { ids: ["secret"], documents: ["the secret"] });
    for (const api of ["bob", "alice", "x", "alice/x/texts", "@alice"]) {
      for (
        const name of [
          "alice.x.texts",
          "x.texts",
          "alice/x.texts",
          "0alice.x.texts",
          "Alice.x.texts",
          "alice.x.texts ",
          "../alice.x.texts",
        ]
      ) {
        for (const [method, use] of Object.entries(uses(as(api, api), name))) {
          // Whose `x.texts` is, may use it; nothing is in it.
          if (api === "x" && name === "x.texts") continue;
          const { code, message } = await faultOf(use);
          assert.match(code, /^(denied|invalid_argument|not_found)$/, `${api} ${method} ${name}: ${code}: ${message}`);
        }
      }
    }
    assert.deepEqual((await as("alice/x").get("texts")).documents, ["the secret"]);
    const { code, message, hint } = await faultOf(() => as("bob").query("alice.x.texts", { queryTexts: ["x"] }));
    assert.deepEqual([code, message], ["denied", "'bob' may not read collection 'alice.x.texts'"]);
    assert.match(hint, /access: \{bob: \{read: \[alice\.x\.texts\]\}\}/);
  });

  promised("access lends a collection for reading, or for writing too, and to nobody else", async ({ as }) => {
    await as("alice").get_or_create_collection("texts");
    await as("alice").add("texts", { ids: ["1", "2"], documents: ["one", "two"] });
    assert.deepEqual((await as("bob").get("alice.texts")).documents, ["one", "two"]);
    assert.deepEqual((await as("bob").list_collections()).map(({ name }) => name), ["alice.texts"]);
    for (const method of ["add", "delete", "get_or_create_collection", "delete_collection"]) {
      const { code, message } = await faultOf(uses(as("bob"), "alice.texts")[method]!);
      assert.deepEqual([code, message], ["denied", "'bob' may not write collection 'alice.texts'"], method);
    }
    assert.deepEqual(await as("carol").add("alice.texts", { ids: ["3"], documents: ["three"] }), { added: 1 });
    assert.equal(await as("carol").count("alice.texts"), 3);
    assert.deepEqual(await as("carol").delete("alice.texts", { ids: ["1"] }), { deleted: 1 });
    const { code, message } = await faultOf(() => as("carol").delete_collection("alice.texts"));
    assert.deepEqual([code, message], ["denied", "'carol' may not delete collection 'alice.texts'"]);
    assert.equal((await faultOf(() => as("dave").count("alice.texts"))).code, "denied");
  }, { access: { bob: { read: ["alice.texts"] }, carol: { write: ["alice.texts"] } } });

  promised("the operator makes a collection under any full name, and lends it", async ({ as }) => {
    await as("@operator").get_or_create_collection("articles");
    await as("@operator").add("articles", { ids: ["1"], documents: ["one"] });
    assert.equal(await as("bob").count("articles"), 1);
    assert.equal(
      (await faultOf(() => as("alice").count("articles"))).message,
      "there is no collection 'alice.articles'",
    );
    assert.equal((await faultOf(() => as("alice", "@operator").count("articles"))).code, "not_found");
    assert.equal((await faultOf(() => as("@web", "@operator").count("articles"))).code, "denied");
  }, { access: { bob: { read: ["articles"] } } });
}

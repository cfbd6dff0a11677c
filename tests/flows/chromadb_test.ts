/** The bridge to Chroma as a host runs it: by the config that ships with a dot, over the service database, and at a real Chroma server. */
import assert from "node:assert/strict";
import { freePort, startChroma } from "../plugins/chromadb/chroma_server.ts";
import { missingChroma } from "../plugins/chromadb/missing_chroma.ts";
import { RunningHost, until } from "./running_host.ts";

const READ_SHIPPED = (path: string) =>
  Deno.readTextFileSync(new URL(`../../configs/services/${path}`, import.meta.url));
const SHIPPED = READ_SHIPPED(".chromadb.yml");

/** Has a vector for each text it is asked for: how many of these letters it has. */
const LETTERS = `
export class Module {
  embed(texts) { return texts.map((text) => [..."aeiou"].map((letter) => text.split(letter).length - 1)); }
}`;
const CALLER = `
export class Module {
  constructor(kernel) { this.chroma = kernel.getApi("chromadb"); }
  async story() {
    await this.chroma.get_or_create_collection("texts", { space: "cosine", metadata: { about: "food" } });
    await this.chroma.add("texts", { ids: ["1", "2"], documents: ["fresh bread", "cold milk"], metadatas: [{ n: 1 }, { n: 2 }] });
    const near = await this.chroma.query("texts", { queryTexts: ["bread"], nResults: 1, include: ["documents", "metadatas"] });
    const got = await this.chroma.call("get", "texts", { where: { n: { $gt: 1 } } });
    const { deleted } = await this.chroma.delete("texts", { ids: ["1"] });
    return { near, got, deleted, count: await this.chroma.count("texts"), all: await this.chroma.list_collections() };
  }
  async again() { return [await this.chroma.count("texts"), await this.chroma.delete_collection("texts")]; }
}`;
const STORY = {
  near: { ids: [["1"]], documents: [["fresh bread"]], metadatas: [[{ n: 1 }]] },
  got: { ids: ["2"], documents: ["cold milk"], metadatas: [{ n: 2 }] },
  deleted: 1,
  count: 1,
  all: [{ name: "texts", metadata: { about: "food" }, space: "cosine" }],
};

/** Until a changed config is followed. */
async function reloaded(host: RunningHost, act: () => Promise<void>): Promise<void> {
  const before = (await host.module("chromadb"))?.pid;
  await act();
  await until(
    async () => {
      const now = await host.module("chromadb");
      return now?.state === "running" && now.pid !== before;
    },
    20_000,
    () => host.stderr,
  );
}

Deno.test({
  name:
    "the shipped config, enabled, keeps collections in the database; with http_mode they are at a real Chroma server",
  async fn(t) {
    const missing = missingChroma() !== undefined;
    await using server = missing ? undefined : await startChroma();
    await using host = await RunningHost.start({
      "configs/services/.chromadb.yml": SHIPPED,
      "configs/services/database.yml": READ_SHIPPED("database.yml"),
      "configs/services/http.yml": READ_SHIPPED("http.yml"),
      "plugins/caller.js": CALLER,
      "configs/caller.yml": "grants: {services: [chromadb]}\n",
      "plugins/letters.js": LETTERS,
      "configs/letters.yml": "",
    });
    const write = (text: string) => host.write({ "configs/services/chromadb.yml": text });
    const at = (port: number) =>
      SHIPPED.replaceAll("8000", String(port)).replace("  http_mode: false", "  http_mode: true");

    await t.step("without a server", async () => {
      assert.equal(await host.module("chromadb"), undefined);
      assert.equal((await host.cli("enable", "chromadb")).code, 0);
      await until(async () => (await host.module("chromadb"))?.state === "running", 20_000, () => host.stderr);
      assert.deepEqual(await host.call("caller", "story"), STORY);
      const tools = await host.json<{ name: string; readOnly: boolean; destructive: boolean }[]>("tools", "chromadb");
      assert.deepEqual(
        tools.map(({ name, readOnly, destructive }) => [name.replace("chromadb_", ""), readOnly, destructive]),
        [
          ["add", false, false],
          ["count", true, false],
          ["delete", false, true],
          ["delete_collection", false, true],
          ["get", true, false],
          ["get_or_create_collection", false, false],
          ["list_collections", true, false],
          ["query", true, false],
        ],
      );
      const params = JSON.stringify({ collection: "caller.texts", queryTexts: ["milk"], nResults: 1 });
      const found = await host.json<{ ids: string[][] }>("call", "chromadb", "query", params, "--aspect", "tool");
      assert.deepEqual(found.ids, [["2"]]);
    });
    await t.step("it outlives a restart of the module", async () => {
      await host.cli("reload", "chromadb");
      assert.deepEqual(await host.call("caller", "again"), [1, { deleted: true }]);
    });
    await t.step({
      name: "with a server",
      ignore: missing,
      fn: async () => {
        await reloaded(host, () => write(at(server!.port)));
        assert.deepEqual(await host.call("caller", "story"), STORY);
        assert.deepEqual(await host.call("chromadb", "count", "caller.texts"), 1);
        assert.deepEqual(await host.call("caller", "again"), [1, { deleted: true }]);
      },
    });
    await t.step({
      name: "with an embedder of one's own",
      ignore: missing,
      fn: async () => {
        const embeds = at(server!.port).replace("services: [database]", "services: [database, letters]")
          .replace("# embedder: inference/local", "embedder: letters");
        await reloaded(host, () => write(embeds));
        await host.call("chromadb", "get_or_create_collection", "by-letters");
        await host.call("chromadb", "add", "by-letters", { ids: ["1"], documents: ["bread and butter"] });
        assert.deepEqual(await host.call("chromadb", "get", "by-letters", { include: ["embeddings"] }), {
          ids: ["1"],
          embeddings: [[2, 2, 0, 0, 1]],
        });
      },
    });
    await t.step("a server that is not there is named, with what to start and whose grant", async () => {
      const port = freePort();
      await reloaded(host, () => write(at(port)));
      const down = await host.fault("call", "caller", "story");
      assert.equal(down.code, "conflict");
      assert.match(down.message, new RegExp(`^the Chroma server at 127.0.0.1:${port} was not reached: `));
      assert.match(down.hint, new RegExp(`start one: chroma run --host 127.0.0.1 --port ${port}; .*http_mode: false`));
      await reloaded(host, () => write(at(port).replace(`net: ["127.0.0.1:${port}"]`, 'net: ["127.0.0.1:1"]')));
      const refused = await host.fault("call", "caller", "story");
      assert.match(refused.message, new RegExp(`'chromadb' may not reach 127.0.0.1:${port}`));
      assert.match(refused.hint, /add to configs\/services\/chromadb\.yml: grants: \{net: \["127\.0\.0\.1:/);
    });
    await t.step("a config that says nonsense is refused, and what ran runs on", async () => {
      await write(at(1).replace("  port: 1\n", "  port: many\n"));
      await until(
        async () => {
          const { out } = await host.cli("status", "chromadb");
          return /port is "many"; allowed: a whole number from 1 to 65535/.test(out);
        },
        20_000,
        () => host.stderr,
      );
    });
  },
});

import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const SOURCE =
  "export class Module { constructor(kernel, config) { this.config = config; } own() { return Object.keys(this.config); } }\n";
const aliases = (count: number) => `base: &base 1\nlist: [${Array(count).fill("*base").join(", ")}]\n`;

/** Configs of `plugins/own.js` that are refused, and what the refusal says; most tricks are below modules/configuration. */
const REFUSED: Record<string, { readonly text: string; readonly says: RegExp }> = {
  huge: { text: `prog: own\nx: "${"y".repeat(300_000)}"\n`, says: /262144/ },
};
/** Strange but allowed: their own keys are data and nothing else. */
const FINE: Record<string, { readonly text: string; readonly own: readonly string[] }> = {
  aliases100: { text: `prog: own\n${aliases(100)}`, own: ["base", "list"] },
  empty_maps: { text: "prog: own\ngrants: {}\nlimits: {}\n", own: [] },
};

Deno.test("a config at its bounds is read, one above them is refused, and what ran keeps running", async () => {
  await underAttack({ "plugins/own.js": SOURCE, "configs/own.yml": "" }, async (attacked) => {
    await attacked.write(Object.fromEntries(
      [...Object.entries(REFUSED), ...Object.entries(FINE)].map(([name, { text }]) => [`configs/${name}.yml`, text]),
    ));
    let events = await attacked.events();
    const told = (name: string) =>
      events.find(({ kind, detail }) =>
        (kind === "config.rejected" || kind === "grant.pending") && detail?.["file"] === `configs/${name}.yml`
      );
    await until(
      async () => (events = await attacked.events()) && Object.keys(REFUSED).every(told),
      8_000,
      () => `these were not refused: ${Object.keys(REFUSED).filter((name) => !told(name)).join(", ")}`,
    );
    const { modules } = await attacked.status();
    for (const [name, { says }] of Object.entries(REFUSED)) {
      const { message = "", detail } = told(name)!;
      assert.match(message, says, name);
      assert.ok(message.startsWith(`configs/${name}.yml:`), message);
      if (name !== "huge") assert.equal(typeof detail?.["line"], "number", `${name} has no line`);
      const listed = modules.find(({ config }) => config === `configs/${name}.yml`);
      assert.ok(listed === undefined || (listed.state === "failed" && listed.pid === null), name);
    }
    for (const [name, { own }] of Object.entries(FINE)) {
      await attacked.reaches(name, ["running"]);
      assert.deepEqual(await attacked.call(name, "own"), own);
    }
    assert.ok((await attacked.module("own")).state === "running");
  });
});

Deno.test("a config that claims an api twice, a shipped name with a source of the home, or files by links gets nothing by it", async () => {
  await underAttack(
    { "plugins/own.js": SOURCE, "configs/first.yml": "prog: own\napi: claimed\n" },
    async (attacked) => {
      const { home } = attacked;
      const elsewhere = await Deno.makeTempDir();
      await Deno.writeTextFile(`${elsewhere}/linked.yml`, "prog: own\n");
      await Deno.symlink(elsewhere, `${home}/configs/linked_folder`);
      await Deno.symlink(`${elsewhere}/linked.yml`, `${home}/configs/linked_file.yml`);
      await Deno.symlink(".", `${home}/configs/circle`);
      const stolen = "import { DatabaseSync } from 'node:sqlite';\n" + SOURCE + "console.log(DatabaseSync);\n";
      const pid = (await attacked.module("claimed")).pid;
      await attacked.write({
        "configs/second.yml": "prog: own\napi: claimed\n",
        // A shipped module's name, and all that it may ask for, with a source of one's own.
        "plugins/services/database/mod.ts": stolen,
        "configs/services/database.yml":
          "api: database\ngrants: {builtins: ['node:sqlite'], folders: [{path: runtime/files/database, mode: rw}]}\n",
        "configs/package.yml": "prog: own\ngrants: {packages: [left-pad]}\n",
      });
      await until(
        async () => (await attacked.events("claimed")).some(({ kind }) => kind === "config.rejected"),
        5_000,
        () => "the second claim was not refused",
      );
      assert.equal((await attacked.module("claimed")).pid, pid, "what ran was touched");
      const kinds = ["config.rejected", "grant.pending"];
      const refused = (await attacked.events()).filter(({ kind }) => kinds.includes(kind)).map(({ message }) =>
        message
      );
      const outside =
        "found a symlink that leads outside configs/, allowed: symlinks to files and folders below configs/";
      for (const link of ["circle", "linked_folder", "linked_file.yml"]) {
        assert.ok(refused.includes(`configs/${link}: ${outside}`), `${link}: ${refused.join("\n")}`);
      }
      assert.ok(refused.includes(
        "configs/second.yml:2: api: found 'claimed', which configs/first.yml claims too, allowed: one file for each api",
      ));
      assert.ok(
        refused.some((message) =>
          message?.includes("found builtins: node:sqlite for 'database', whose source is local")
        ),
      );
      assert.equal((await attacked.module("database")).state, "failed");
      const { reason } = await attacked.reaches("package", ["failed"]);
      assert.equal(reason, "the program brings no package 'left-pad'");
      await Deno.remove(elsewhere, { recursive: true });
    },
  );
});

Deno.test("2,000 configs and one more: read in time, refused beyond the bound, and the neighbour is served on", async () => {
  await underAttack({ "plugins/own.js": SOURCE }, async (attacked) => {
    await attacked.write(Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [`configs/many/m${i}.yml`, "prog: nowhere\n"]),
    ));
    await until(
      async () => (await attacked.events()).some(({ message }) => message?.includes("more than 2000 files")),
      10_000,
      () => "nothing was refused",
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  });
});

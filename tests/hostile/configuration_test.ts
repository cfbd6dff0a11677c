import assert from "node:assert/strict";
import { underAttack, until } from "./neighbour.ts";

const SOURCE =
  "export class Module { constructor(kernel, config) { this.config = config; } own() { return Object.keys(this.config); } }\n";
const bomb = () => {
  let text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (let i = 1; i < 12; i++) text += `a${i}: &a${i} [${Array(9).fill(`*a${i - 1}`).join(", ")}]\n`;
  return text;
};
const aliases = (count: number) => `base: &base 1\nlist: [${Array(count).fill("*base").join(", ")}]\n`;

/** Configs of `plugins/own.js` that are refused, and what the refusal says. */
const REFUSED: Record<string, { readonly text: string; readonly says: RegExp }> = {
  bomb: { text: `prog: own\n${bomb()}`, says: /alias/i },
  aliases101: { text: `prog: own\n${aliases(101)}`, says: /100 aliases/ },
  huge: { text: `prog: own\nx: "${"y".repeat(300_000)}"\n`, says: /262144/ },
  broken: { text: "prog: [own\n", says: /./ },
  tagged: { text: "prog: !!js/function 'function () {}'\n", says: /tag|prog/i },
  two_documents: { text: "prog: own\n---\nprog: own\n", says: /document/i },
  list: { text: "- own\n", says: /map/i },
  text: { text: "just text\n", says: /map/i },
  duplicate: { text: "prog: own\nprog: own\n", says: /prog|duplicate|unique/i },
  climbs: { text: "prog: ../../etc/passwd\n", says: /prog/ },
  climbs2: { text: "prog: own/../../own\n", says: /prog/ },
  absolute: { text: "prog: /etc/passwd\n", says: /prog/ },
  dotted: { text: "prog: .hidden\n", says: /prog/ },
  nul: { text: 'prog: "own\\0"\n', says: /prog/ },
  api_climbs: { text: "prog: own\napi: ../x\n", says: /api/ },
  api_operator: { text: "prog: own\napi: '@operator'\n", says: /api/ },
  api_kernel: { text: "prog: own\napi: '@kernel'\n", says: /api/ },
  api_proto: { text: "prog: own\napi: __proto__\n", says: /api/ },
  api_escape: { text: 'prog: own\napi: "a\\e[2Jb"\n', says: /api/ },
  unknown_grant: { text: "prog: own\ngrants: {run: true}\n", says: /'?run'?/ },
  unknown_limit: { text: "prog: own\nlimits: {memory: 5}\n", says: /memory/ },
  proto_grant: { text: "prog: own\ngrants: {__proto__: {builtins: [files]}}\n", says: /__proto__/ },
  proto_limit: { text: "prog: own\nlimits: {__proto__: {memory_mb: 5000}}\n", says: /__proto__/ },
  zero: { text: "prog: own\nlimits: {memory_mb: 0}\n", says: /memory_mb/ },
  negative: { text: "prog: own\nlimits: {call_depth: -1}\n", says: /call_depth/ },
  infinite: { text: "prog: own\nlimits: {liveness_ms: .inf}\n", says: /liveness_ms/ },
  text_limit: { text: "prog: own\nlimits: {liveness_ms: '5'}\n", says: /liveness_ms/ },
  unknown_builtin: { text: "prog: own\ngrants: {builtins: ['node:fs']}\n", says: /node:fs/ },
  builtin: { text: "prog: own\ngrants: {builtins: ['node:sqlite']}\n", says: /builtins/ },
  files: { text: "prog: own\ngrants: {builtins: [files]}\n", says: /builtins/ },
  folders: { text: "prog: own\ngrants: {folders: [{path: runtime/files/x, mode: rw}]}\n", says: /folders/ },
  folder_climbs: { text: "prog: own\ngrants: {folders: [{path: ../x, mode: r}]}\n", says: /folders|\.\./ },
  folder_comma: { text: "prog: own\ngrants: {folders: [{path: 'a,b', mode: r}]}\n", says: /folders|,/ },
  listen: { text: "prog: own\ngrants: {listen: ['127.0.0.1:7777']}\n", says: /listen/ },
  kernel_grant: { text: "prog: own\ngrants: {kernel: [stop]}\n", says: /stop/ },
  prompt: { text: "prog: own\ngrants: {prompts: [../configs/meta.yml]}\n", says: /prompt/ },
  secret: { text: "prog: own\ngrants: {secrets: ['A=B']}\n", says: /secret/ },
  net: { text: "prog: own\ngrants: {net: ['example.com/../x:80']}\n", says: /net/ },
  restart: { text: "prog: own\nrestart: {max: 1.5, window_s: 60}\n", says: /restart/ },
  start: { text: "prog: own\nstart: never\n", says: /start/ },
  cell: { text: "prog: own\ncell: ../x\n", says: /cell/ },
  cell_vet: { text: "prog: own\ncell: '@vet'\n", says: /cell/ },
};
/** Strange but allowed: their own keys are data and nothing else. */
const FINE: Record<string, { readonly text: string; readonly own: readonly string[] }> = {
  aliases100: { text: `prog: own\n${aliases(100)}`, own: ["base", "list"] },
  proto_own: {
    text: "prog: own\n__proto__: {polluted: true}\nconstructor: 5\ntoString: 6\n",
    own: ["__proto__", "constructor", "toString"],
  },
  empty_maps: { text: "prog: own\ngrants: {}\nlimits: {}\n", own: [] },
};

Deno.test("a tricky config is refused with its file and what is allowed, what ran keeps running, and nothing is granted", async () => {
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

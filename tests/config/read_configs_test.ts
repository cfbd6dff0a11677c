import assert from "node:assert/strict";
import { SOURCES } from "../../kernel/contract/limits.ts";
import { type ConfigCache, readConfigs } from "../../kernel/config/read_configs.ts";
import { realFiles, withHome, writeFiles } from "./real_files.ts";

const read = (home: string) => readConfigs(realFiles(), home, new Map());
const names = ({ texts }: { texts: readonly { file: string }[] }) => texts.map(({ file }) => file);

Deno.test("readConfigs reads .yml and .yaml below configs, by name, relative to the home", async () => {
  await withHome(
    { "configs/b.yaml": "b: 1", "configs/s/t/a.yml": "a: 1", "configs/x.json": "", "other/c.yml": "" },
    async (home) => {
      const { texts, rejected } = await read(home);
      assert.deepEqual(texts.map(({ file, text }) => [file, text]), [["configs/b.yaml", "b: 1"], [
        "configs/s/t/a.yml",
        "a: 1",
      ]]);
      assert.deepEqual(rejected, []);
      assert.deepEqual(Object.keys(texts[0]!.facts).toSorted(), ["inode", "mtime_ms", "size"]);
    },
  );
});

Deno.test("readConfigs gives nothing for a home without configs", async () => {
  await withHome({}, async (home) => assert.deepEqual(await read(home), { texts: [], rejected: [] }));
});

Deno.test("readConfigs passes over what begins with a dot", async () => {
  await withHome(
    { "configs/.a.yml": "", "configs/.git/b.yml": "", "configs/s/.c.yaml": "", "configs/d.yml": "" },
    async (home) => {
      assert.deepEqual(names(await read(home)), ["configs/d.yml"]);
    },
  );
});

Deno.test("readConfigs lists files with a dot when asked to, folders with a dot never", async () => {
  await withHome({ "configs/s/.a.yml": "", "configs/.git/b.yml": "", "configs/.meta.yml": "" }, async (home) => {
    assert.deepEqual(names(await readConfigs(realFiles(), home, new Map(), { dotted: "list" })), ["configs/s/.a.yml"]);
  });
});

Deno.test("readConfigs passes over principals, lock, personas and meta files of the top folder only", async () => {
  const top = [
    "principals.yml",
    "plugins.lock",
    "personas/p.yml",
    "meta.yml",
    "meta.yaml",
    "meta-v2.yml",
    "meta-v1.10.yaml",
  ];
  const kept = ["meta-x.yml", "metal.yml", "s/meta-v2.yml", "s/meta.yml", "s/principals.yml"];
  await withHome(Object.fromEntries([...top, ...kept].map((file) => [`configs/${file}`, ""])), async (home) => {
    assert.deepEqual(names(await read(home)), kept.map((file) => `configs/${file}`));
  });
});

Deno.test("readConfigs refuses symlinks that lead outside configs, by name", async () => {
  await withHome({ "configs/a.yml": "", "out/b.yml": "b: 1", "configs-2/c.yml": "" }, async (home) => {
    await Deno.symlink(`${home}/out`, `${home}/configs/folder`);
    await Deno.symlink("../out/b.yml", `${home}/configs/file.yml`);
    await Deno.symlink("../configs-2/c.yml", `${home}/configs/sibling.yml`);
    await Deno.symlink("nowhere", `${home}/configs/dangling.yml`);
    const { texts, rejected } = await read(home);
    assert.deepEqual(texts.map(({ file }) => file), ["configs/a.yml"]);
    const rest = "allowed: symlinks to files and folders below configs/";
    assert.deepEqual(rejected.map(({ fault }) => `${fault.code} ${fault.message}`), [
      `config_invalid configs/dangling.yml: found a symlink that leads nowhere, ${rest}`,
      `config_invalid configs/file.yml: found a symlink that leads outside configs/, ${rest}`,
      `config_invalid configs/folder: found a symlink that leads outside configs/, ${rest}`,
      `config_invalid configs/sibling.yml: found a symlink that leads outside configs/, ${rest}`,
    ]);
    assert.deepEqual(rejected.map(({ api }) => api), [undefined, undefined, undefined, undefined]);
  });
});

Deno.test("readConfigs refuses a configs folder that is itself a symlink", async () => {
  await withHome({ "elsewhere/a.yml": "" }, async (home) => {
    await Deno.symlink("elsewhere", `${home}/configs`);
    const { texts, rejected } = await read(home);
    assert.deepEqual([texts.length, rejected.map(({ file }) => file)], [0, ["configs"]]);
  });
});

Deno.test("readConfigs follows symlinks that stay below configs, and ends in a circle", async () => {
  await withHome({ "configs/s/a.yml": "a: 1" }, async (home) => {
    await Deno.symlink("s/a.yml", `${home}/configs/b.yml`);
    await Deno.symlink("../s", `${home}/configs/s/round`);
    const { texts, rejected } = await read(home);
    assert.deepEqual(texts.map(({ file, text }) => [file, text]), [["configs/b.yml", "a: 1"], [
      "configs/s/a.yml",
      "a: 1",
    ]]);
    assert.deepEqual(rejected.map(({ fault }) => fault.message), [
      "configs/s/round: found a symlink to a folder that holds it, allowed: symlinks to files and folders below configs/",
    ]);
  });
});

Deno.test("readConfigs allows the largest file and refuses the next byte", async () => {
  const comment = (bytes: number) => `#${"x".repeat(bytes - 1)}`;
  const most = SOURCES.config_bytes;
  await withHome({ "configs/a.yml": comment(most), "configs/b.yml": comment(most + 1) }, async (home) => {
    const { texts, rejected } = await read(home);
    assert.deepEqual(texts.map(({ file }) => file), ["configs/a.yml"]);
    assert.deepEqual(rejected.map(({ fault }) => fault.message), [
      `configs/b.yml: found ${most + 1} bytes, allowed: at most ${most}`,
    ]);
  });
});

Deno.test("readConfigs allows as many files as the bound and refuses the folder with the next", async () => {
  const files = Object.fromEntries(Array.from({ length: SOURCES.configs }, (_, i) => [`configs/a${i}.yml`, ""]));
  await withHome(files, async (home) => {
    const allowed = await read(home);
    assert.deepEqual([allowed.texts.length, allowed.rejected.length], [SOURCES.configs, 0]);
    await writeFiles(home, { "configs/b.yml": "" });
    const { rejected } = await read(home);
    assert.deepEqual(rejected.map(({ file, fault }) => [file, fault.message]), [
      ["configs", `configs: found more than ${SOURCES.configs} files and folders, allowed: ${SOURCES.configs}`],
    ]);
  });
});

Deno.test("readConfigs reads again only what changed by size, mtime or inode", async () => {
  await withHome({ "configs/a.yml": "a: 1", "configs/b.yml": "b: 1" }, async (home) => {
    const reads: string[] = [];
    const files = realFiles(reads);
    const cache: ConfigCache = new Map();
    const look = async (options = {}) => {
      reads.length = 0;
      const { texts } = await readConfigs(files, home, cache, options);
      return [texts.map(({ text }) => text), reads.map((path) => path.slice(home.length + 1))];
    };
    assert.deepEqual(await look(), [["a: 1", "b: 1"], ["configs/a.yml", "configs/b.yml"]]);
    assert.deepEqual(await look(), [["a: 1", "b: 1"], []]);
    const { mtime } = await Deno.stat(`${home}/configs/a.yml`);
    await writeFiles(home, { "configs/.new": "a: 2" });
    await Deno.utime(`${home}/configs/.new`, mtime!, mtime!);
    await Deno.rename(`${home}/configs/.new`, `${home}/configs/a.yml`);
    assert.deepEqual(await look(), [["a: 2", "b: 1"], ["configs/a.yml"]]);
    const before = (await Deno.stat(`${home}/configs/b.yml`)).mtime!;
    await Deno.writeTextFile(`${home}/configs/b.yml`, "b: 2");
    await Deno.utime(`${home}/configs/b.yml`, before, before);
    assert.deepEqual(await look(), [["a: 2", "b: 1"], []]);
    assert.deepEqual(await look({ hash_all: true }), [["a: 2", "b: 2"], ["configs/a.yml", "configs/b.yml"]]);
    await Deno.remove(`${home}/configs/a.yml`);
    assert.deepEqual(await look(), [["b: 2"], []]);
    assert.deepEqual([...cache.keys()], ["configs/b.yml"]);
  });
});

Deno.test("readConfigs refuses by name what the system will not let it read, and reads the rest", async () => {
  await withHome({ "configs/a.yml": "a: 1", "configs/b.yml": "b: 1", "configs/s/c.yml": "" }, async (home) => {
    const files = realFiles();
    const denied = (path: string) => Promise.reject(new Error(`Permission denied: ${path.slice(home.length)}`));
    const { texts, rejected } = await readConfigs(
      {
        ...files,
        readText: (path, most) => path.endsWith("a.yml") ? denied(path) : files.readText(path, most),
        list: (path) => path.endsWith("/s") ? denied(path) : files.list(path),
      },
      home,
      new Map(),
    );
    assert.deepEqual(texts.map(({ file }) => file), ["configs/b.yml"]);
    assert.deepEqual(rejected.map(({ fault }) => fault.message), [
      "configs/s: cannot be read: Permission denied: /configs/s",
      "configs/a.yml: cannot be read: Permission denied: /configs/a.yml",
    ]);
  });
});

Deno.test("readConfigs refuses a configs folder that the system will not let it look at", async () => {
  const files = { ...realFiles(), lstat: () => Promise.reject(new Error("Permission denied")) };
  const { texts, rejected } = await readConfigs(files, "/nowhere", new Map());
  assert.deepEqual([texts, rejected.map(({ fault }) => fault.message)], [[], [
    "configs: cannot be read: Permission denied",
  ]]);
});

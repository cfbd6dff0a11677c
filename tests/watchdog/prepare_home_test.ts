import assert from "node:assert/strict";
import { prepareHome } from "../../kernel/watchdog/prepare_home.ts";

const SURROUNDINGS = { variables: new Map<string, string>(), cell_env: {}, kernel_env: {}, uid: Deno.uid()! };

async function withFolder(then: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await then(folder);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("prepareHome refuses a home that is not there and one that is a file, and says what would work", () =>
  withFolder(async (folder) => {
    Deno.writeTextFileSync(`${folder}/file`, "");
    for (const home of [`${folder}/none`, `${folder}/file`, `${folder}/file/below`]) {
      const prepared = await prepareHome({ home, program: folder }, SURROUNDINGS);
      assert.ok(!prepared.ok);
      assert.equal(prepared.fault.message, `Cannot start meta-machine: '${home}' is not a folder`);
      assert.equal(prepared.fault.hint, "create it, or name another one with --home");
    }
  }));

Deno.test("prepareHome makes the folders of a home for its user alone and resolves symlinks on the way to it", () =>
  withFolder(async (folder) => {
    Deno.mkdirSync(`${folder}/real`);
    Deno.symlinkSync(`${folder}/real`, `${folder}/link`);
    const prepared = await prepareHome({ home: `${folder}/link`, program: folder }, SURROUNDINGS);
    assert.ok(prepared.ok);
    const { places, lock } = prepared.value;
    assert.equal(places.home, `${folder}/real`);
    assert.equal(places.entry, `${folder}/kernel/roles`);
    assert.match(places.bundler_wasm, /\/@rollup\/browser\/dist\/es\/bindings_wasm_bg\.wasm$/);
    assert.ok(Deno.statSync(places.bundler_wasm).isFile);
    for (const name of ["run", "logs", "cache", "image", "files"]) {
      assert.equal(Deno.statSync(`${folder}/real/runtime/${name}`).mode! & 0o777, 0o700, name);
    }
    lock.release();
  }));

Deno.test("prepareHome gives the lock back when there is no place for sockets", () =>
  withFolder(async (folder) => {
    const home = `${folder}/${"deep/".repeat(20)}home`;
    Deno.mkdirSync(home, { recursive: true });
    const xdg = await Deno.realPath(await Deno.makeTempDir({ prefix: "x" }));
    const variables = new Map([["XDG_RUNTIME_DIR", xdg]]);
    const first = await prepareHome({ home, program: folder }, { ...SURROUNDINGS, variables });
    assert.ok(first.ok);
    first.value.lock.release();
    Deno.removeSync(first.value.places.run);
    Deno.symlinkSync("/", first.value.places.run);
    const second = await prepareHome({ home, program: folder }, { ...SURROUNDINGS, variables });
    assert.ok(!second.ok);
    assert.match(second.fault.message, /for sockets: it is not a folder$/);
    Deno.removeSync(first.value.places.run);
    const third = await prepareHome({ home, program: folder }, { ...SURROUNDINGS, variables });
    assert.ok(third.ok);
    third.value.lock.release();
    await Deno.remove(xdg, { recursive: true });
  }));

/** How sockets and locks behave in the file system. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

async function gone(path: string): Promise<boolean> {
  for (let times = 0; times < 100; times++) {
    if (!await Deno.lstat(path).catch(() => undefined)) return true;
    await new Promise((then) => setTimeout(then, 10));
  }
  return false;
}

Deno.test("closing a listener removes the path it was opened with, and only that", () =>
  withFolder(async (folder) => {
    const [own, published] = [`${folder}/k.1.sock`, `${folder}/k.sock`];
    const listener = Deno.listen({ transport: "unix", path: own });
    Deno.linkSync(own, `${folder}/step`);
    Deno.renameSync(`${folder}/step`, published);
    (await Deno.connect({ transport: "unix", path: published })).close();
    listener.close();
    assert.equal(await gone(own), true);
    assert.ok(Deno.lstatSync(published).isSocket);
    await assert.rejects(Deno.connect({ transport: "unix", path: published }), Deno.errors.ConnectionRefused);
  }));

Deno.test("a listener opened with the published path would remove its successor's", () =>
  withFolder(async (folder) => {
    const published = `${folder}/k.sock`;
    const old = Deno.listen({ transport: "unix", path: published });
    const next = Deno.listen({ transport: "unix", path: `${folder}/k.2.sock` });
    Deno.linkSync(`${folder}/k.2.sock`, `${folder}/step`);
    Deno.renameSync(`${folder}/step`, published);
    old.close();
    assert.equal(await gone(published), true);
    next.close();
  }));

Deno.test("a socket that a killed process left is in the way until it is removed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/k.sock`;
    const code = `Deno.listen({ transport: "unix", path: "${path}" }); Deno.kill(Deno.pid, "SIGKILL");`;
    await runSnippet({ flags: ["-A"], code, folder });
    assert.throws(() => Deno.listen({ transport: "unix", path }), Deno.errors.AddrInUse);
    Deno.removeSync(path);
    Deno.listen({ transport: "unix", path }).close();
  }));

Deno.test("a socket's path of 100 bytes works, one of 110 does not", () =>
  withFolder((folder) => {
    const path = (bytes: number) => `${folder}/`.padEnd(bytes, "s");
    Deno.listen({ transport: "unix", path: path(100) }).close();
    assert.throws(() => Deno.listen({ transport: "unix", path: path(110) }), /SUN_LEN/);
    return Promise.resolve();
  }));

Deno.test("an advisory lock is freed by the system when its holder is killed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/lock`;
    await Deno.writeTextFile(
      `${folder}/holder.ts`,
      `const file = Deno.openSync("${path}", { read: true, write: true, create: true });
       console.log(file.tryLockSync(true)); setInterval(() => {}, 1_000);`,
    );
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-config", `${folder}/holder.ts`],
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    using file = Deno.openSync(path, { read: true, write: true });
    assert.equal(file.tryLockSync(true), false);
    assert.equal(file.tryLockSync(false), false);
    holder.kill("SIGKILL");
    await holder.status;
    assert.equal(file.tryLockSync(true), true);
    await reader.cancel();
  }));

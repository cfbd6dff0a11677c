import assert from "node:assert/strict";
import { chooseRunFolder, clearSockets, makeRunFolder, SOCKET_PATH_BYTES } from "../../kernel/watchdog/run_folder.ts";

const UID = Deno.uid()!;
const FACTS = { xdg_runtime_dir: "/run/user/7", uid: 7, home_hash: "0123456789abcdef" };
const LONGEST = SOCKET_PATH_BYTES - "/runtime/run/k.9999999999.sock".length;

Deno.test("chooseRunFolder stays in a home whose socket paths fit and leaves one that is a byte longer", () => {
  const home = "/" + "h".repeat(LONGEST - 1);
  assert.equal(chooseRunFolder({ ...FACTS, home }), `${home}/runtime/run`);
  assert.equal(chooseRunFolder({ ...FACTS, home: home + "h" }), "/run/user/7/meta-machine-0123456789abcdef");
});

Deno.test("chooseRunFolder counts bytes, not characters", () => {
  const home = "/" + "ü".repeat(LONGEST / 2);
  assert.equal(chooseRunFolder({ ...FACTS, home }), "/run/user/7/meta-machine-0123456789abcdef");
});

Deno.test("chooseRunFolder goes to /tmp without a usable XDG_RUNTIME_DIR", () => {
  const home = "/" + "h".repeat(200);
  for (const xdg_runtime_dir of [undefined, "", "relative", "/" + "x".repeat(200)]) {
    assert.equal(chooseRunFolder({ ...FACTS, home, xdg_runtime_dir }), "/tmp/meta-machine-7-0123456789abcdef");
  }
});

Deno.test("makeRunFolder makes a folder 0700 and narrows one that is wider", async () => {
  const base = await Deno.realPath(await Deno.makeTempDir());
  assert.deepEqual(makeRunFolder(`${base}/a/run`, UID), { ok: true, value: `${base}/a/run` });
  Deno.chmodSync(`${base}/a/run`, 0o755);
  assert.equal(makeRunFolder(`${base}/a/run`, UID).ok, true);
  assert.equal(Deno.statSync(`${base}/a/run`).mode! & 0o777, 0o700);
  await Deno.remove(base, { recursive: true });
});

Deno.test("makeRunFolder refuses a symlink, a file and a folder of somebody else", async () => {
  const base = await Deno.realPath(await Deno.makeTempDir());
  Deno.mkdirSync(`${base}/real`);
  Deno.symlinkSync(`${base}/real`, `${base}/link`);
  Deno.writeTextFileSync(`${base}/file`, "");
  const refusals = [
    makeRunFolder(`${base}/link`, UID),
    makeRunFolder(`${base}/file`, UID),
    makeRunFolder(`${base}/real`, UID + 1),
  ].map((result) => result.ok ? "" : result.fault.message);
  assert.match(refusals[0]!, /link for sockets: it is not a folder$/);
  assert.match(refusals[1]!, /^Cannot use .*file for sockets: /);
  assert.match(refusals[2]!, new RegExp(`real for sockets: it belongs to user ${UID}$`));
  await Deno.remove(base, { recursive: true });
});

Deno.test("clearSockets removes the host's sockets and nothing else", async () => {
  const base = await Deno.makeTempDir();
  const [ours, others] = [["k.1.sock", "c.22.sock", "k.sock", "control.sock", "k.3.sock.new"], [
    "epoch",
    "lock",
    "x.sock",
  ]];
  for (const name of [...ours, ...others]) Deno.writeTextFileSync(`${base}/${name}`, "");
  clearSockets(base);
  assert.deepEqual([...Deno.readDirSync(base)].map(({ name }) => name).sort(), others);
  await Deno.remove(base, { recursive: true });
});

import assert from "node:assert/strict";
import { homeRights } from "../../kernel/config/home_rights.ts";

const check = (mode: number, uid = 1000) => homeRights([{ path: "/h", facts: { mode, uid } }], 1000);

Deno.test("homeRights accepts folders that only their owner may write", () => {
  for (const mode of [0o755, 0o700, 0o40755, 0o555]) assert.equal(check(mode), undefined);
  assert.equal(homeRights([{ path: "/h", facts: undefined }], 1000), undefined);
});

Deno.test("homeRights refuses a folder that group or others may write, and says what to do", () => {
  for (
    const [mode, shown] of [[0o775, "0775"], [0o757, "0757"], [0o41777, "1777"], [0o720, "0720"], [
      0o702,
      "0702",
    ]] as const
  ) {
    const fault = check(mode);
    assert.equal(fault?.code, "config_invalid");
    assert.equal(fault?.message, `/h: found mode ${shown}, allowed: a folder that only its owner may write`);
    assert.equal(fault?.hint, "chmod go-w /h");
  }
});

Deno.test("homeRights refuses a folder of another user, but root's", () => {
  assert.equal(check(0o755, 0), undefined);
  const fault = check(0o755, 1001);
  assert.equal(fault?.message, "/h: found owner 1001, allowed: your own user (1000) or root");
  assert.equal(fault?.hint, "chown 1000 /h");
});

Deno.test("homeRights names the first bad folder of several", () => {
  const facts = (mode: number) => ({ mode, uid: 1000 });
  const fault = homeRights([{ path: "/h", facts: facts(0o755) }, { path: "/h/configs", facts: facts(0o777) }], 1000);
  assert.match(fault!.message, /^\/h\/configs: /);
});

Deno.test("homeRights reads the mode of a real folder", async () => {
  const path = await Deno.makeTempDir();
  try {
    const look = async () => {
      const { mode, uid } = await Deno.stat(path);
      return homeRights([{ path, facts: { mode: mode!, uid: uid! } }], Deno.uid()!);
    };
    assert.equal(await look(), undefined);
    await Deno.chmod(path, 0o770);
    assert.match((await look())!.message, /found mode 0770/);
  } finally {
    await Deno.remove(path);
  }
});

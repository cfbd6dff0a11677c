import assert from "node:assert/strict";
import { faultOf } from "../../scripted_kernel.ts";
import { withHost } from "./with_host.ts";

Deno.test("a symlink counts as where it leads: out of one's own folder it is denied, inside it is followed", () =>
  withHost({}, async ({ as, home }) => {
    const own = `${home}/runtime/files/mallory`;
    await as("mallory").write_file("inner/x", "mine");
    const links = {
      to_bob: "../bob",
      to_secret: "../bob/secret",
      to_etc: "/etc",
      to_passwd: "/etc/passwd",
      to_home: "../../..",
      to_principals: "../../../configs/principals.yml",
    };
    for (const [name, target] of Object.entries(links)) Deno.symlinkSync(target, `${own}/${name}`);
    Deno.symlinkSync("inner", `${own}/to_inner`);
    Deno.symlinkSync("../bob/fresh", `${own}/dangling`);
    Deno.symlinkSync("loop", `${own}/loop`);
    for (
      const path of [
        "to_bob/secret",
        "to_secret",
        "to_etc/hostname",
        "to_passwd",
        "to_home/docs/open.md",
        "to_principals",
        "to_bob",
        "to_etc",
      ]
    ) {
      for (const method of ["read_file", "list", "stat"] as const) {
        assert.equal((await faultOf(() => as("mallory")[method](path))).code, "denied", `${method} ${path}`);
      }
      assert.equal((await faultOf(() => as("mallory").write_file(path, "x"))).code, "denied", path);
    }
    assert.equal((await faultOf(() => as("mallory").write_file("to_bob/fresh", "x"))).code, "denied");
    assert.equal((await faultOf(() => as("mallory").delete("to_bob/secret"))).code, "denied");
    assert.deepEqual(await as("mallory").read_file("to_inner/x"), { content: "mine" });
    await faultOf(() => as("mallory").read_file("loop"));
    // Writing through a link that leads nowhere replaces the link; deleting a link deletes the link.
    await as("mallory").write_file("dangling", "x");
    assert.throws(() => Deno.statSync(`${home}/runtime/files/bob/fresh`), Deno.errors.NotFound);
    assert.deepEqual(await as("mallory").delete("to_secret"), { deleted: true });
  }));

Deno.test("a linked home folder does not open the host's files to the operator's service", () =>
  withHost({}, async ({ as, home }) => {
    for (const [name, target] of [["a", "configs"], ["b", "runtime/run"], ["c", "/etc"], ["d", ".git"]] as const) {
      Deno.symlinkSync(target.startsWith("/") ? target : `${home}/${target}`, `${home}/docs/${name}`);
    }
    for (const path of ["docs/a/principals.yml", "docs/b/address", "docs/c/passwd", "docs/d/config"]) {
      assert.equal((await faultOf(() => as("@operator").read_file(path))).code, "denied", path);
    }
    assert.equal((await faultOf(() => as("@operator").write_file("docs/a/x.yml", "x"))).code, "denied");
    assert.equal((await faultOf(() => as("@operator").delete("docs/a/meta.yml"))).code, "denied");
  }));

import assert from "node:assert/strict";
import { checkHome } from "../../kernel/cli/check_home.ts";
import { checkHost } from "../../kernel/cli/check_host.ts";
import { checkProgram, libraryVersions, neededPackages, packageFolder } from "../../kernel/cli/check_program.ts";
import { checkRunFolder } from "../../kernel/cli/check_run_folder.ts";
import { checkDeno, checkDisk, checkPlatform } from "../../kernel/cli/check_runtime.ts";
import { renderFindings } from "../../kernel/cli/doctor.ts";
import type { Finding } from "../../kernel/cli/doctor_finding.ts";
import { ok } from "../../kernel/contract/fault.ts";
import { aModule } from "./a_module.ts";
import { runProgram, withHome, withHost } from "./scripted_host.ts";

function stateOf(findings: readonly Finding[], name: string): string | undefined {
  return findings.find((finding) => finding.name === name)?.state;
}

Deno.test("checkDeno is content with the wanted version, wary of a newer one and refuses an older one", () => {
  assert.deepEqual(["2.9.6", "2.9.7", "3.0.0", "2.9.5"].map((version) => checkDeno(version).state), [
    "ok",
    "warn",
    "warn",
    "fail",
  ]);
});

Deno.test("checkPlatform refuses what is neither Linux nor macOS", () => {
  assert.deepEqual(["linux", "darwin", "windows", "freebsd"].map((os) => checkPlatform(os, "x").state), [
    "ok",
    "ok",
    "fail",
    "fail",
  ]);
});

Deno.test("checkDisk warns below a GiB and fails below 64 MiB", () => {
  const at = (free_bytes: number) => checkDisk({ free_bytes, total_bytes: 2 ** 40 }).state;
  assert.deepEqual([2 ** 30, 2 ** 30 - 1, 2 ** 26, 2 ** 26 - 1].map(at), ["ok", "warn", "warn", "fail"]);
});

Deno.test("checkHome says that a home is not there yet, or is no folder", () =>
  withHome(async (folder) => {
    assert.equal(stateOf(await checkHome(`${folder}/no`), "home"), "warn");
    await Deno.writeTextFile(`${folder}/file`, "");
    assert.equal(stateOf(await checkHome(`${folder}/file`), "home"), "fail");
  }));

Deno.test("checkHome refuses a folder, however deep, that others may write, and names it", () =>
  withHome(async (home) => {
    await Deno.mkdir(`${home}/configs/tasks`, { recursive: true });
    await Deno.chmod(`${home}/configs/tasks`, 0o755);
    assert.equal(stateOf(await checkHome(home), "rights"), "ok");
    await Deno.chmod(`${home}/configs/tasks`, 0o757);
    const finding = (await checkHome(home)).find(({ name }) => name === "rights")!;
    assert.equal(finding.state, "fail");
    assert.match(finding.found, /configs\/tasks: found mode 0757/);
    assert.ok(finding.state === "fail" && finding.mend === `chmod go-w ${home}/configs/tasks`);
  }));

Deno.test("checkHome leaves nothing behind where it tried to write", () =>
  withHome(async (home) => {
    await Deno.mkdir(`${home}/configs`);
    assert.equal(stateOf(await checkHome(home), "writable"), "ok");
    assert.deepEqual([...Deno.readDirSync(home)].map(({ name }) => name), ["configs"]);
    assert.deepEqual([...Deno.readDirSync(`${home}/configs`)], []);
  }));

Deno.test("checkRunFolder refuses a folder that others may enter", () =>
  withHome(async (home) => {
    assert.equal((await checkRunFolder(home)).state, "ok");
    await Deno.mkdir(`${home}/runtime/run`, { recursive: true });
    await Deno.chmod(`${home}/runtime/run`, 0o750);
    assert.equal((await checkRunFolder(home)).state, "fail");
    await Deno.chmod(`${home}/runtime/run`, 0o700);
    assert.equal((await checkRunFolder(home)).state, "ok");
  }));

Deno.test("checkRunFolder says where sockets go when the home is too deep", async () => {
  assert.match(
    (await checkRunFolder(`/${"x".repeat(200)}`)).found,
    /too deep for sockets .* \$XDG_RUNTIME_DIR or \/tmp/,
  );
});

Deno.test("checkHost tells a free lock, what a killed host left, and a host that answers", () =>
  withHome(async (home) => {
    assert.deepEqual((await checkHost(home, "0.1.0")).map(({ state }) => state), ["ok", "ok"]);
    await Deno.mkdir(`${home}/runtime/run`, { recursive: true });
    await Deno.writeTextFile(`${home}/runtime/run/address`, `${home}/runtime/run/control.sock\n`);
    assert.equal(stateOf(await checkHost(home, "0.1.0"), "sockets"), "warn");
  }));

Deno.test("checkHost warns of a host of another version and fails for one that does not answer", async () => {
  const pong = { pid: 7, epoch: 3, version: "0.1.0", config: "meta.yml" };
  await withHost({ ping: () => Promise.resolve(ok(pong)) }, async ({ home }) => {
    assert.equal(stateOf(await checkHost(home, "0.1.0"), "host"), "ok");
    assert.equal(stateOf(await checkHost(home, "0.2.0"), "host"), "warn");
  });
  await withHost({ ping: () => new Promise(() => {}) }, async ({ home }) => {
    assert.equal(stateOf(await checkHost(home, "0.1.0"), "host"), "fail");
  });
});

Deno.test("checkProgram finds missing packages, a missing bootstrap and libraries of other versions", () =>
  withHome(async (program) => {
    await Deno.writeTextFile(
      `${program}/deno.lock`,
      '{"npm": {"@a/b@1.0.0": {}, "c@2.0.0_d@3.0.0": {}, "d@3.0.0": {}}}',
    );
    for (const folder of ["@a+b@1.0.0", "c@2.0.0"]) {
      await Deno.mkdir(`${program}/node_modules/.deno/${folder}`, { recursive: true });
    }
    const [dependencies, libs] = await checkProgram(program);
    assert.equal(dependencies?.found, "missing: d@3.0.0");
    assert.match(libs!.found, /guest\.mjs is missing/);
    await Deno.mkdir(`${program}/libs`);
    await Deno.writeTextFile(`${program}/libs/guest.mjs`, "// any text\n");
    await Deno.writeTextFile(`${program}/libs/b.mjs`, "// @a/b@1.0.0 (made by deno task vendor from deno.lock)\n");
    assert.equal((await checkProgram(program))[1]?.state, "ok");
    await Deno.writeTextFile(`${program}/libs/b.mjs`, "// @a/b@0.9.0 (made by deno task vendor from deno.lock)\n");
    assert.match((await checkProgram(program))[1]!.found, /other versions .*: b\.mjs/);
  }));

Deno.test("neededPackages leaves out what is made for one kind of machine", () => {
  const npm = { "a@1.0.0": {}, "a-darwin@1.0.0": { os: ["darwin"] }, "a-arm@1.0.0": { cpu: ["arm64"] }, "b@1.0.0": {} };
  assert.deepEqual(neededPackages({ npm }), ["a@1.0.0", "b@1.0.0"]);
  assert.deepEqual(neededPackages({}), []);
});

Deno.test("packageFolder and libraryVersions read names with a scope and with peers", () => {
  assert.deepEqual(["zod@4.6.7", "@a/b@1.0.0", "fdir@6.5.0_picomatch@4.0.7", "a_b@1.0.0"].map(packageFolder), [
    "zod@4.6.7",
    "@a+b@1.0.0",
    "fdir@6.5.0",
    "a_b@1.0.0",
  ]);
  assert.deepEqual(libraryVersions("// a@1.0.0 @b/c@2.0.0 (made by deno task vendor from deno.lock)\n"), [
    "a@1.0.0",
    "@b/c@2.0.0",
  ]);
  assert.deepEqual(libraryVersions("export {};"), []);
});

Deno.test("renderFindings says under what is wrong what would mend it", () => {
  const findings = [{ name: "deno", state: "ok", found: "2.9.6" }, {
    name: "disk",
    state: "warn",
    found: "full",
    mend: "free some",
  }] as const;
  assert.equal(renderFindings(findings, false), "ok    deno  2.9.6\nwarn  disk  full\n            → free some");
});

Deno.test("doctor ends with 1 when something fails, and prints all as JSON", () =>
  withHome(async (home) => {
    await Deno.mkdir(`${home}/configs`);
    await Deno.chmod(`${home}/configs`, 0o777);
    const ran = await runProgram("doctor", "--json", "--home", home);
    assert.equal(ran.code, 1);
    const { ok, checks } = JSON.parse(ran.stdout);
    assert.equal(ok, false);
    assert.equal(stateOf(checks, "rights"), "fail");
    assert.match((await runProgram("doctor", "--home", home)).stdout, /^fail {2}rights .*\n +→ chmod go-w /m);
  }));

Deno.test("doctor counts modules as status does, and names those that are not as they should be", async () => {
  const kernel = { version: "0.1.0", config: "meta.yml", pid: 1, uptime: 5 };
  const modules = [
    aModule({ api: "a" }),
    aModule({ api: "b", state: "quarantined", pid: null, reason: "it failed" }),
    aModule({ api: "c", reason: "configs/c.yml: broken YAML" }),
  ];
  let shown = modules;
  await withHost({
    ping: () => Promise.resolve(ok({ pid: 1, epoch: 1, version: "0.1.0", config: "meta.yml" })),
    status: () => Promise.resolve(ok({ kernel, modules: shown })),
  }, async (host) => {
    const look = async () => (await checkHost(host.home, "0.1.0")).find(({ name }) => name === "modules")!;
    const found = await look();
    assert.equal(found.state, "warn");
    assert.equal(found.found, "2 of 3 run; b is quarantined, c runs on without its newest files");
    shown = modules.slice(0, 1);
    assert.deepEqual(await look(), { name: "modules", state: "ok", found: "1 of 1 run" });
  });
});

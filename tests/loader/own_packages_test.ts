/** Packages of a home's own, on real files. */
import assert from "node:assert/strict";
import { ownPackages, packageFile, PACKAGES, type ReadOwnPackages } from "../../kernel/loader/mod.ts";
import { denoFiles } from "../../kernel/powers_deno_files.ts";
import { sha256Hex } from "../../kernel/primitives/sha256.ts";

interface Home {
  readonly home: string;
  readonly read: ReadOwnPackages;
  approve(name: string, text: string | Uint8Array): Promise<string>;
}

async function withHome(act: (home: Home) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir();
  await Deno.mkdir(`${home}/runtime/packages`, { recursive: true });
  await Deno.mkdir(`${home}/configs`);
  const approve = async (name: string, text: string | Uint8Array) => {
    const file = `${home}/${packageFile(name, "1.0.0")}`;
    await Deno.writeFile(file, typeof text === "string" ? new TextEncoder().encode(text) : text);
    const line = `"${name}": {version: 1.0.0, sha256: ${await sha256Hex(text)}, contains: {}}\n`;
    await Deno.writeTextFile(`${home}/configs/packages.lock`, line, { append: true });
    return file;
  };
  try {
    await act({ home, approve, read: ownPackages(denoFiles, home, { zod: "4.6.7" }) });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("ownPackages gives the texts of granted packages that the program does not bring, in their order", () =>
  withHome(async ({ read, approve }) => {
    await approve("x", "export const ü = 1;");
    await approve("@a/y", "export const y = 2;");
    assert.deepEqual(await read(["@a/y", "zod", "x"]), {
      ok: true,
      value: [["@a/y", "export const y = 2;"], ["x", "export const ü = 1;"]],
    });
  }));

Deno.test("ownPackages reads nothing where only shipped packages are granted, whatever the lock says", () =>
  withHome(async ({ home, read, approve }) => {
    await approve("zod", "export const z = 'another';");
    assert.deepEqual(await read(["zod"]), { ok: true, value: [] });
    await Deno.writeTextFile(`${home}/configs/packages.lock`, "[");
    assert.deepEqual(await read(["zod"]), { ok: true, value: [] });
    const broken = await read(["x"]);
    assert.ok(!broken.ok && broken.fault.code === "config_invalid");
  }));

Deno.test("ownPackages refuses by name what is not approved, gone, changed, or no text any more", () =>
  withHome(async ({ read, approve }) => {
    const refusal = async () => {
      const answer = await read(["x"]);
      assert.ok(!answer.ok);
      assert.equal(answer.fault.code, "load_failed");
      return answer.fault.message;
    };
    assert.equal(await refusal(), "the program brings no package 'x'");
    const file = await approve("x", "export const x = 1;");
    for (const changed of ["export const x = 2;", "", "\ufeffexport const x = 1;"]) {
      await Deno.writeTextFile(file, changed);
      assert.match(
        await refusal(),
        /the package 'x' was changed since it was approved: runtime\/packages\/x@1\.0\.0\.mjs/,
      );
    }
    await Deno.writeFile(file, new Uint8Array([0xff, 0xfe]));
    assert.match(await refusal(), /the package 'x' was changed/);
    await Deno.remove(file);
    assert.match(await refusal(), /the package 'x' is approved, but .* is not there/);
    await Deno.mkdir(file);
    assert.match(await refusal(), /the package 'x' cannot be read/);
  }));

Deno.test(`ownPackages takes ${PACKAGES.bundle_bytes} bytes of one module's packages together, and not one more`, () =>
  withHome(async ({ read, approve }) => {
    const half = PACKAGES.bundle_bytes / 2;
    await approve("x", "ü".repeat(half / 2));
    await approve("y", " ".repeat(half));
    await approve("z", " ".repeat(half + 1));
    await approve("all", " ".repeat(PACKAGES.bundle_bytes + 1));
    assert.ok((await read(["x", "y"])).ok);
    const more = await read(["x", "z"]);
    assert.ok(!more.ok);
    assert.equal(more.fault.message, "the packages x, z have 4194305 bytes together; 4194304 are allowed");
    assert.ok(!(await read(["all"])).ok);
  }));

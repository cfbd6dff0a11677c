/** How a Worker is narrowed, before and after the main thread gave permissions up. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

const WORKER = `
  const said = {};
  const look = (name, read) => { try { said[name] = read(); } catch (error) { said[name] = error.name; } };
  look("given", () => Deno.readTextFileSync(globalThis.name + "/given/f"));
  look("other", () => Deno.readTextFileSync(globalThis.name + "/other/f"));
  look("write", () => Deno.writeTextFileSync(globalThis.name + "/given/w", "x") ?? "ok");
  look("net", () => { Deno.listen({ port: 0 }).close(); return "ok"; });
  postMessage(said);
`;

/** Prints what a Worker with these permissions can do. */
const MAKE = `
  const url = URL.createObjectURL(new Blob([${JSON.stringify(WORKER)}], { type: "text/javascript" }));
  const ask = (permissions) => new Promise((then) => {
    const worker = new Worker(url, { type: "module", name: FOLDER, deno: { permissions } });
    worker.onmessage = ({ data }) => then(data);
  });
`;

async function lines(folder: string, flags: readonly string[], code: string): Promise<unknown[]> {
  for (const name of ["given", "other"]) {
    await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}/f`, name);
  }
  const output = await runSnippet({
    flags: ["--unstable-worker-options", ...flags],
    code: `const FOLDER = ${JSON.stringify(folder)};${MAKE}${code}\nDeno.exit(0);`,
    folder,
  });
  return output.lines.map((line) => {
    const said = line.slice(line.indexOf(": ") + 2);
    return said.startsWith("{") ? JSON.parse(said) : said;
  });
}

const NOTHING = { given: "NotCapable", other: "NotCapable", write: "NotCapable", net: "NotCapable" };
const GIVEN = { ...NOTHING, given: "given" };

Deno.test("a Worker made while the main thread keeps the names is narrowed exactly; omitted categories are none", () =>
  withFolder(async (folder) => {
    const flags = [`--allow-read=${folder}/given,${folder}/other,${folder}/s`, `--allow-write=${folder}/given`];
    const code = `
      Deno.permissions.revokeSync({ name: "read", path: FOLDER + "/other" });
      await tell("read only", () => ask({ read: [FOLDER + "/given"] }));
      await tell("none", () => ask("none"));`;
    assert.deepEqual(await lines(folder, flags, code), [GIVEN, NOTHING]);
  }));

Deno.test("a Worker made before a whole revoke keeps what it was given; one made after cannot be given anything", () =>
  withFolder(async (folder) => {
    const flags = [`--allow-read=${folder}/given`];
    const code = `
      const slow = URL.createObjectURL(new Blob(["onmessage = () => {" + ${
      JSON.stringify(WORKER)
    } + "}"], { type: "text/javascript" }));
      const early = new Worker(slow, { type: "module", name: FOLDER, deno: { permissions: { read: [FOLDER + "/given"] } } });
      Deno.permissions.revokeSync({ name: "read" });
      early.postMessage(1);
      await tell("early", () => new Promise((then) => early.onmessage = ({ data }) => then(data)));
      await tell("late", () => ask({ read: [FOLDER + "/given"] }));
      await tell("none", () => ask("none"));`;
    assert.deepEqual(await lines(folder, flags, code), [GIVEN, "NotCapable", NOTHING]);
  }));

Deno.test("a Worker can never be given more than the main thread has", () =>
  withFolder(async (folder) => {
    const code = `await tell("more", () => ask({ read: [FOLDER + "/given", FOLDER + "/other"] }));`;
    assert.deepEqual(await lines(folder, [`--allow-read=${folder}/given`], code), ["NotCapable"]);
  }));

Deno.test("without --unstable-worker-options the process ends with code 70", () =>
  withFolder(async (folder) => {
    const code = `new Worker("data:text/javascript,", { type: "module", deno: { permissions: "none" } });`;
    assert.equal((await runSnippet({ flags: [], code, folder })).code, 70);
  }));

Deno.test("a Worker without permissions can still kill its process", () =>
  withFolder(async (folder) => {
    const worker = `Deno.kill(Deno.pid, "SIGKILL")`;
    const code = `
      new Worker("data:text/javascript," + encodeURIComponent(${
      JSON.stringify(worker)
    }), { type: "module", deno: { permissions: "none" } });
      await new Promise((then) => setTimeout(then, 10_000));`;
    assert.equal((await runSnippet({ flags: ["--unstable-worker-options"], code, folder })).code, 128 + 9);
  }));

import assert from "node:assert/strict";
import { SOURCES } from "../../../kernel/contract/limits.ts";
import type { VetOrder } from "../../../kernel/contract/wire.ts";
import { order } from "./order.ts";

const root = new URL("../../../", import.meta.url).pathname;
/** The bundler's one file that a vet cell may read. */
const wasm = new URL("bindings_wasm_bg.wasm", import.meta.resolve("@rollup/browser")).pathname;
/** limits.load_ms: the kernel kills a vet cell that takes longer. */
const LOAD_MS = 5_000;

type Outcome = { what: "died" } | { what: "killed" } | { what: "refused"; message: string } | {
  what: "bundled";
  code: string;
};

/** Vets in a process of its own, with the flags of a vet cell; whatever happens, it is gone afterwards. */
async function vetInChild(hostile: VetOrder): Promise<Outcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ..."run --no-prompt --cached-only --no-check --quiet --frozen".split(" "),
      `--config=${root}deno.json`,
      `--lock=${root}deno.lock`,
      `--allow-read=${await Deno.realPath(wasm)}`,
      "--v8-flags=--disallow-code-generation-from-strings,--max-old-space-size=256",
      `${root}tests/guest/vet/vet_child.ts`,
    ],
    cwd: "/",
    clearEnv: true,
    env: { DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno` },
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let killed = false;
  const deadline = setTimeout(() => {
    killed = true;
    child.kill("SIGKILL");
  }, LOAD_MS);
  const sent = new Blob([JSON.stringify(hostile)]).stream().pipeTo(child.stdin).catch(() => {});
  const { success, stdout } = await child.output();
  clearTimeout(deadline);
  await sent;
  if (killed) return { what: "killed" };
  if (!success) return { what: "died" };
  const answer = JSON.parse(new TextDecoder().decode(stdout));
  return answer.ok ? { what: "bundled", code: answer.code } : { what: "refused", message: answer.fault.message };
}

const ok = "export class Module {}\n";
const js = (text: string) => ({ "x.js": ok + text });
const ts = (text: string) => ({ "x.ts": ok + text });
const nested = (open: string, close: string, times: number, middle = "1") =>
  open.repeat(times) + middle + close.repeat(times);

const PARSER_BOMBS: Record<string, Record<string, string>> = {
  "20,000 nested parentheses, TypeScript": ts(nested("(", ")", 20_000)),
  "20,000 nested parentheses, JavaScript": js(nested("(", ")", 20_000)),
  "20,000 open parentheses": ts("(".repeat(20_000)),
  "a million parentheses": js(nested("(", ")", 1_000_000)),
  "1,000 nested brackets, TypeScript": ts(`x = ${nested("[", "]", 1_000)}`),
  "10,000 nested brackets, JavaScript": js(`const x = ${nested("[", "]", 10_000)}`),
  "100,000 nested blocks": js(nested("{", "}", 100_000, "")),
  "20,000 nested templates": js(nested("`${", "}`", 20_000)),
  "20,000 nested functions": js(nested("(() => {", "})()", 20_000, "")),
  "50,000 prefix operators": js(`${"!".repeat(50_000)}1`),
  "10,000 nested types": ts(`type T = ${nested("[", "]", 10_000)};`),
};

Deno.test("a source that crashes the stripper or the bundler costs its own process only", async (t) => {
  for (const [name, files] of Object.entries(PARSER_BOMBS)) {
    await t.step(name, async () => {
      const outcome = await vetInChild(order(files));
      assert.ok(outcome.what === "died" || outcome.what === "killed" || outcome.what === "refused", outcome.what);
    });
  }
});

Deno.test("a source that takes for ever is killed at load_ms or refused before", async () => {
  const outcome = await vetInChild(order(js(`if (0) {}${" else if (0) {}".repeat(200_000)}`)));
  assert.ok(outcome.what === "killed" || outcome.what === "died" || outcome.what === "refused", outcome.what);
});

Deno.test("a source of 50 MB is refused before it is parsed", async () => {
  const outcome = await vetInChild(order(js("1;".repeat(25_000_000))));
  assert.ok(outcome.what === "refused", outcome.what);
  assert.match(outcome.message, new RegExp(`larger than ${SOURCES.total_bytes} characters together`));
});

Deno.test("files that import each other in a circle are one bundle", async () => {
  const outcome = await vetInChild(order({
    "mod.ts": `import "./a.ts"; import "./mod.ts"; ${ok}`,
    "a.ts": `import { b } from "./b.ts"; export const a = () => b;`,
    "b.ts": `import { a } from "./a.ts"; export const b = () => a;`,
  }));
  assert.ok(outcome.what === "bundled", outcome.what);
});

Deno.test("400 files that all import each other cost their own process only", async () => {
  const names = Array.from({ length: SOURCES.files - 1 }, (_, i) => `f${i}.js`);
  const all = names.map((name) => `import "./${name}";`).join("\n");
  const outcome = await vetInChild(order({
    "mod.ts": `${all}${ok}`,
    ...Object.fromEntries(names.map((name) => [name, all])),
  }));
  assert.ok(outcome.what !== "refused", "it is big, but nothing in it is wrong");
});

Deno.test("a vet cell's flags are enough: it reads nothing but the bundler's one file", async () => {
  const outcome = await vetInChild(
    order({ "x.ts": `import { tool } from "meta-machine"; export class Module { t: unknown = tool }` }),
  );
  assert.ok(outcome.what === "bundled", outcome.what);
  assert.match(outcome.code, /^import \{ tool \} from 'meta-machine';\n/);
});

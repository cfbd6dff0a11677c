import assert from "node:assert/strict";
import { denoFiles, denoRandom } from "../../kernel/powers_deno.ts";
import { MOST_TOKENS, TokenTable } from "../../kernel/token_table.ts";
import { makeHome } from "./scripted_powers.ts";

let now = Date.parse("2026-03-02T10:00:00.000Z");

async function withTokens(test: (open: () => TokenTable, folder: string) => Promise<void>): Promise<void> {
  const home = await makeHome({});
  const folder = `${home}/runtime/image/tokens`;
  try {
    await test(
      () => new TokenTable({ files: denoFiles, clock: { now: () => now++ }, random: denoRandom, folder }),
      folder,
    );
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
async function made(tokens: TokenTable, principal: string) {
  const token = await tokens.make(principal);
  assert.ok(token.ok);
  return token.value;
}

Deno.test("a token is known once it was shown, to the kernel that made it and to every later one", () =>
  withTokens(async (open) => {
    const first = open();
    const { token } = await made(first, "kitchen");
    assert.match(token, /^mm_[0-9a-f]{64}$/);
    const later = open();
    await later.look();
    for (const tokens of [first, later]) {
      assert.equal(tokens.principalOf(token), undefined, "nobody has shown it");
      assert.deepEqual(await tokens.show(token), { ok: true, value: { principal: "kitchen" } });
      assert.equal(tokens.principalOf(token), "kitchen");
    }
  }));

Deno.test("what is stored gives nobody the token, and nobody else may read it", () =>
  withTokens(async (open, folder) => {
    const { token, id } = await made(open(), "kitchen");
    const text = await Deno.readTextFile(`${folder}/${id}.json`);
    assert.ok(!text.includes(token.slice(3)));
    assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
    const { sha256 } = JSON.parse(text);
    const tokens = open();
    await tokens.look();
    assert.equal((await tokens.show(sha256)).ok, false, "a hash is no token");
  }));

Deno.test("a revoked token gives no authority, also where it was shown before", () =>
  withTokens(async (open) => {
    const tokens = open();
    const kitchen = await made(tokens, "kitchen");
    await made(tokens, "hall");
    await tokens.show(kitchen.token);
    assert.deepEqual(tokens.list().map(({ principal }) => principal), ["kitchen", "hall"]);
    assert.ok((await tokens.revoke(kitchen.id)).ok);
    assert.equal(tokens.principalOf(kitchen.token), undefined);
    assert.equal((await tokens.show(kitchen.token)).ok, false);
    const later = open();
    await later.look();
    assert.deepEqual(later.list().map(({ principal }) => principal), ["hall"]);
    const twice = await tokens.revoke(kitchen.id);
    assert.ok(!twice.ok && twice.fault.code === "not_found");
  }));

Deno.test("a file that cannot be read is nobody's token, and no harm to the others", () =>
  withTokens(async (open, folder) => {
    const { token } = await made(open(), "kitchen");
    await Deno.writeTextFile(`${folder}/0123456789ab.json`, "{");
    await Deno.writeTextFile(`${folder}/0123456789ac.json`, '{"principal":"x","created":"y","sha256":"z"}');
    await Deno.writeTextFile(`${folder}/notes.txt`, "");
    const tokens = open();
    await tokens.look();
    assert.equal(tokens.list().length, 1);
    assert.equal((await tokens.show(token)).ok, true);
  }));

Deno.test("there may be so many tokens and no more", () =>
  withTokens(async (open) => {
    const tokens = open();
    for (let i = 0; i < MOST_TOKENS; i++) await made(tokens, "kitchen");
    const more = await tokens.make("kitchen");
    assert.ok(!more.ok && more.fault.code === "quota");
  }));

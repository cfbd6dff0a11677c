import assert from "node:assert/strict";
import { Scrubber, scrubText } from "../../../../plugins/services/http/scrubber.ts";
import { spellingsOf } from "../../../../plugins/services/http/spellings.ts";
import { textsToScrub, withSecrets } from "../../../../plugins/services/http/bound_secrets.ts";
import { faultOf } from "../../scripted_kernel.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (...pieces: Uint8Array[]) => pieces.map((piece) => new TextDecoder("latin1").decode(piece)).join("");

/** What passes of the text when it comes in these pieces. */
function passed(secrets: string[], pieces: string[]): string {
  const scrubber = new Scrubber(secrets);
  return text(...pieces.map((piece) => scrubber.push(bytes(piece))), scrubber.end());
}

Deno.test("Scrubber stars a secret out wherever the pieces are cut, once or twice, and changes no length", () => {
  const whole = "before sk-secret-1 between sk-secret-1sk-secret-1 after";
  const clean = whole.replaceAll("sk-secret-1", "***********");
  for (let a = 0; a <= whole.length; a++) {
    for (let b = a; b <= whole.length; b++) {
      assert.equal(passed(["sk-secret-1"], [whole.slice(0, a), whole.slice(a, b), whole.slice(b)]), clean);
    }
  }
  assert.equal(passed(["sk-secret-1"], [...whole]), clean, "byte by byte");
});

Deno.test("Scrubber holds back nothing that can't begin a secret, and gives at the end what began none", () => {
  const scrubber = new Scrubber(["secret-one"]);
  assert.equal(text(scrubber.push(bytes("data: hello\n\n"))), "data: hello\n\n");
  assert.equal(text(scrubber.push(bytes("data: sec"))), "data: ");
  assert.equal(text(scrubber.push(bytes("ond\n"))), "second\n");
  assert.equal(text(scrubber.push(bytes("secret-on"))), "");
  assert.equal(text(scrubber.end()), "secret-on");
  assert.equal(text(scrubber.end()), "");
});

Deno.test("Scrubber finds the longer of two secrets that begin alike, and the shorter one where the longer breaks off", () => {
  const secrets = ["secret-1", "secret-1-and-more", "1-and-more"];
  for (
    const [whole, clean] of [
      ["a secret-1-and-more b", "a ***************** b"],
      ["a secret-1-and-less b", "a ********-and-less b"],
      ["a secret-1-and-mor", "a ********-and-mor"],
      ["xsecretsecret-1", "xsecret********"],
    ] as const
  ) {
    for (let at = 0; at <= whole.length; at++) {
      assert.equal(passed(secrets, [whole.slice(0, at), whole.slice(at)]), clean, `${whole} cut at ${at}`);
    }
  }
});

Deno.test("Scrubber of no secrets passes the very piece", () => {
  const piece = bytes("anything");
  assert.equal(new Scrubber([]).push(piece), piece);
});

Deno.test("a secret is recognised in a URL, in JSON, in HTML, in hex and in base64 wherever it stands", () => {
  const secret = `k/y"&+ä-0123456789`;
  const spellings = spellingsOf(secret);
  const hidden = (echo: string) => !scrubText(echo, spellings).includes(echo.slice(4, -4));
  assert.ok(spellings.includes(secret));
  for (const before of ["", "a", "ab", "abc", "user:"]) {
    for (const after of ["", "z", "zz"]) {
      const inside = bytes(`${before}${secret}${after}`);
      const encoded = inside.toBase64();
      const scrubbed = scrubText(encoded, spellings);
      const known = /\*+/.exec(scrubbed)?.[0].length ?? 0;
      assert.ok(known >= Math.floor(bytes(secret).length * 8 / 6) - 1, `${encoded} → ${scrubbed}`);
    }
  }
  for (const echo of [encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), bytes(secret).toHex()]) {
    assert.ok(hidden(`>>>>${echo}<<<<`), echo);
  }
});

const KEY = { env: "KEY", host: "a.example", header: "Authorization", value: "sk-0123456789" };

Deno.test("a secret goes to its host in its header, whatever the caller put there, and nowhere else", () => {
  const mine = [["authorization", "mine"], ["X", "y"]] as const;
  assert.deepEqual(withSecrets(mine, "a.example", [KEY]), {
    headers: [["X", "y"], ["Authorization", "Bearer sk-0123456789"]],
    added: 1,
  });
  for (const host of ["b.example", "x.a.example", "a.example.", "example"]) {
    assert.deepEqual(withSecrets(mine, host, [KEY]), { headers: mine, added: 0 }, host);
  }
});

Deno.test("a variable with a scheme is sent as it is, and so is one for any other header", () => {
  const sent = (secret: Partial<typeof KEY>) => withSecrets([], "a.example", [{ ...KEY, ...secret }]).headers[0]![1];
  assert.equal(sent({ value: "Basic dXNlcjp3b3Jk" }), "Basic dXNlcjp3b3Jk");
  assert.equal(sent({ header: "X-Api-Key" }), "sk-0123456789");
  assert.equal(
    sent({ value: "sk-0123456789\n" }),
    "Bearer sk-0123456789",
    "a file's last line end is not the secret's",
  );
});

Deno.test("a secret that is not set, too short or no header's value is refused by its name, never shown", async () => {
  for (
    const [value, code] of [[null, "not_found"], ["", "not_found"], ["1234567", "denied"], [
      "1234\r\nX: 5678",
      "denied",
    ]] as const
  ) {
    const fault = await faultOf(() => withSecrets([], "a.example", [{ ...KEY, value }]));
    assert.equal(fault.code, code);
    assert.match(fault.message, /^the secret 'KEY', which is bound to a\.example, /);
    assert.doesNotMatch(JSON.stringify(fault), /1234/);
  }
  assert.equal(withSecrets([], "a.example", [{ ...KEY, header: "X", value: "12345678" }]).headers[0]![1], "12345678");
});

Deno.test("a part of an answer is refused where a secret goes along: it could come out in parts", async () => {
  const { code } = await faultOf(() => withSecrets([["Range", "bytes=0-3"]], "a.example", [KEY]));
  assert.equal(code, "invalid_argument");
  assert.equal(withSecrets([["Range", "bytes=0-3"]], "b.example", [KEY]).added, 0);
});

Deno.test("textsToScrub knows a secret with its scheme and without", () => {
  const texts = textsToScrub([{ ...KEY, value: "Bearer sk-0123456789" }, { ...KEY, value: null }]);
  assert.ok(texts.includes("sk-0123456789") && texts.includes("Bearer sk-0123456789"));
  assert.deepEqual(textsToScrub([{ ...KEY, value: "short" }]), []);
});

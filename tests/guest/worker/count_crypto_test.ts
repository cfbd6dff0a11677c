import assert from "node:assert/strict";
import { startWorker } from "./start_worker.ts";

Deno.test("what crypto.subtle has under way counts as a task until it ends, well or badly, and works as ever", async () => {
  await using worker = await startWorker(`export class Module {
    derive() {
      const bytes = new TextEncoder();
      globalThis.derived = crypto.subtle.importKey("raw", bytes.encode("a"), "PBKDF2", false, ["deriveBits"]).then((key) =>
        crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-512", salt: bytes.encode("b"), iterations: 400_000 }, key, 256));
      return "begun";
    }
    async derived() { return (await globalThis.derived).byteLength; }
    async fail() { try { await crypto.subtle.digest("no such", new Uint8Array(1)); } catch (error) { return error.name; } }
    async hash() { return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(0)))[0]; }
    shape() { return [crypto.subtle.digest.name, crypto.subtle.digest.length, crypto.subtle.digest("SHA-1", new Uint8Array(1)) instanceof Promise]; }
    unheard() { void crypto.subtle.digest("no such", new Uint8Array(1)); }
  }`);
  let seq = 0;
  const tasks = async () => {
    const mine = ++seq;
    const pong = worker.next("pong", (pong) => pong.seq === mine);
    worker.send({ t: "ping", seq: mine });
    return (await pong).active_tasks;
  };
  assert.equal(await tasks(), 0);
  await worker.value("derive");
  assert.equal(await tasks(), 1);
  assert.equal(await worker.value("derived"), 32);
  assert.equal(await tasks(), 0);
  assert.equal(await worker.value("fail"), "NotSupportedError");
  assert.equal(await worker.value("hash"), 0xe3);
  assert.deepEqual(await worker.value("shape"), ["digest", 2, true]);
  for (let looks = 0; looks < 200 && await tasks() > 0; looks++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(await tasks(), 0);
  const failed = worker.next("failed");
  await worker.value("unheard");
  assert.equal((await failed).phase, "uncaught");
});

import assert from "node:assert/strict";
import type { Connection } from "../../kernel/contract/powers.ts";
import { denoSockets } from "../../kernel/powers_deno.ts";

async function withFolder(then: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await then(folder);
  await Deno.remove(folder, { recursive: true });
}

/** Answers each connection with one byte and closes it. */
function answering(byte: number): (connection: Connection) => void {
  return (connection) => void connection.write(new Uint8Array([byte])).then(connection.close);
}

async function ask(path: string): Promise<number | undefined> {
  using conn = await Deno.connect({ transport: "unix", path });
  const buffer = new Uint8Array(1);
  return await conn.read(buffer) === null ? undefined : buffer[0];
}

Deno.test("denoSockets publishes a second listener under the same name, and closing the first leaves it there", () =>
  withFolder(async (run) => {
    const first = await denoSockets.listen(`${run}/k.1.sock`, `${run}/k.sock`, answering(1));
    assert.equal(await ask(`${run}/k.sock`), 1);
    const second = await denoSockets.listen(`${run}/k.2.sock`, `${run}/k.sock`, answering(2));
    assert.equal(await ask(`${run}/k.sock`), 2);
    assert.equal(await ask(`${run}/k.1.sock`), 1, "the first one still serves under its own name");
    first.close();
    first.close();
    assert.equal(await ask(`${run}/k.sock`), 2);
    second.close();
    await assert.rejects(ask(`${run}/k.sock`));
  }));

Deno.test("denoSockets publishes a listener again after another one that died, twice without harm, and leaves no other file", () =>
  withFolder(async (run) => {
    const first = await denoSockets.listen(`${run}/k.1.sock`, `${run}/k.sock`, answering(1));
    const second = await denoSockets.listen(`${run}/k.2.sock`, `${run}/k.sock`, answering(2));
    second.close();
    await assert.rejects(ask(`${run}/k.sock`));
    await first.publish();
    await first.publish();
    assert.equal(await ask(`${run}/k.sock`), 1);
    assert.deepEqual([...Deno.readDirSync(run)].map(({ name }) => name).sort(), ["k.1.sock", "k.sock"]);
    first.close();
  }));

Deno.test("denoSockets is reachable at the published name at every moment of a change", () =>
  withFolder(async (run) => {
    let listener = await denoSockets.listen(`${run}/k.1.sock`, `${run}/k.sock`, answering(1));
    let open = true;
    let asked = 0;
    const asking = (async () => {
      while (open) {
        assert.notEqual(await ask(`${run}/k.sock`), undefined);
        asked++;
      }
    })();
    for (let epoch = 2; epoch <= 20; epoch++) {
      const next = await denoSockets.listen(`${run}/k.${epoch}.sock`, `${run}/k.sock`, answering(epoch));
      // The former one still takes whoever reached it; only then does it close.
      await new Promise((then) => setTimeout(then, 20));
      listener.close();
      listener = next;
    }
    open = false;
    await asking;
    listener.close();
    assert.ok(asked > 19, `${asked}`);
  }));

Deno.test("denoSockets listens where a killed process left its socket", () =>
  withFolder(async (run) => {
    const code = `Deno.listen({transport: "unix", path: "${run}/k.1.sock"}); Deno.kill(Deno.pid, "SIGKILL")`;
    await new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "null", stderr: "null" }).output();
    assert.ok(Deno.statSync(`${run}/k.1.sock`).isSocket);
    const listener = await denoSockets.listen(`${run}/k.1.sock`, `${run}/k.sock`, answering(7));
    assert.equal(await ask(`${run}/k.sock`), 7);
    assert.equal(Deno.statSync(`${run}/k.1.sock`).mode! & 0o777, 0o600);
    listener.close();
  }));

Deno.test("denoSockets writes more than the system takes at once, whole", () =>
  withFolder(async (run) => {
    const data = crypto.getRandomValues(new Uint8Array(65_536));
    const listener = await denoSockets.listen(`${run}/k.1.sock`, `${run}/k.sock`, async (connection) => {
      for (let times = 0; times < 64; times++) await connection.write(data);
      connection.close();
    });
    using conn = await Deno.connect({ transport: "unix", path: `${run}/k.sock` });
    let count = 0;
    for await (const chunk of conn.readable) {
      for (const [at, byte] of chunk.entries()) {
        if (byte !== data[(count + at) % data.length]) assert.fail(`byte ${count + at}`);
      }
      count += chunk.length;
    }
    assert.equal(count, 64 * data.length);
    listener.close();
  }));

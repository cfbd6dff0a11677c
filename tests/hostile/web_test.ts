/** Strangers, and clients with a token, that want to wear the web module out or get behind it. */
import assert from "node:assert/strict";
import { portOf, webConfig } from "../plugins/web/web_host.ts";
import { writeAll } from "../plugins/web/with_web.ts";
import { type HostUnderAttack, underAttack, until } from "./neighbour.ts";

const NOTES = `export class Module { large() { return "x".repeat(4_000_000); } whoami() { return "it is me"; } }`;
const FILES = {
  "configs/web.yml": webConfig({ requests_per_minute: 100_000, body_ms: 2_000, stall_ms: 2_000 }),
  "configs/principals.yml": "kitchen: {grants: {services: [notes]}}\n",
  "plugins/notes.js": NOTES,
  "configs/notes.yml": "",
};
const bytes = (text: string) => new TextEncoder().encode(text);

interface Web {
  readonly port: number;
  readonly token: string;
  readonly head: (line: string, more?: string) => string;
  asks(): Promise<string>;
}

async function webOf({ host }: HostUnderAttack): Promise<Web> {
  const port = await portOf(host);
  const { token } = await host.json<{ token: string }>("token", "new", "kitchen");
  const head = (line: string, more = "") =>
    `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`;
  const asks = async () => {
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ api: "notes", method: "whoami" });
    return await (await fetch(`http://127.0.0.1:${port}/api/call`, { method: "POST", headers, body })).text();
  };
  return { port, token, head, asks };
}

async function servesOn(attacked: HostUnderAttack, web: Web, pid: number | null): Promise<void> {
  await until(async () => await web.asks() === '{"result":"it is me"}', 15_000, () => "it does not serve");
  const { pid: now, restarts, memory_mb } = await attacked.module("web");
  assert.deepEqual([now, restarts], [pid, 0]);
  assert.ok(memory_mb < 384, `${memory_mb} MB`);
}

Deno.test("strangers who open connections, say half of something, or show a thousand tokens wear nothing out", async () => {
  await underAttack(FILES, async (attacked) => {
    const web = await webOf(attacked);
    const { pid } = await attacked.module("web");
    const open = await Promise.all(
      Array.from({ length: 300 }, () => Deno.connect({ hostname: "127.0.0.1", port: web.port })),
    );
    try {
      for (const [i, connection] of open.entries()) {
        const said = [
          `GET / HT`,
          `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\nX: `,
          web.head("POST /api/call", "Content-Length: 999999\r\n"),
        ];
        await writeAll(connection, bytes(said[i % 3]!)).catch(() => {});
      }
      for (let round = 0; round < 20; round++) {
        const answers = await Promise.all(Array.from({ length: 50 }, async (_, i) => {
          const token = `mm_${(round * 50 + i).toString(16).padStart(64, "0")}`;
          const response = await fetch(`http://127.0.0.1:${web.port}/api/tools`, {
            headers: { authorization: `Bearer ${token}` },
          });
          await response.body?.cancel();
          return response.status;
        }));
        assert.ok(answers.every((status) => status === 401 || status === 503), String(answers));
      }
    } finally {
      open.forEach((connection) => connection.close());
    }
    await servesOn(attacked, web, pid);
  });
});

Deno.test("a client with a token and the largest bodies at once gets refusals, and takes no memory that there is not", async () => {
  await underAttack(FILES, async (attacked) => {
    const web = await webOf(attacked);
    const { pid } = await attacked.module("web");
    const empties = `[${"[],".repeat(349_000)}[]]`;
    const nested = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
    const objects = `{"args":[${'{"a":{}},'.repeat(110_000)}{}],"api":"notes","method":"whoami"}`;
    const headers = { authorization: `Bearer ${web.token}` };
    for (let round = 0; round < 4; round++) {
      const statuses = await Promise.all(Array.from({ length: 40 }, async (_, i) => {
        const body = [empties, nested, objects][i % 3]!;
        const response = await fetch(`http://127.0.0.1:${web.port}/api/call`, { method: "POST", headers, body });
        await response.body?.cancel();
        return response.status;
      }));
      for (const status of statuses) assert.ok([200, 400, 408, 413, 429, 503].includes(status), String(status));
    }
    await servesOn(attacked, web, pid);
  });
});

Deno.test("a client that asks for large answers and reads none of them loses them, and others are served meanwhile", async () => {
  await underAttack(FILES, async (attacked) => {
    const web = await webOf(attacked);
    const { pid } = await attacked.module("web");
    const body = JSON.stringify({ api: "notes", method: "large" });
    const open = await Promise.all(Array.from({ length: 60 }, async () => {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port: web.port });
      await writeAll(connection, bytes(web.head("POST /api/call", `Content-Length: ${body.length}\r\n`) + body)).catch(
        () => {},
      );
      return connection;
    }));
    try {
      assert.equal(await (await fetch(`http://127.0.0.1:${web.port}/healthz`)).text(), "ok\n");
      await servesOn(attacked, web, pid);
    } finally {
      open.forEach((connection) => connection.close());
    }
  });
});

Deno.test("a module of the home's own under the name web gets no address and no tokens", async () => {
  const files = {
    ...FILES,
    "plugins/web.js": `
export class Module {
  constructor(kernel) { this.kernel = kernel; }
  async show(token) { try { return (await this.kernel.asBearer(token)).principal; } catch (error) { return error.code; } }
}`,
    "configs/thief.yml": "prog: web\napi: thief\n",
  };
  await underAttack(files, async (attacked) => {
    const { token } = await attacked.host.json<{ token: string }>("token", "new", "kitchen");
    assert.equal(await attacked.call("thief", "show", token), "not_granted");
    const status = await attacked.host.module("web");
    assert.notEqual(status?.state, "running", "its config asks for an address, and it is not the shipped module");
  });
});

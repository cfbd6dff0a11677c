/** What the http service leans on in Deno's network: connections of its own choice from a Worker that may connect, and nothing else. */
import assert from "node:assert/strict";
import { runSnippet, withFolder } from "./run_snippet.ts";

const PEM = (name: string) => new URL(`../plugins/services/http/tls/${name}.pem`, import.meta.url).pathname;

Deno.test("in a Worker with net alone TLS goes to an address and is checked against a name; the list of all authorities needs more", () =>
  withFolder(async (folder) => {
    const worker = `
      import tls from "node:tls";
      onmessage = async ({ data: { port, ca } }) => {
        const connect = (options) => new Promise((resolve) => {
          const socket = tls.connect({ host: "127.0.0.1", port, ...options }, () => { resolve("connected"); socket.destroy(); });
          socket.on("error", (error) => resolve(error.code));
        });
        const told = [];
        for (const options of [{ servername: "api.example.com", ca }, { servername: "evil.example.com", ca }, { servername: "api.example.com" }, { ca }]) told.push(await connect(options));
        try { told.push(tls.rootCertificates.length); } catch (error) { told.push(error.name); }
        postMessage(told);
      };`;
    const code = `
      const read = (path) => Deno.readTextFileSync(path);
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, cert: read(${
      JSON.stringify(PEM("certificate"))
    }), key: read(${JSON.stringify(PEM("key"))}), onListen() {} }, () => new Response());
      const worker = new Worker("data:text/javascript," + encodeURIComponent(${
      JSON.stringify(worker)
    }), { type: "module", deno: { permissions: { net: true, read: [], write: [] } } });
      await tell("TLS", () => new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data.join(" "));
        worker.postMessage({ port: server.addr.port, ca: read(${JSON.stringify(PEM("authority"))}) });
      }));
      Deno.exit(0);`;
    const flags = ["--allow-net", "--allow-read", "--unstable-worker-options"];
    assert.deepEqual((await runSnippet({ flags, code, folder })).lines, [
      "TLS: connected ERR_TLS_CERT_ALTNAME_INVALID UNABLE_TO_VERIFY_LEAF_SIGNATURE connected NotCapable",
    ]);
  }));

Deno.test("a bare --allow-net opens no Unix socket: that needs its file too", () =>
  withFolder(async (folder) => {
    const path = `${folder}/k.sock`;
    using _ = Deno.listen({ transport: "unix", path });
    const code = `
      await tell("connect", async () => { (await Deno.connect({ transport: "unix", path: ${
      JSON.stringify(path)
    } })).close(); return "ok"; });
      Deno.exit(0);`;
    assert.deepEqual((await runSnippet({ flags: ["--allow-net"], code, folder })).lines, ["connect: NotCapable"]);
  }));

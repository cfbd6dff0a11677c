import { startScriptedHost } from "./scripted_host.ts";

const ASK = `${JSON.stringify({ t: "env", name: "LONG_VALUE" })}\n`;

Deno.test("runWatchdog kills a kernel that asks and asks and reads no answer, and starts the next one", async () => {
  const env = { LONG_VALUE: "x".repeat(100_000) };
  const ready = { send: { t: "ready", modules: 3 } };
  await using host = await startScriptedHost({ "1": [ready, { write: ASK.repeat(1_000) }, { hang: true }] }, { env });
  await host.line("kernel 1 does not read what it is told");
  await host.got(2, "hello");
});

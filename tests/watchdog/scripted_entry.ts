/**
 * An entry file that stands in for main.ts: a kernel that does what `configs/script.json` says, and cells that do what their name says. The
 * watchdog, its flags and all pipes and sockets are the real ones.
 */
import { controlSocket, kernelSocket } from "../../kernel/contract/channel.ts";
import { publishedControlSocket, publishedKernelSocket } from "../../kernel/contract/channel.ts";
import { denoPowers, readHello } from "../../kernel/powers_deno.ts";

/** One thing a scripted kernel does. */
export type Act =
  | { readonly send: unknown }
  | { readonly write: string }
  /** The same, in base64. */
  | { readonly bytes: string }
  | { readonly stderr: string }
  | { readonly wait: number }
  | { readonly exit: number }
  | { readonly hang: true };

/** By epoch; "*" for all others. Without an entry a kernel is ready at once. With one of `quiet` it tells little of what it hears. */
export type Script = Readonly<Record<string, readonly Act[]>>;

if (import.meta.main) {
  if (Deno.args[0] === "kernel") await beKernel();
  else await beCell(JSON.parse(Deno.args[1]!));
}

async function beKernel(): Promise<void> {
  const powers = denoPowers();
  const hello = await readHello(powers.watchdog);
  if (hello === undefined) return powers.exit(9);
  const say = (what: unknown) => powers.stderr(`K ${hello.epoch} ${JSON.stringify(what)}`);
  say(hello);
  const text = await powers.files.readText(`${hello.home}/configs/script.json`, 20_000_000);
  const script: Script = text === undefined ? {} : JSON.parse(text);
  const perform = async (act: Act) => {
    if ("send" in act) powers.watchdog.send(act.send);
    if ("write" in act) await Deno.stdout.write(new TextEncoder().encode(act.write));
    if ("bytes" in act) await writeAll(Uint8Array.fromBase64(act.bytes));
    if ("stderr" in act) powers.stderr(act.stderr);
    if ("wait" in act) await new Promise((then) => setTimeout(then, act.wait));
    if ("exit" in act) {
      powers.exit(act.exit);
      await new Promise(() => {});
    }
    if ("hang" in act) { for (;;); }
  };
  const { run, epoch } = hello;
  await powers.sockets.listen(kernelSocket(run, epoch), publishedKernelSocket(run), () => {});
  // Whoever connects to the control socket writes one act a line.
  await powers.sockets.listen(controlSocket(run, epoch), publishedControlSocket(run), async (connection) => {
    const buffer = new Uint8Array(65_536);
    const count = await connection.read(buffer);
    for (const line of new TextDecoder().decode(buffer.subarray(0, count ?? 0)).split("\n")) {
      if (line !== "") await perform(JSON.parse(line));
    }
    connection.close();
  });
  const heard = (async () => {
    for await (const message of powers.watchdog.messages()) {
      // What is said beyond a pipe's measure is dropped: a quiet kernel tells only what cells say.
      if (script["quiet"] === undefined || (message as { t: string }).t === "log") say(message);
      if ((message as { t: string }).t === "drain" && script["drain"] === undefined) return powers.exit(0);
    }
    say("end of input");
    powers.exit(0);
  })();
  for (const act of script[String(epoch)] ?? script["*"] ?? [{ send: { t: "ready", modules: 3 } }]) await perform(act);
  await heard;
}

async function writeAll(bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
}

async function beCell(args: { cell: string; keeps: unknown }): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, () => {});
  const bytes = new Uint8Array(1_024);
  const token = new TextDecoder().decode(bytes.subarray(0, await Deno.stdin.read(bytes) ?? 0));
  switch (args.cell.split("~")[0]) {
    case "teller":
      console.log(JSON.stringify({ token, cwd: Deno.cwd(), args }));
      break;
    case "ender":
      Deno.exit(3);
      break;
    case "flood":
      for (let number = 0; number < 20_000; number++) console.log(`line ${number}`);
      console.error("flooded");
      break;
    case "endless":
      for (let times = 0; times < 64; times++) await Deno.stdout.write(new Uint8Array(65_536).fill(120));
      console.error("written");
      break;
    case "hanging":
      console.log("hanging");
      for (;;);
  }
  // A real shell notices at its socket that the host is gone.
  const parent = Deno.ppid;
  while (Deno.ppid === parent) await new Promise((then) => setTimeout(then, 50));
  Deno.exit(0);
}

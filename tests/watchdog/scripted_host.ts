/** A host with a scripted kernel, seen from outside: its lines, its children, its end. */
import { fromFileUrl } from "@std/path";
import type { Act, Script } from "./scripted_entry.ts";

/** Longer than anything here takes on a busy machine; a test that waits so long fails. */
const PATIENCE_MS = 20_000;

export interface ScriptedHost extends AsyncDisposable {
  readonly home: string;
  readonly process: Deno.ChildProcess;
  /** All lines so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** The first line of stderr that has all the texts, from now or before. */
  line(...texts: string[]): Promise<string>;
  /** What a kernel said it got, of one kind. */
  got(epoch: number, kind: string): Promise<Record<string, unknown>>;
  ready(): Promise<string>;
  /** Lets the leading kernel act. */
  act(...acts: Act[]): Promise<void>;
  end(): Promise<Deno.CommandStatus>;
}

export async function startScriptedHost(
  script: Script = {},
  more: { home?: string; env?: Record<string, string>; options?: string[]; stdin?: "null" | "piped" } = {},
): Promise<ScriptedHost> {
  const home = more.home ?? await Deno.realPath(await Deno.makeTempDir({ prefix: "mm" }));
  await Deno.mkdir(`${home}/configs`, { recursive: true });
  await Deno.writeTextFile(`${home}/configs/script.json`, JSON.stringify(script));
  const entry = fromFileUrl(new URL("./start_watchdog.ts", import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--cached-only", "--quiet", entry, home, ...more.options ?? []],
    env: more.env ?? {},
    stdin: more.stdin ?? "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const drained = Promise.all([collect(process.stdout, stdout), collect(process.stderr, stderr)]);
  const all = (lines: string[], texts: string[]) =>
    waitFor(() => lines.find((one) => texts.every((text) => one.includes(text))), texts, stderr);
  const end = () => within(process.status, () => `the host's end; stderr:\n${stderr.join("\n")}`);
  return {
    home,
    process,
    stdout,
    stderr,
    line: (...texts) => all(stderr, texts),
    got: async (epoch, kind) => {
      const line = await all(stderr, [`K ${epoch} {"t":"${kind}"`]);
      return JSON.parse(line.slice(line.indexOf("{")));
    },
    ready: () => all(stdout, ["ready: "]),
    act: async (...acts) => {
      const path = (await Deno.readTextFile(`${home}/runtime/run/address`)).trim();
      using connection = await Deno.connect({ transport: "unix", path });
      await connection.write(new TextEncoder().encode(acts.map((act) => JSON.stringify(act)).join("\n") + "\n"));
      await connection.read(new Uint8Array(1));
    },
    end,
    [Symbol.asyncDispose]: async () => {
      await kill(process, "SIGTERM");
      await Promise.race([process.status, new Promise((then) => setTimeout(then, 6_000).unref?.() ?? then)]);
      await kill(process, "SIGKILL");
      await process.status;
      await drained;
      if (more.home === undefined) await Deno.remove(home, { recursive: true });
    },
  };
}

// deno-lint-ignore require-await
async function kill(process: Deno.ChildProcess, signal: Deno.Signal): Promise<void> {
  try {
    process.kill(signal);
  } catch {
    // It ended before.
  }
}

async function collect(from: ReadableStream<Uint8Array>, lines: string[]): Promise<void> {
  let rest = "";
  for await (const text of from.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
    const pieces = (rest + text).split("\n");
    rest = pieces.pop()!;
    lines.push(...pieces);
  }
}

/** Polls, since lines and processes come from outside. */
export async function waitFor<T>(look: () => T | undefined, what: unknown, said: readonly string[] = []): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((then) => setTimeout(then, 5));
  }
  throw new Error(`waited in vain for ${JSON.stringify(what)}; stderr:\n${said.join("\n")}`);
}

async function within<T>(promise: Promise<T>, what: () => string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) =>
    timer = setTimeout(() => fail(new Error(`waited in vain for ${what()}`)), PATIENCE_MS)
  );
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Whether a process with this pid lives (a zombie does not). */
export function isAlive(pid: number): boolean {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    return !["Z", "X"].includes(stat.slice(stat.lastIndexOf(")") + 2)[0]!);
  } catch {
    return false;
  }
}

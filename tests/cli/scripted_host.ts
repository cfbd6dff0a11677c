/** A home with a control server that answers as a test says, and the program as a real process beside it. */
import type { Connection, Sockets } from "../../kernel/contract/powers.ts";
import { type ControlServer, serveControl } from "../../kernel/control/mod.ts";
import type { ControlHandlers } from "../../kernel/control/mod.ts";
import { handlersWith } from "../control/scripted_client.ts";
import { REAL_CLOCK, REAL_SOCKETS } from "../control/real_sockets.ts";

export const PROGRAM = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program's command line, as `deno task cli` starts it. */
export function command(args: readonly string[], options: Deno.CommandOptions = {}): Deno.Command {
  const flags = ["-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, `--config=${PROGRAM}/deno.json`, `${PROGRAM}/main.ts`, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...options,
  });
}

export async function runProgram(...args: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await command(args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

export interface ScriptedHost {
  readonly home: string;
  /** The program in this home. */
  run(...args: readonly string[]): Promise<Ran>;
  /** Starts it and leaves it running. */
  start(...args: readonly string[]): Deno.ChildProcess;
  /** Its kernel dies without a word; another one is there a moment later, unless that was for good. The lock stays held. */
  lose(options?: { for_good?: boolean }): Promise<void>;
  /** Ends the host as a stop would: the socket goes, the lock is free. */
  end(): Promise<void>;
}

/** Runs `test` with a host in a home of its own; takes the lock as a watchdog does. */
export async function withHost(given: Partial<ControlHandlers>, test: (host: ScriptedHost) => Promise<void>) {
  await withHome(async (home) => {
    const folder = `${home}/runtime/run`;
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await Deno.open(`${folder}/lock`, { create: true, write: true });
    lock.tryLockSync(true);
    await lock.write(new TextEncoder().encode(`${Deno.pid}\n`));
    let epoch = 0;
    const connections = new Set<Connection>();
    const sockets: Sockets = {
      listen: (own, published, accept) =>
        REAL_SOCKETS.listen(own, published, (connection) => {
          connections.add(connection);
          accept(connection);
        }),
    };
    const serve = () =>
      serveControl({
        sockets,
        own: `${folder}/c.${++epoch}.sock`,
        published: `${folder}/control.sock`,
        handlers: handlersWith(given),
        clock: REAL_CLOCK,
        onDefect: (verb, error) => console.error(verb, error),
      });
    let server: ControlServer | undefined = await serve();
    const lose = async ({ for_good = false } = {}) => {
      for (const connection of connections) {
        try {
          connection.close();
        } catch { /* its client has left */ }
      }
      connections.clear();
      await server?.close();
      await new Promise((resolve) => setTimeout(resolve, 120));
      server = for_good ? undefined : await serve();
    };
    await Deno.writeTextFile(`${folder}/address`, `${folder}/control.sock\n`);
    let ended: Promise<void> | undefined;
    const end = () =>
      ended ??= (async () => {
        await server?.close();
        await Deno.remove(`${folder}/address`);
        lock.close();
      })();
    try {
      await test({
        home,
        run: (...args) => runProgram(...args, "--home", home),
        start: (...args) => command([...args, "--home", home]).spawn(),
        lose,
        end,
      });
    } finally {
      await end();
    }
  });
}

/** A short path: sockets live below it. */
export async function withHome(test: (home: string) => Promise<void>) {
  const home = await Deno.makeTempDir({ prefix: "mm-" });
  try {
    await test(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

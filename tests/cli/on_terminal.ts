/** The program on a real terminal, where python3 can make one. */
import { PROGRAM } from "./scripted_host.ts";

const SCRIPT = new URL("./terminal.py", import.meta.url).pathname;

export type Step =
  & { readonly wait?: string }
  & {
    readonly key?: string;
    readonly signal?: string;
    readonly size?: readonly [rows: number, columns: number];
    readonly stopped?: true;
  };

export interface TerminalRun {
  readonly output: string;
  readonly code: number | null;
  /** The terminal's attributes are what they were. */
  readonly restored: boolean;
}

/** False where a test on a terminal has to be left out. */
export async function hasTerminal(): Promise<boolean> {
  try {
    const probe = new Deno.Command("python3", { args: ["-c", "import pty, termios"], stdout: "null", stderr: "null" });
    return (await probe.output()).success;
  } catch {
    return false;
  }
}

export async function onTerminal(home: string, args: readonly string[], plan: readonly Step[]): Promise<TerminalRun> {
  const flags = ["-A", "--unstable-worker-options", "--unstable-kv", "--cached-only", "--no-check", "--quiet"];
  const program = [Deno.execPath(), "run", ...flags, `--config=${PROGRAM}/deno.json`, `${PROGRAM}/main.ts`];
  const { stdout, stderr, success } = await new Deno.Command("python3", {
    args: [SCRIPT, JSON.stringify(plan), ...program, ...args, "--home", home],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

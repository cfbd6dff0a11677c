/** Runs a few lines in a Deno of their own, with the flags under test, and gives what they printed. */
import { fromFileUrl } from "@std/path";

const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

/** A snippet that waits for what never comes is no reason for the whole suite to wait. */
const MAX_MS = 60_000;

/** What most snippets need: `tell` prints what an expression gives, or the name of the error it throws. */
const PRELUDE = `
const tell = async (name, look) => {
  let said;
  try { said = await look(); } catch (error) { said = error.name; }
  console.log(name + ": " + (typeof said === "string" ? said : JSON.stringify(said)));
};
`;

export interface Snippet {
  readonly flags: readonly string[];
  readonly code: string;
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with_config?: boolean;
}

export async function runSnippet(
  { flags, code, folder, env, with_config }: Snippet,
): Promise<{ code: number; lines: string[]; stderr: string }> {
  const file = `${folder}/snippet_${crypto.randomUUID()}.ts`;
  await Deno.writeTextFile(file, PRELUDE + code);
  const config = with_config ? [`--config=${CONFIG}`] : ["--no-config", "--no-lock"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", "--cached-only", "--quiet", ...config, ...flags, file],
    cwd: "/",
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const late = setTimeout(() => child.kill("SIGKILL"), MAX_MS); // what it printed until then tells the test what is missing
  const output = await child.output();
  clearTimeout(late);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code: output.code, lines: text(output.stdout).split("\n").slice(0, -1), stderr: text(output.stderr) };
}

/** A real folder for one test. */
export async function withFolder(then: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await then(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

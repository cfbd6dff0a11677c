/** The host of a home: the one that runs there, or one that is started for as long as this command runs. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { lockHolder } from "../lock_holder.ts";
import { PROGRAM_ARGUMENTS } from "../program.ts";

export interface AttachedHost extends AsyncDisposable {
  readonly started: boolean;
  /** Resolves when a host that was started here has ended. */
  readonly ended: Promise<void>;
}

/** `print` shows what the host says while it starts. */
export async function attachHost(home: string, print: (text: string) => void): Promise<Result<AttachedHost>> {
  if ((await lockHolder(home)).state === "held") {
    return ok({ started: false, ended: new Promise(() => {}), [Symbol.asyncDispose]: () => Promise.resolve() });
  }
  const child = new Deno.Command(Deno.execPath(), {
    args: [...PROGRAM_ARGUMENTS, "start", "--home", home, "--log-level", "CRITICAL"],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const said: string[] = [];
  void readLines(child.stderr, (line) => void (said.length < 20 && said.push(line)));
  const ready = Promise.withResolvers<boolean>();
  void readLines(child.stdout, (line) => line.startsWith("ready: ") && ready.resolve(true)).then(() =>
    ready.resolve(false)
  );
  if (!await ready.promise) {
    await child.status;
    return refuse(fault("service_down", `the host of ${home} did not start: ${said.join("\n")}`));
  }
  for (const line of said.filter((line) => line.startsWith("wrote "))) print(line);
  const ended = child.status.then(() => {});
  return ok({
    started: true,
    ended,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGTERM");
      } catch { /* a Ctrl-C reached it too, and it was faster */ }
      await ended;
    },
  });
}

async function readLines(from: ReadableStream<Uint8Array>, take: (line: string) => void): Promise<void> {
  let rest = "";
  for await (const text of from.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    lines.forEach(take);
  }
}

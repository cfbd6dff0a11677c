/** A Chroma server of this test's own: the one of the Python package, in a temporary folder, on loopback, with telemetry off. */
import { chromaFolder } from "./missing_chroma.ts";

export interface ChromaServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
}

// The package's own command asks for what only its client needs; the server is this one function.
const SERVE = "import sys, chromadb_rust_bindings as chroma; chroma.cli(['chroma', *sys.argv[1:]])";

export async function startChroma(): Promise<ChromaServer> {
  const folder = await Deno.makeTempDir({ prefix: "mm-chroma-" });
  const [host, port] = ["127.0.0.1", freePort()];
  const child = new Deno.Command("python3", {
    args: ["-c", SERVE, "run", "--path", `${folder}/data`, "--host", host, "--port", String(port)],
    ...{ cwd: folder, clearEnv: true, stdin: "null", stdout: "null", stderr: "null" },
    env: {
      PATH: Deno.env.get("PATH")!,
      HOME: folder,
      PYTHONPATH: chromaFolder()!,
      PYTHONDONTWRITEBYTECODE: "1",
      ANONYMIZED_TELEMETRY: "False",
    },
  }).spawn();
  const end = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  };
  try {
    await answers(`http://${host}:${port}/api/v2/heartbeat`);
  } catch (error) {
    await end();
    throw error;
  }
  return { host, port, pid: child.pid, [Symbol.asyncDispose]: end };
}

async function answers(url: string): Promise<void> {
  for (let round = 0;; round++) {
    try {
      const { ok, body } = await fetch(url);
      await body?.cancel();
      if (ok) return;
    } catch (error) {
      if (round === 300) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

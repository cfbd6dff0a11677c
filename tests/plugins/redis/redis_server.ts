/** A Redis server of this test's own, on loopback, which keeps nothing. */
import { freePort } from "../chromadb/chroma_server.ts";
import { redisProgram } from "./missing_redis.ts";

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Starts it again, at the same port and empty. */
  start(): Promise<void>;
}

export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  const folder = await Deno.makeTempDir({ prefix: "mm-redis-" });
  const port = freePort();
  let child = spawn();
  await accepts(port);

  function spawn(): Deno.ChildProcess {
    const settings = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--dir",
      folder,
      "--save",
      "",
      "--appendonly",
      "no",
    ];
    return new Deno.Command(redisProgram()!, {
      args: [...settings, ...options],
      ...{ cwd: folder, clearEnv: true, stdin: "null", stdout: "null", stderr: "null" },
    }).spawn();
  }
  const kill = async (): Promise<void> => {
    try {
      child.kill("SIGKILL");
    } catch {
      // it has been ended already
    }
    await child.status;
  };
  return {
    port,
    get pid() {
      return child.pid;
    },
    kill,
    async start() {
      child = spawn();
      await accepts(port);
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function accepts(port: number): Promise<void> {
  for (let round = 0;; round++) {
    try {
      return (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    } catch (error) {
      if (round === 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

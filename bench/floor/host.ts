/** The floor's host: starts cells, calls them. Orders come on stdin, one a line; answers leave on stdout. */
import { carryOut } from "../drive/orders.ts";
import { serveOrders } from "../drive/serve_orders.ts";
import { BatchedLines } from "./batched_lines.ts";

const folder = await Deno.makeTempDir({ prefix: "mmb" });
const FLAGS = ["run", "--no-prompt", "--cached-only", "--no-check", "--quiet", "--no-config", "--no-lock"];

interface FloorCell {
  readonly process: Deno.ChildProcess;
  call(n: number): Promise<unknown>;
}

let sockets = 0;
async function startCell(): Promise<FloorCell> {
  const path = `${folder}/${sockets++}.sock`;
  const listener = Deno.listen({ transport: "unix", path });
  const here = new URL(".", import.meta.url).pathname;
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...FLAGS,
      "--unstable-worker-options",
      `--allow-read=${path},${here}`,
      `--allow-write=${path}`,
      `--allow-net=unix:${path}`,
      `${here}cell.ts`,
      path,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const connection = await listener.accept();
  const lines = new BatchedLines(connection);
  const waiting = new Map<number, (answer: unknown) => void>();
  let next = 1;
  void lines.eachLine((line) => {
    for (const [id, answer] of JSON.parse(line) as [number, unknown][]) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    }
  }).catch(() => {});
  return {
    process,
    call(n) {
      const id = next++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        lines.say([id, n]);
      });
    },
  };
}

const cell = await startCell();
await serveOrders((order) => carryOut(order, cell.call));
cell.process.kill("SIGKILL");
await cell.process.status;
await Deno.remove(folder, { recursive: true });
Deno.exit(0);

/** A bare process with a bare Worker that may nothing: lines of the socket go to the Worker as they are, and the Worker's go to the socket. */
import { eachLine, writeAll } from "./batched_lines.ts";

const [socket] = Deno.args;
const connection = await Deno.connect({ transport: "unix", path: socket! });
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", deno: { permissions: "none" } });
const utf8 = new TextEncoder();
let batch = "";
let writing = false;

worker.onmessage = ({ data }: MessageEvent<string>) => {
  batch += data;
  if (!writing) void write();
};

async function write(): Promise<void> {
  writing = true;
  while (batch !== "") {
    const bytes = utf8.encode(batch);
    batch = "";
    await writeAll(connection, bytes);
  }
  writing = false;
}

await eachLine(connection, (line) => worker.postMessage(line)).catch(() => {});
Deno.exit(0);

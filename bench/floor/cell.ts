/** A bare process with a bare Worker that may nothing: lines of the socket go to the Worker as they are, and the Worker's to the socket. */
import { eachLine } from "../drive/lines.ts";
import { LineWriter } from "./line_writer.ts";

const [socket, module] = Deno.args as [string, string];
const connection = await Deno.connect({ transport: "unix", path: socket });
const worker = new Worker(new URL(module, import.meta.url), { type: "module", deno: { permissions: "none" } });
const writer = new LineWriter(connection);
worker.onmessage = ({ data }: MessageEvent<string>) => writer.add(data);

await eachLine(connection, (line) => worker.postMessage(line)).catch(() => {});
Deno.exit(0);

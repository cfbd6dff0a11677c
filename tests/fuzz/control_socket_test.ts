/** The operator's socket under clients that keep to nothing: the kernel lives, does not grow, and serves its operator and the neighbour. */
import assert from "node:assert/strict";
import { anyRequest, wrongRequest } from "./control_requests.ts";
import { fuzzTest } from "./fuzz_test_of.ts";
import { FuzzedKernel } from "./fuzzed_kernel.ts";
import { frame, type Said } from "./hostile_cell.ts";
import { join, type Random, spoil } from "./random.ts";
import { anyFrame, frameOf } from "./raw_frame.ts";
import { INPUTS } from "./settings.ts";

const VICTIM = { "plugins/victim.js": "export class Module { ping(n) { return n; } }", "configs/victim.yml": "" };
/** Of the 64 that there may be: the neighbour has one. */
const CLIENTS = 24;
/** A client that gets no answer goes on: it has asked for nothing, or for a stream. */
const PATIENCE_MS = 20;

interface Counts {
  inputs: number;
  connections: number;
  answers: number;
}

fuzzTest("clients of the operator's socket that keep to nothing harm nobody", async (random, tell) => {
  await using kernel = await FuzzedKernel.start(VICTIM);
  const counts: Counts = { inputs: 0, connections: 0, answers: 0 };
  const sample_each = Math.ceil(INPUTS / 30);
  const client = async (its: Random) => {
    while (counts.inputs < INPUTS && !kernel.ended) {
      const before = counts.inputs;
      await oneConnection(kernel.control, its, counts);
      if (Math.floor(before / sample_each) < Math.floor(counts.inputs / sample_each)) kernel.memory.sample();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => client(random.fork())));
  tell(`${counts.inputs} requests on ${counts.connections} connections, ${counts.answers} bytes answered`);
  tell(`asked for the host's end ${kernel.stops} times; memory ${kernel.memory}`);
  assert.ok(kernel.stops > 0, "no well-formed request came through");
  await kernel.assertUnharmed();
});

/** Requests that may stand, then one that breaks the rules, or the client's end in the middle. */
async function oneConnection(path: string, random: Random, counts: Counts): Promise<void> {
  const connection = await Deno.connect({ transport: "unix", path }).catch(() => undefined);
  if (connection === undefined) return;
  counts.connections++;
  const said: Uint8Array[] = [];
  for (let id = 1, requests = random.below(60); id <= requests; id++) {
    const { header, payload } = anyRequest(random, id);
    said.push(frame([[header, payload]] satisfies Said[]));
  }
  const { header, payload } = wrongRequest(random, 999);
  const last = frameOf(header, payload);
  said.push(
    random.pick([
      () => last,
      () => spoil(random, last),
      () => anyFrame(random),
      () => random.bytes(random.below(300)),
    ])(),
  );
  counts.inputs += said.length;
  const reading = random.once(8) ? Promise.resolve() : read(connection, counts); // some never read
  try {
    const bytes = join(...said);
    for (let at = 0; at < bytes.length;) {
      at += await connection.write(bytes.subarray(at, random.once(4) ? at + 1 + random.below(2_000) : bytes.length));
    }
    if (random.once(3)) await connection.closeWrite();
  } catch { /* the kernel hung up */ }
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([reading, new Promise((then) => timer = setTimeout(then, random.below(PATIENCE_MS)))]);
  clearTimeout(timer);
  try {
    connection.close();
  } catch { /* closed */ }
  await reading;
}

async function read(connection: Deno.UnixConn, counts: Counts): Promise<void> {
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return;
    counts.answers += count;
  }
}

/** Clients of the operator's socket, many at a time, that keep to nothing. */
import { anyRequest, wrongRequest } from "./control_requests.ts";
import type { FuzzedKernel } from "./fuzzed_kernel.ts";
import { frame, type Said } from "./hostile_cell.ts";
import { join, type Random, spoil } from "./random.ts";
import { anyFrame, frameOf } from "./raw_frame.ts";

/** A module that may be switched off and on, reloaded and forgotten. */
export const VICTIM = {
  "plugins/victim.js": "export class Module { ping(n) { return n; } }",
  "configs/victim.yml": "",
};
/** Of the 64 that there may be: the neighbour has one. */
const CLIENTS = 24;
/** A client goes when it has waited so long at most: it may have asked for a stream, or for nothing. */
const PATIENCE_MS = 60;

export interface Counts {
  inputs: number;
  connections: number;
  answers: number;
}

/** So many requests. */
export async function controlStorm(
  kernel: FuzzedKernel,
  random: Random,
  inputs: number,
  counts: Counts = { inputs: 0, connections: 0, answers: 0 },
): Promise<Counts> {
  const sample_each = Math.ceil(inputs / 30);
  let next_sample = sample_each;
  const client = async (its: Random) => {
    while (counts.inputs < inputs && !kernel.ended) {
      await oneConnection(kernel.control, its, counts);
      if (counts.inputs < next_sample) continue;
      next_sample += sample_each;
      kernel.memory.sample();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, () => client(random.fork())));
  return counts;
}

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
  if (random.once(2)) said.push(breaking(random));
  counts.inputs += said.length;
  const close = () => {
    try {
      connection.close();
    } catch { /* closed by either end */ }
  };
  // Who reads nothing is not read for ever either.
  const timer = setTimeout(close, 1 + random.below(PATIENCE_MS));
  const reading = random.once(8) ? Promise.resolve() : read(connection, counts);
  try {
    const bytes = join(...said);
    for (let at = 0, written = 1; at < bytes.length && written > 0; at += written) {
      const end = random.once(4) ? at + 1 + random.below(2_000) : bytes.length;
      written = await connection.write(bytes.subarray(at, end));
    }
    if (random.once(3)) await connection.closeWrite();
  } catch { /* the kernel hung up */ }
  await reading;
  clearTimeout(timer);
  close();
}

/** What no client of this program says; all that stands behind it on its connection is lost. */
function breaking(random: Random): Uint8Array {
  const { header, payload } = wrongRequest(random, 999);
  const wrong = frameOf(header, payload);
  return random.pick([
    () => wrong,
    () => spoil(random, wrong),
    () => anyFrame(random),
    () => random.bytes(random.below(300)),
  ])();
}

async function read(connection: Deno.UnixConn, counts: Counts): Promise<void> {
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return;
    counts.answers += count;
  }
}

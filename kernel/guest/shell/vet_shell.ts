/**
 * The vet cell at work: one source after the other, in the main thread. A source that crashes or never ends takes this process with it and
 * nothing else; who started it kills it then.
 */
import { fault, refuse, type Result } from "../../contract/fault.ts";
import type { CellArgs } from "../../contract/roles.ts";
import type { Payload, VetAnswer, VetOrder } from "../../contract/wire.ts";
import { readJsonPayload, writeJsonPayload } from "../../primitives/json_payload.ts";
import { releaseMemory } from "../../primitives/release_memory.ts";
import { RunSerial } from "../../primitives/run_serial.ts";
import type { CellPowers } from "./cell_powers.ts";
import { Guard } from "./guard.ts";
import { KernelLinks } from "./kernel_links.ts";
import { faultPayload } from "./refusal.ts";

/** Makes one bundle of a module's source. */
export type Vet = (order: VetOrder) => Promise<Result<VetAnswer>>;

/** All files of a module at their largest, as JSON writes them. */
const ORDER_BYTES = 33_554_432;
const LAST_WORDS_MS = 50;

/** Attaches and vets what it is told to until it is told to end. */
export function startVetShell(args: CellArgs, powers: CellPowers, vet: Vet): void {
  const orders = new RunSerial();
  const links = new KernelLinks({
    ...powers.link,
    clock: powers.clock,
    cell: {
      serves: () => false,
      maxBytes: () => ORDER_BYTES,
      callBytes: () => 0,
      tooLarge: () => {},
      report: () => [],
      deliver: () => {},
      order: (link, order, payload) => {
        if (order.t === "vet") void orders.run(() => answer(link, order.id, payload));
        if (order.t === "ask") void powers.prepareFigures().then(sayFigures);
      },
      moved: (bytes) => guard.sign(bytes),
      end: async (code) => {
        guard.stop();
        await links.flush(LAST_WORDS_MS);
        powers.exit(code);
      },
    },
  });
  const sayFigures = () => {
    const figures = { rss: powers.rss(), cpu_ms: powers.cpu_ms(), instances: [] };
    links.say({ t: "figures" }, writeJsonPayload(figures));
  };
  const guard = new Guard(args.memory_mb, powers.clock, powers.memory, {
    owes: () => false,
    ping: () => {},
    release: (own) => own && releaseMemory(),
    looked: () => links.lookAtTime(),
    die: async ({ limit, found, allowed }) => {
      powers.stderr(`limits.${limit}: ${found} found, ${allowed} allowed; the vet cell ends itself`);
      links.say({ t: "dying", limit, found, allowed });
      await links.flush(LAST_WORDS_MS);
      powers.kill();
    },
  });

  async function answer(link: number, id: number, payload: Payload): Promise<void> {
    const order = readJsonPayload(payload) as VetOrder | undefined;
    const vetted = order === undefined
      ? refuse(fault("load_failed", "the order to vet could not be read"))
      : await vet(order);
    const answered = vetted.ok ? writeJsonPayload(vetted.value) : faultPayload(vetted.fault);
    links.say({ t: "vetted", id, ok: vetted.ok }, answered, link);
  }

  links.lookAtTime();
}

/**
 * A cell at work: the links to its kernels on one side, its modules' Workers on the other, the guard over both. Nothing here decides; it tells each
 * part what the others need to know.
 */
import { fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { CellArgs } from "../../contract/roles.ts";
import { WIRE } from "../../contract/limits.ts";
import type { CellFigures, CellReport, KernelMessage, Payload } from "../../contract/wire.ts";
import { writeJsonPayload } from "../../primitives/json_payload.ts";
import { releaseMemory } from "../../primitives/release_memory.ts";
import type { ToWorker } from "../port.ts";
import type { WorkerWord } from "./call_machine.ts";
import type { CellPowers } from "./cell_powers.ts";
import { CpuGuard } from "./cpu_guard.ts";
import { FiguresVoice } from "./figures_voice.ts";
import { Guard } from "./guard.ts";
import { InstanceTable } from "./instance_table.ts";
import { KeptLoans } from "./kept_loans.ts";
import { KernelLinks } from "./kernel_links.ts";
import type { Order } from "./link_machine.ts";
import { LineSink } from "./line_sink.ts";
import { ModuleAsides, type ModuleHit } from "./module_asides.ts";
import type { MakeWorker } from "./module_listener.ts";
import { ModuleLog } from "./module_log.ts";
import { outgrown } from "./outgrown.ts";
import { refusal } from "./refusal.ts";
import { SlowedWords } from "./slowed_words.ts";
import { withinMs } from "./within_ms.ts";

/** What the kernel orders is bounded by the sizes of sources; this only bounds a mistake. */
const ORDER_BYTES = 33_554_432;
/** Above so many bytes that a Worker has not taken nothing more is read from the kernel. */
const UNTAKEN_BYTES = 8_388_608;
const MIB = 1_048_576;
/** Of memory_mb, what the arguments of all running calls may have as they travel: as values in the Worker they have many times that. */
const CALLS_PART = 1 / 8;
/** Last words get so long to leave. */
const LAST_WORDS_MS = 50;
/** A bomb grows on meanwhile: beyond so much above its limit nothing is waited for any more. */
const LAST_WORDS_MB = 32;

export class CellShell {
  readonly #powers: CellPowers;
  readonly #links: KernelLinks;
  readonly #table: InstanceTable;
  readonly #guard: Guard;
  readonly #cpu: CpuGuard;
  readonly #slowed: SlowedWords;
  readonly #log: ModuleLog;
  readonly #asides: ModuleAsides;
  readonly #sink: LineSink;
  readonly #loans = new KeptLoans();
  readonly #figures: FiguresVoice;
  #ending = false;

  constructor(args: CellArgs, powers: CellPowers, make: MakeWorker) {
    const { clock } = powers;
    this.#powers = powers;
    this.#figures = new FiguresVoice({
      clock,
      rss: powers.rss,
      take: () => this.#takeFigures(),
      say: (figures) => this.#links.say({ t: "figures" }, writeJsonPayload(figures)),
    });
    const hit = (instance: InstanceId, what: ModuleHit) => this.#links.say({ t: "limit", instance, ...what });
    this.#sink = new LineSink(powers.stdout);
    this.#log = new ModuleLog(clock, (line) => this.#sink.push(line), (api, lines, allowed) => {
      const instance = this.#table.instanceOf(api);
      if (instance !== undefined) hit(instance, { limit: "log_lines_per_s", found: allowed + lines, allowed });
    });
    this.#asides = new ModuleAsides(clock, this.#log, hit);
    this.#slowed = new SlowedWords(clock, {
      word: (instance, word) => this.#links.event({ on: "worker", instance, message: word }),
      slowed: hit,
    });
    this.#table = new InstanceTable(make, clock, {
      call: (instance, word) => this.#fromWorker(instance, word),
      say: (message, payload) => this.#links.say(message, payload),
      aside: (instance, order, word) => this.#asides.take(instance, order, word),
      made: (instance, limits) => {
        this.#slowed.watch(instance, limits);
        this.#guard.watch(instance, limits.liveness_ms);
      },
      heard: (instance, work) => this.#heard(instance, work),
      told: (instance) => this.#guard.expect(instance),
      gone: (instance) => {
        this.#guard.forget(instance);
        this.#slowed.forget(instance);
        this.#asides.forget(instance);
        this.#loans.forget(instance);
        this.#links.event({ on: "gone", instance });
      },
      stuck: (instance, load_ms) => {
        this.#die({ limit: "load_ms", instance, found: load_ms, allowed: load_ms });
      },
    });
    this.#links = new KernelLinks({
      ...powers.link,
      clock,
      cell: {
        serves: (instance) => this.#table.serves(instance),
        maxBytes: (message, callerOf) => this.#maxBytes(message, callerOf),
        callBytes: () => Math.max(this.#table.message_bytes, args.memory_mb * MIB * CALLS_PART),
        tooLarge: (instance, allowed) => hit(instance, { limit: "message_bytes", found: allowed + 1, allowed }),
        report: () => this.#report(),
        deliver: (instance, message) => this.#deliver(instance, message),
        order: (link, message, payload) => this.#carryOut(link, message, payload),
        moved: (bytes) => this.#guard.sign(bytes),
        end: (code, reason) => void this.#end(code, reason),
      },
    });
    this.#guard = new Guard(args.memory_mb, clock, powers.memory, {
      owes: (instance) => this.#owes(instance),
      dormant: (instance) => this.#table.isDormant(instance),
      ping: (instance) => this.#table.ping(instance),
      release: (own) => {
        this.#table.releaseMemory();
        if (own) releaseMemory();
      },
      die: (why) => this.#die(why),
      looked: () => this.#looked(),
    }, powers.spread);
    this.#cpu = new CpuGuard(powers, {
      allowed: () => this.#table.cpu_percent,
      owes: () => this.#table.ids().some((instance) => this.#owes(instance)),
      dormant: () => this.#table.ids().every((instance) => this.#table.isDormant(instance)),
      hold: (hold) => this.#links.holdReads(hold, "cpu"),
      above: (found, allowed) => {
        const [instance, second] = this.#table.ids();
        if (instance === undefined || second !== undefined) return; // of several nobody knows whose it is
        hit(instance, { limit: "cpu_percent", found, allowed });
      },
      burns: (found, allowed) => this.#die({ limit: "cpu_percent", found, allowed }),
    });
  }

  #owes(instance: InstanceId): boolean {
    return this.#table.isLoading(instance) || this.#links.owes(instance);
  }

  /** Seeks its kernel, and from then on does what it is told. */
  start(): void {
    this.#links.lookAtTime();
  }

  #carryOut(_link: number, order: Order, payload: Payload): void {
    switch (order.t) {
      case "load":
        void this.#table.load(order.instance, payload);
        return;
      case "run":
        return this.#table.run(order.instance);
      case "shutdown":
        return this.#table.shutdown(order.instance);
      case "unload":
        return this.#table.unload(order.instance);
      case "export":
        return this.#table.carry(order.instance, { t: "export", id: order.id });
      case "import":
        return this.#table.carry(order.instance, { t: "import", id: order.id, from: order.from, payload });
      case "ask":
        void Promise.all([this.#table.refresh(), this.#powers.prepareFigures()]).then(() => this.#figures.say());
        return;
      case "vet":
        return; // a cell that hosts modules vets nothing
    }
  }

  #deliver(instance: InstanceId, message: ToWorker): void {
    this.#table.deliver(instance, message);
    // Its caller has stopped waiting, the module may not have: it shows that it noticed.
    if (message.t === "cancel") this.#guard.expect(instance);
    if (this.#table.untaken_bytes > UNTAKEN_BYTES) this.#links.holdReads(true, "untaken");
  }

  #heard(instance: InstanceId, work: boolean): void {
    this.#guard.heard(instance);
    if (work) this.#guard.sign();
    if (this.#table.untaken_bytes <= UNTAKEN_BYTES) this.#links.holdReads(false, "untaken");
  }

  #fromWorker(instance: InstanceId, word: WorkerWord): void {
    const waiting = this.#links.queued_bytes + this.#slowed.waiting_bytes;
    if (word.t === "call" && waiting + word.payload.length > WIRE.queue_bytes) {
      const text = `more than ${WIRE.queue_bytes} bytes of calls wait to leave the cell`;
      const answer = refusal(fault("rate_limited", text));
      return this.#table.deliver(instance, { t: "reply", id: word.id, live: false, streams: 0, ...answer });
    }
    this.#loans.note(instance, word);
    this.#slowed.take(instance, word);
  }

  #report(): CellReport["instances"] {
    return this.#table.report().map((one) => {
      const kept = this.#loans.of(one.instance);
      return kept.length === 0 ? one : { ...one, kept };
    });
  }

  #maxBytes(message: KernelMessage, callerOf: (id: number) => InstanceId | undefined): number {
    const receiver = message.t === "call" ? message.to : message.t === "reply" ? callerOf(message.id) : undefined;
    if (receiver === undefined) return ORDER_BYTES;
    return this.#table.limits(receiver)?.message_bytes ?? ORDER_BYTES;
  }

  #looked(): void {
    this.#links.lookAtTime();
    this.#cpu.looked();
    this.#figures.looked();
  }

  #takeFigures(): CellFigures {
    const { rss, cpu_ms } = this.#powers;
    return { rss: rss(), cpu_ms: cpu_ms(), ...this.#cpu.figures, instances: this.#table.figures() };
  }

  /** The one end that a busy Worker or a bomb of buffers can't delay. */
  async #die(why: { limit: string; instance?: InstanceId; found: number; allowed: number }): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    this.#powers.stderr(`limits.${why.limit}: ${why.found} found, ${why.allowed} allowed; the cell ends itself`);
    const { limit, found, allowed } = why;
    const stopped = this.#table.stop(why.instance);
    const instance = stopped?.id ?? why.instance;
    this.#links.say(
      { t: "dying", ...(instance !== undefined && { instance }), limit, found, allowed },
      stopped && writeJsonPayload(this.#links.lastWords(stopped.id, stopped.last)),
    );
    const said = this.#links.flush(LAST_WORDS_MS);
    if (limit === "memory_mb") await Promise.race([said, outgrown(this.#powers, (allowed + LAST_WORDS_MB) * MIB)]);
    else await said;
    this.#powers.kill();
  }

  async #end(code: number, reason: string): Promise<void> {
    if (this.#ending) return;
    this.#ending = true;
    this.#guard.stop();
    if (code !== 0) this.#powers.stderr(`the cell ends: ${reason}`);
    this.#table.endAll();
    this.#log.tellAll();
    await Promise.all([
      this.#links.flush(LAST_WORDS_MS),
      withinMs(this.#powers.clock, LAST_WORDS_MS, this.#sink.drain()),
    ]);
    this.#powers.exit(code);
  }
}

/**
 * The gate: judges what modules propose. It tries each candidate apart, on probes that only the operator can read and write, beside what it would replace; what fails is
 * put aside with the reason, what passes is told so, and adopted where the config says so and no model wrote it.
 */
import { type Config, FaultError, type Kernel, type ProposalFinding } from "meta-machine";
import { compare } from "./compare.ts";
import { type Figures, onProbation, type ProbationBounds } from "./probation.ts";
import { shareFinding } from "./share_finding.ts";
import { type Probe, type Probes, probesOf, readProbes } from "./probes.ts";

interface Listed {
  readonly id: string;
  readonly api: string;
  readonly kind: string;
  readonly state: string;
  readonly model?: string;
  readonly tests?: readonly (Omit<Probe, "check" | "expect"> & { readonly expect: unknown })[];
  readonly findings: readonly ProposalFinding[];
}

export interface Verdict {
  readonly id: string;
  readonly api: string;
  readonly passed: boolean;
  readonly findings: readonly ProposalFinding[];
}

/** The part of `kernel.status()` that is looked at. */
interface Status {
  readonly modules: readonly (Figures & { readonly api: string })[];
}

/** Beside the probes; the kernel tries sixty-four calls at once. */
const MOST_TESTS = 40;

function testsOf({ tests = [] }: Listed): Probe[] {
  return tests.map(({ expect, ...call }) => ({ ...call, check: "test", expect: { value: expect } }));
}

/** A part of the real calls, for so many seconds. */
interface ShareOptions {
  readonly percent: number;
  readonly s: number;
}

/** Kept for who asks; the proposals themselves keep theirs for good. */
const KEPT = 100;

export class Module {
  readonly #kernel: Kernel;
  readonly #probes: ReadonlyMap<string, Probes>;
  readonly #slower: number;
  readonly #adopts: boolean;
  readonly #probation: ProbationBounds;
  readonly #share: ShareOptions | undefined;
  readonly #verdicts: Verdict[] = [];

  constructor(kernel: Kernel, config: Config) {
    this.#kernel = kernel;
    this.#probes = readProbes(config);
    this.#slower = config.get("slower", 2);
    this.#adopts = config.get("adopts", false);
    this.#share = config.get<ShareOptions | undefined>("share", undefined);
    this.#probation = { max_faults: config.get("max_faults", 0.1), ms: config.get("probation_s", 60) * 1_000 };
  }

  /** Those that were proposed while nobody judged come first. */
  async run(): Promise<void> {
    const heard = this.#kernel.events(["proposal.made", "proposal.adopted"])[Symbol.asyncIterator]();
    // Asked for before the first look: what is proposed during it is heard of afterwards.
    for (let next = heard.next();;) {
      await this.#judgeOpen();
      const { done, value } = await next;
      if (done) return;
      if (value.kind === "proposal.adopted") void this.#watch(value.api!);
      next = heard.next();
    }
  }

  /** The latest first. */
  verdicts(): readonly Verdict[] {
    return this.#verdicts.toReversed();
  }

  async #judgeOpen(): Promise<void> {
    const all = await this.#kernel.proposals() as unknown as readonly Listed[];
    const open = all.filter(({ state, findings }) =>
      state === "open" && !findings.some(({ check }) => check === "gate")
    );
    for (const proposal of open.toReversed()) {
      try {
        await this.#judge(proposal, all);
      } catch (error) {
        console.error(`${proposal.id} could not be judged: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  async #judge(proposal: Listed, all: readonly Listed[]): Promise<void> {
    const { id, api, model, kind } = proposal;
    const former = all.filter((one) => one.api === api && one.state === "adopted");
    const findings = await this.#findings(proposal, [proposal, ...former].flatMap(testsOf).slice(0, MOST_TESTS));
    const failed = findings.find(({ passed }) => !passed);
    this.#verdicts.push({ id, api, passed: failed === undefined, findings });
    if (this.#verdicts.length > KEPT) this.#verdicts.shift();
    if (failed !== undefined) {
      await this.#kernel.judged(id, [...findings, { check: "gate", passed: false, said: failed.said }]);
      return void await this.#kernel.reject(id, `${failed.check}: ${failed.said}`);
    }
    const asks = model !== undefined || kind !== "module" || !this.#adopts;
    const said = asks ? "it passed; a person decides" : "it passed";
    await this.#kernel.judged(id, [...findings, { check: "gate", passed: true, said }]);
    if (!asks) await this.#adopt(id);
  }

  /** The kernel holds to what no judge may waive, and may find that it does not run. */
  async #adopt(id: string): Promise<void> {
    try {
      await this.#kernel.adopt(id);
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.retriable) throw error;
      // Of what is for a person alone the gate's own word stands with it.
      if (error.fault.code === "denied") await this.#kernel.reject(id, error.fault.message);
    }
  }

  /** Whoever adopted it. */
  async #watch(api: string): Promise<void> {
    const look = async () => {
      const { modules } = await this.#kernel.status() as Status;
      return modules.find((module) => module.api === api);
    };
    const why = await onProbation(() => look().catch(() => undefined), this.#probation, (ms) => this.#kernel.sleep(ms));
    if (why === undefined) return;
    console.warn(`${api} is taken back: ${why}`);
    await this.#kernel.rollback(api).catch((error) =>
      console.error(`${api} could not be taken back: ${error.message}`)
    );
  }

  /** `tests`: the proposer's own, and those of what was adopted before it: nobody takes his own away. */
  async #findings({ id, api, kind }: Listed, tests: readonly Probe[]): Promise<readonly ProposalFinding[]> {
    const { calls, answers } = probesOf(this.#probes, api);
    const callOf = ({ method, args, aspect }: Probe) => ({ method, args, aspect });
    const candidate = await this.#try({ id, answers, which: "candidate", calls: [...calls, ...tests].map(callOf) });
    if ("said" in candidate) return [candidate];
    const ask = () => this.#try({ id, answers, which: "predecessor", calls: calls.map(callOf) });
    const predecessor = kind === "new" ? undefined : await ask();
    const before = predecessor === undefined || "said" in predecessor ? undefined : predecessor.outcomes;
    const { outcomes } = candidate;
    const found: readonly ProposalFinding[] = [
      { check: "load", passed: true, said: "it loads apart" },
      ...compare(calls, { candidate: outcomes.slice(0, calls.length), predecessor: before }, this.#slower),
      ...compare(tests, { candidate: outcomes.slice(calls.length), predecessor: undefined }, this.#slower),
    ];
    if (this.#share === undefined || kind !== "module" || found.some(({ passed }) => !passed)) return found;
    return [...found, await this.#underRealCalls(id, this.#share)];
  }

  /** Only what has passed so far is let near anybody. */
  async #underRealCalls(id: string, { percent, s }: ShareOptions): Promise<ProposalFinding> {
    try {
      const shared = await this.#kernel.routeShare({ id, percent, ms: s * 1_000 });
      return shareFinding(shared, { max_faults: this.#probation.max_faults, slower: this.#slower });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      // No tool that may be called twice, or a state: the recorded calls have to do.
      const denied = error instanceof FaultError && error.fault.code === "denied";
      return { check: "share", passed: denied, said };
    }
  }

  async #try(asked: Parameters<Kernel["shadow"]>[0]) {
    try {
      return await this.#kernel.shadow(asked);
    } catch (error) {
      return { check: "load", passed: false, said: error instanceof Error ? error.message : String(error) };
    }
  }
}

/**
 * Changes that somebody wants, from the wish to its end. Nothing here decides whether a change is good: a person does, or a module that was granted to. What the kernel
 * holds to in any case is judge.ts. A file is written only here, beside and renamed, and what stood there is kept: river 2 then switches, and can switch back.
 */
import type { EmitEvent, HostEvent } from "../contract/events.ts";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { Clock, Files, Randomness } from "../contract/powers.ts";
import { type FileText, type Finding, type Proposal, PROPOSALS, type ProposalState } from "../contract/proposal.ts";
import type { ApiName } from "../contract/names.ts";
import { toHex } from "../primitives/hex.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import { parseFindings } from "./parse_findings.ts";
import { judge, type JudgePowers } from "./judge.ts";
import { parseProposed } from "./parse_proposed.ts";
import type { ProposalStore } from "./proposal_store.ts";
import type { ShareFigures } from "../broker/mod.ts";
import { shareProposal } from "./share_proposal.ts";
import { type Tried, tryProposal, type Which } from "./try_proposal.ts";
import { wouldWrite } from "./would_write.ts";

export interface ProposalPowers extends JudgePowers {
  readonly store: ProposalStore;
  readonly files: Pick<Files, "writeWhole" | "remove" | "makeFolder">;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Randomness, "bytes">;
  readonly emit: EmitEvent;
  /** Why no new module may bear this name, if so: its source would be somebody else's too. */
  readonly taken: (api: ApiName) => Promise<string | undefined>;
  /** Runs while no plan is made, then has one made and waits for what it changes of that api: why it does not run as it stands now, if so. */
  readonly switched: (api: string, write: () => Promise<void>) => Promise<string | undefined>;
}

/** So long an adopted change is on probation. */
const PROBATION_MS = 600_000;

/** Who hands it over. */
export interface Proposer {
  readonly api: string;
  readonly principal: string;
}

export class Proposals {
  readonly #powers: ProposalPowers;
  /** One after the other: what one was judged by the other would have changed meanwhile. */
  readonly #serial = new RunSerial();

  constructor(powers: ProposalPowers) {
    this.#powers = powers;
  }

  all(): readonly Proposal[] {
    return this.#powers.store.all();
  }

  get(id: string): Result<Proposal> {
    const found = this.#powers.store.get(id);
    if (found !== undefined) return ok(found);
    return refuse(
      fault("not_found", `there is no proposal '${id}'`, { hint: "`proposals` lists those that there are" }),
    );
  }

  /** Keeps it for whoever decides; nothing else happens. */
  propose(value: unknown, by: Proposer): Promise<Result<Proposal>> {
    return this.#serial.run(async () => {
      const proposed = parseProposed(value);
      if (!proposed.ok) return proposed;
      const { store, present, read, home, clock, random } = this.#powers;
      const open = store.all().filter((one) => one.state === "open" && one.by === by.api).length;
      if (open >= PROPOSALS.open_by_one) {
        return refuse(fault("quota", `'${by.api}' has ${open} open proposals; no more may be`, {
          hint: "wait until somebody has adopted or rejected some",
        }));
      }
      const { api, objective, model, prompt, tests } = proposed.value;
      const found = present(api);
      const taken = found === undefined ? await this.#powers.taken(api) : undefined;
      if (taken !== undefined) {
        return refuse(fault("conflict", taken, { hint: "choose another name", retriable: false }));
      }
      const would = wouldWrite(
        proposed.value,
        found && {
          planned: found.planned,
          config: await read(found.planned.spec.config) ?? "",
          prompt: prompt && await read(`prompts/${prompt.name}`),
        },
        home,
      );
      if (!would.ok) return would;
      const now = new Date(clock.now()).toISOString();
      const proposal: Proposal = {
        ...{
          id: `p${toHex(random.bytes(6))}`,
          api,
          ...would.value,
          state: "open",
          by: by.api,
          principal: by.principal,
        },
        ...{ created: now, changed: now, objective, findings: [] },
        ...(model !== undefined && { model }),
        ...(tests !== undefined && { tests }),
      };
      await store.put(proposal);
      this.#tell("proposal.made", proposal, `'${by.api}' proposes a change: ${objective.slice(0, 200)}`);
      return ok(proposal);
    });
  }

  /** Tries the candidate, or what it would replace, where neither is called by anybody nor reaches anybody. */
  async shadow(id: string, which: Which, rehearsal: unknown): Promise<Result<Tried>> {
    const found = this.get(id);
    return found.ok ? await tryProposal(found.value, which, rehearsal, this.#powers) : found;
  }

  /** Gives the candidate a part of the real calls. */
  async share(id: string, asked: unknown): Promise<Result<ShareFigures>> {
    const found = this.#open(id);
    return found.ok ? await shareProposal(found.value, asked, this.#powers) : found;
  }

  /** Judges it, writes it, and waits until it runs; one that does not run is taken back at once. `by`: who decided. */
  adopt(id: string, by: string): Promise<Result<Proposal>> {
    return this.#serial.run(async () => {
      const found = this.#open(id);
      if (!found.ok) return found;
      const own = await judge(found.value, this.#powers);
      const findings = [...found.value.findings, ...own];
      const failed = own.find(({ passed }) => !passed);
      if (failed !== undefined) {
        await this.#powers.store.put({ ...found.value, findings });
        const message = `${id} can't be adopted: ${failed.check}: ${failed.said}`;
        return refuse(fault("denied", message, { hint: `\`reject ${id}\` puts it aside`, retriable: false }));
      }
      const { api, before, after } = found.value;
      const why = await this.#switch(api, after);
      const run: Finding = { check: "run", passed: why === undefined, said: why ?? "it runs" };
      if (why === undefined) {
        const adopted = await this.#becomes(found.value, "adopted", [...findings, run]);
        this.#tell("proposal.adopted", adopted, `${by} adopted ${id}`);
        return ok(adopted);
      }
      await this.#switch(api, before);
      const rejected = await this.#becomes(found.value, "rejected", [...findings, run]);
      this.#tell("proposal.rejected", rejected, `${id} does not run: ${why}`);
      return refuse(fault("load_failed", `${id} was written, did not run, and was taken back: ${why}`));
    });
  }

  /** What a judge has found of an open one, beside what was found before: for whoever decides. */
  judged(id: string, value: unknown): Promise<Result<Proposal>> {
    return this.#serial.run(async () => {
      const found = this.#open(id);
      if (!found.ok) return found;
      const findings = parseFindings(value);
      if (findings === undefined) {
        return refuse(fault("invalid_argument", "those are no findings", { hint: "a list of {check, passed, said}" }));
      }
      return ok(await this.#becomes(found.value, "open", [...found.value.findings, ...findings]));
    });
  }

  reject(id: string, by: string, why: string): Promise<Result<Proposal>> {
    return this.#serial.run(async () => {
      const found = this.#open(id);
      if (!found.ok) return found;
      const said: Finding = { check: "verdict", passed: false, said: why };
      const rejected = await this.#becomes(found.value, "rejected", [...found.value.findings, said]);
      this.#tell("proposal.rejected", rejected, `${by} rejected ${id}: ${why}`);
      return ok(rejected);
    });
  }

  /** Writes what stood there before the latest adopted change of this api. */
  rollback(api: string, by: string): Promise<Result<Proposal>> {
    return this.#serial.run(async () => {
      const { store, read } = this.#powers;
      const adopted = store.all().filter((one) => one.api === api && one.state === "adopted")
        .sort((a, b) => (a.changed < b.changed ? 1 : -1));
      const [latest] = adopted;
      if (latest === undefined) {
        return refuse(fault("not_found", `no adopted proposal of '${api}' is there to be taken back`));
      }
      for (const { file, text } of latest.after) {
        if (await read(file) === text) continue;
        return refuse(fault("conflict", `${file} was changed after ${latest.id} was adopted`, {
          hint: "a rollback would take that change away too: undo it first, or edit the file by hand",
          retriable: false,
        }));
      }
      const why = await this.#switch(api, latest.before);
      const run: Finding = { check: "rollback", passed: why === undefined, said: why ?? "what was before runs again" };
      const back = await this.#becomes(latest, "rolled_back", [...latest.findings, run]);
      this.#tell("proposal.rolled_back", back, `${by} took ${latest.id} back`);
      return ok(back);
    });
  }

  /** What was adopted and then given up for good is taken back without being asked. */
  heard({ kind, api }: HostEvent): void {
    if (kind !== "module.quarantined" || api === undefined) return;
    const latest = this.all().find((one) => one.api === api && one.state === "adopted");
    const age_ms = latest === undefined ? Infinity : this.#powers.clock.now() - Date.parse(latest.changed);
    if (age_ms < PROBATION_MS) void this.rollback(api, "the host");
  }

  #open(id: string): Result<Proposal> {
    const found = this.get(id);
    if (!found.ok || found.value.state === "open") return found;
    return refuse(fault("conflict", `${id} is not open, it is ${found.value.state}`, { retriable: false }));
  }

  async #becomes(proposal: Proposal, state: ProposalState, findings: readonly Finding[]): Promise<Proposal> {
    const changed = { ...proposal, state, findings, changed: new Date(this.#powers.clock.now()).toISOString() };
    await this.#powers.store.put(changed);
    return changed;
  }

  /** Why it does not run as it stands then, if so. */
  async #switch(api: string, files: readonly FileText[]): Promise<string | undefined> {
    try {
      return await this.#powers.switched(api, () => this.#write(files));
    } catch (error) {
      return `it could not be written: ${error instanceof Error ? error.message : error}`;
    }
  }

  async #write(texts: readonly FileText[]): Promise<void> {
    const { home, files } = this.#powers;
    for (const { file, text } of texts) {
      const path = `${home}/${file}`;
      if (text === undefined) {
        if (await this.#powers.read(file) !== undefined) await files.remove(path);
        continue;
      }
      await files.makeFolder(path.slice(0, path.lastIndexOf("/")));
      await files.writeWhole(path, text);
    }
  }

  #tell(
    kind: "proposal.made" | "proposal.adopted" | "proposal.rejected" | "proposal.rolled_back",
    of: Proposal,
    message: string,
  ): void {
    this.#powers.emit({ kind, api: of.api, message, detail: { id: of.id, by: of.by, change: of.kind } });
  }
}

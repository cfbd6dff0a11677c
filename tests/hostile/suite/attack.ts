/** Carries out the steps of one hostile module in a host that runs, and holds what comes of each against what was declared. */
import assert from "node:assert/strict";
import type { Fault, Result } from "../../../kernel/contract/fault.ts";
import { type HostUnderAttack, until } from "../neighbour.ts";
import type { Hostile, Step } from "./declaration.ts";
import { assertJournal } from "./journal.ts";
import { prepareSource } from "./home_files.ts";
import { assertIdle, watchMemory } from "./measures.ts";
import { assertOwnError } from "./own_error.ts";
import { MODULES } from "./read_modules.ts";
import { saidIs } from "./said_is.ts";
import type { Surroundings } from "./surroundings.ts";
import { MachineLag } from "./machine_lag.ts";

/** Megabytes above its limit at which a bomb has ended at the latest. */
const OVERSHOOT_MB = 64;
/** What a bomb fills while its guard, which the machine serves no sooner than this process, can't look. */
const FILL_MB_PER_MS = 8;
const LATE_MS = 5;
/** After its death a module serves again. */
const BACK_MS = 2_000;
/** The host's own start-up is over, and so are many others'. */
const STATE_MS = 25_000;

export class Attack {
  readonly #attacked: HostUnderAttack;
  readonly #around: Surroundings;
  readonly #hostile: Hostile;
  #pid: number | null = null;

  constructor(attacked: HostUnderAttack, around: Surroundings, hostile: Hostile) {
    this.#attacked = attacked;
    this.#around = around;
    this.#hostile = hostile;
  }

  async run(): Promise<void> {
    const { steps, beside } = this.#hostile;
    for (const api of Object.keys(beside)) await this.#attacked.reaches(api, ["running", "sleeping"], STATE_MS);
    if (steps[0]?.call !== undefined) await this.#running(this.#hostile.api, STATE_MS);
    for (const step of steps) await this.#take(step);
    await assertJournal(this.#attacked, this.#around, this.#hostile);
  }

  async #take(step: Step): Promise<void> {
    const { api } = this.#hostile;
    if (step.write !== undefined) await this.#attacked.write(step.write);
    if (step.becomes !== undefined) {
      const source = await Deno.readTextFile(`${MODULES}${this.#hostile.family}/${step.becomes}`);
      await this.#attacked.write({
        [`plugins/${this.#hostile.path}`]: prepareSource(source, this.#hostile, this.#around.folder, this.#around.port),
      });
    }
    if (step.reload) await this.#expect(step, "reload", this.#attacked.verb("reload", { api }));
    if (step.call !== undefined) {
      for (const args of step.each ?? [step.args ?? []]) await this.#call(step, args);
    }
    if (step.removed) {
      await Deno.remove(`${this.#attacked.home}/configs/${api}.yml`);
      const listed = async () => (await this.#attacked.status()).modules.some((module) => module.api === api);
      await until(async () => !await listed(), 6_000, () => `'${api}' was not taken away`);
    }
    if (step.state !== undefined) {
      const expected = step.state === "given up" ? ["failed", "quarantined"] : [step.state];
      const { reason = "" } = await this.#attacked.reaches(step.of ?? api, expected, STATE_MS);
      if (step.says !== undefined) saidIs(`the reason of '${api}'`, reason, step.says);
      assert.ok(reason.length < 2_000, `the reason of '${api}' has ${reason.length} characters`);
    }
    if (step.told !== undefined) await this.#told(step);
    if (step.logged !== undefined) await this.#logged(step);
    if (step.process !== undefined) {
      const { pid } = await this.#running(step.of ?? api, BACK_MS);
      assert.equal(pid === this.#pid, step.process === "same", `process ${this.#pid}, and now ${pid}`);
    }
  }

  async #call(step: Step, args: readonly unknown[]): Promise<void> {
    const { api, harm, config } = this.#hostile;
    const to = step.of ?? api;
    const pid = await this.#processOf(to);
    this.#pid = pid;
    const memory = harm === "memory" && pid !== null ? watchMemory(pid) : undefined;
    const lag = memory && new MachineLag();
    const since = performance.now();
    const params = { api: to, method: step.call!, args, ...(step.aspect !== undefined && { aspect: step.aspect }) };
    const answer = this.#attacked.verb("call", params);
    for (const other of step.meanwhile ?? []) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await this.#take(other);
    }
    const what = `${to}.${step.call}(${JSON.stringify(args)?.slice(1, -1).slice(0, 80)})`;
    const came = await this.#expect(step, what, answer);
    const passed = performance.now() - since;
    if (step.within_ms !== undefined) assert.ok(passed < step.within_ms, `${what} took ${Math.round(passed)} ms`);
    const peak = await memory?.end();
    if (peak !== undefined) {
      const limit = Number(/memory_mb"?: ?(\d+)/.exec(config)?.[1] ?? 128);
      const lag_ms = lag!.take();
      const late = lag_ms > LATE_MS ? FILL_MB_PER_MS * lag_ms : 0;
      assert.ok(
        peak <= limit + OVERSHOOT_MB + late,
        `${what}: ${Math.round(peak)} MB were resident, ${limit} are its limit, and ${
          Math.round(late)
        } for a late machine`,
      );
      lag!.stop();
    }
    if (pid !== null && (came?.code === "module_killed" || harm === "cpu") && step.fails !== undefined) {
      await assertIdle(pid, what);
    }
    if (came?.code === "module_killed" && to === api) {
      const back = await this.#running(api, BACK_MS);
      assert.notEqual(back.pid, pid, `${what}: its process was not ended`);
    }
  }

  /** Once it is not on its way from one process to another. */
  async #processOf(api: string): Promise<number | null> {
    let found = await this.#attacked.module(api);
    await until(
      async () => !/^(starting|restarting|reloading)$/.test((found = await this.#attacked.module(api)).state),
      STATE_MS,
      () => `'${api}' is ${found.state}`,
    );
    return found.pid;
  }

  async #expect(step: Step, what: string, answer: Promise<Result<unknown>>): Promise<Fault | undefined> {
    const came = await answer;
    const shown = came.ok
      ? `gave ${JSON.stringify(came.value)?.slice(0, 300)}`
      : `failed with ${came.fault.code}: ${came.fault.message}`;
    this.#around.assertSecretKept(what, JSON.stringify(came) ?? "");
    if (step.fails !== undefined) {
      assert.ok(
        !came.ok && new RegExp(`^(?:${step.fails})$`).test(came.fault.code),
        `${what} ${shown}, not with ${step.fails}`,
      );
      if (step.says !== undefined) saidIs(what, came.fault.message, step.says);
      if (came.fault.code === "module_error") {
        assertOwnError(what, came.fault, this.#hostile.harm === "text" ? "its own hint" : "no hint");
      }
      if (step.maybe_ran !== undefined) assert.equal(came.fault.maybe_ran, step.maybe_ran, what);
      return came.fault;
    }
    if ("answers" in step) {
      assert.deepEqual(
        came,
        { ok: true, value: step.answers ?? (step.answers === null ? null : undefined) },
        `${what} ${shown}`,
      );
    }
    if (step.matches !== undefined) {
      assert.ok(came.ok, `${what} ${shown}`);
      saidIs(what, JSON.stringify(came.value) ?? "undefined", step.matches);
    }
    return came.ok ? undefined : came.fault;
  }

  #running(api: string, ms: number) {
    return this.#attacked.reaches(api, ["running"], ms);
  }

  /** A refused config may be of no api: its file is in its message. */
  async #told({ told, says = "", of }: Step): Promise<void> {
    const api = of ?? this.#hostile.api;
    let seen: string[] = [];
    await until(
      async () => {
        seen = (await this.#attacked.events())
          .filter((event) =>
            event.kind === told && (event.api === api || event.message?.startsWith(`configs/${api}.yml`))
          )
          .map(({ message = "" }) => message);
        return seen.some((message) => saidIs.holds(message, says));
      },
      15_000,
      () => `no ${told} of '${api}' says ${says}: ${JSON.stringify(seen)}`,
    );
  }

  async #logged({ logged, of }: Step): Promise<void> {
    const api = of ?? this.#hostile.api;
    let seen: string[] = [];
    await until(
      async () => {
        seen = (await this.#attacked.logs(api)).map(({ message }) => message);
        return seen.some((message) => saidIs.holds(message, logged!));
      },
      5_000,
      () => `no line of '${api}' says ${logged}: ${JSON.stringify(seen.slice(-5)).slice(0, 500)}`,
    );
  }
}

/**
 * A real host under attack. Beside the attackers runs an innocent neighbour, called every 10 ms by a module of its own (`pulse`); at the end of each
 * test it must have noticed nothing, the kernel must be the same process, and nothing of the host may be left.
 */
import assert from "node:assert/strict";
import type { ControlVerb, ControlVerbs, LogRecord } from "../../kernel/contract/control.ts";
import type { LoggedEvent } from "../../kernel/contract/events.ts";
import type { Fault, Result } from "../../kernel/contract/fault.ts";
import type { ModuleStatus } from "../../kernel/contract/status.ts";
import { connectHost } from "../../kernel/cli/connect.ts";
import { requestHost } from "../../kernel/cli/control_client.ts";
import { RunningHost, until } from "../flows/running_host.ts";
import { MachineLag } from "./suite/machine_lag.ts";
import { processesOf } from "./suite/processes.ts";

export { until };

const NEIGHBOUR = `
export class Module {
  ping(n) { return n; }
  slow(ms) { return new Promise((resolve) => setTimeout(() => resolve("slow"), ms)); }
}`;
const PULSE = `
export class Module {
  beat = { sent: 0, ok: 0, wrong: 0, worst_ms: 0, faults: [] };
  took = [];
  constructor(kernel) { this.kernel = kernel; this.neighbour = kernel.getApi("neighbour"); }
  result() { const seen = { ...this.beat }; this.beat.worst_ms = 0; return seen; }
  times() { return this.took.splice(0); }
  async run(signal) {
    while (!signal.aborted) {
      const n = this.beat.sent++, since = performance.now();
      this.neighbour.ping(n).then((answer) => {
        answer === n ? this.beat.ok++ : this.beat.wrong++;
        const ms = performance.now() - since;
        if (this.took.push(ms) > 50_000) this.took.shift();
        this.beat.worst_ms = Math.max(this.beat.worst_ms, ms);
      }, (fault) => signal.aborted || this.beat.faults.push(fault.code + ": " + fault.message));
      await this.kernel.sleep(10);
    }
  }
}`;

/** Two cores are shared by everything that runs: this bounds a standstill, not a delay.. */
const WORST_MS = 1_500;
/** Of threads, for one call there and back: each may be as late as the machine makes this process. */
const WAKE_UPS = 8;

interface Beat {
  readonly sent: number;
  readonly ok: number;
  readonly wrong: number;
  readonly worst_ms: number;
  readonly faults: readonly string[];
}

/** Runs the attack in a host of its own. Whatever becomes of the attackers: the neighbour is asked, the host is ended, and nothing of it is left. */
export async function underAttack(
  files: Readonly<Record<string, string>>,
  attack: (attacked: HostUnderAttack) => Promise<void>,
): Promise<void> {
  const attacked = await HostUnderAttack.start(files);
  try {
    await attack(attacked);
    await attacked.assertUnharmed();
  } catch (error) {
    await attacked.end().catch(() => {}); // what came first is what is told
    throw error;
  }
  await attacked.end();
}

export class HostUnderAttack {
  readonly host: RunningHost;
  readonly #pids: { kernel: number; neighbour: number; pulse: number };
  readonly #lag = new MachineLag();

  private constructor(host: RunningHost, pids: { kernel: number; neighbour: number; pulse: number }) {
    this.host = host;
    this.#pids = pids;
  }

  /** Files are paths in the home and their texts. */
  static async start(
    files: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<HostUnderAttack> {
    const host = await RunningHost.start({
      "plugins/neighbour.js": NEIGHBOUR,
      "configs/neighbour.yml": "",
      "plugins/pulse.js": PULSE,
      "configs/pulse.yml": "grants: {services: [neighbour]}\n",
      ...files,
    }, { env });
    try {
      const { kernel, modules } = await askHost(host.home, "status", {});
      const pid = (api: string) => {
        const found = modules.find((module) => module.api === api)?.pid;
        assert.ok(found, `'${api}' does not run:\n${host.stderr}`);
        return found;
      };
      return new HostUnderAttack(host, { kernel: kernel.pid, neighbour: pid("neighbour"), pulse: pid("pulse") });
    } catch (error) {
      await host[Symbol.asyncDispose]();
      throw error;
    }
  }

  get home(): string {
    return this.host.home;
  }
  get kernel_pid(): number {
    return this.#pids.kernel;
  }

  /** A call with the operator's authority. */
  async call<T = unknown>(api: string, method: string, ...args: unknown[]): Promise<T> {
    const answer = await this.tryCall(api, method, ...args);
    assert.ok(answer.ok, answer.ok ? "" : `${api}.${method}: ${answer.fault.code}: ${answer.fault.message}`);
    return answer.value as T;
  }
  tryCall(api: string, method: string, ...args: unknown[]): Promise<Result<unknown>> {
    return this.verb("call", { api, method, args });
  }
  /** The fault of a call that must fail. */
  async fault(api: string, method: string, ...args: unknown[]): Promise<Fault> {
    const answer = await this.tryCall(api, method, ...args);
    assert.ok(!answer.ok, `${api}.${method} did not fail: ${answer.ok && JSON.stringify(answer.value)?.slice(0, 200)}`);
    return answer.fault;
  }
  /** One verb of the operator's socket, from this process. */
  async verb<V extends ControlVerb>(
    verb: V,
    params: ControlVerbs[V]["params"],
    on_item?: (item: unknown) => void,
  ): Promise<Result<ControlVerbs[V]["answer"]>> {
    const connection = await connectHost(this.home);
    if (!connection.ok) return connection;
    return await requestHost(connection.value, verb, params, (item) => Promise.resolve(on_item?.(item)));
  }

  async status(): Promise<ControlVerbs["status"]["answer"]> {
    return await askHost(this.home, "status", {});
  }
  async module(api: string): Promise<ModuleStatus> {
    const found = (await this.status()).modules.find((module) => module.api === api);
    assert.ok(found, `no module '${api}'`);
    return found;
  }
  async events(api?: string): Promise<LoggedEvent[]> {
    const events: LoggedEvent[] = [];
    await this.verb("events", { follow: false, lines: 5_000 }, (item) => events.push(item as LoggedEvent));
    return api === undefined ? events : events.filter((event) => event.api === api);
  }
  async logs(api?: string): Promise<LogRecord[]> {
    const records: LogRecord[] = [];
    const params = { follow: false, lines: 5_000, ...(api !== undefined && { api }) };
    await this.verb("logs", params, (item) => records.push(item as LogRecord));
    return records;
  }

  write(files: Readonly<Record<string, string>>): Promise<void> {
    return this.host.write(files);
  }
  /** Waits until the module is in one of these states. */
  async reaches(api: string, states: readonly string[], ms = 15_000): Promise<ModuleStatus> {
    let last: ModuleStatus | undefined;
    await until(
      async () => {
        last = (await this.status()).modules.find((module) => module.api === api);
        return last !== undefined && states.includes(last.state);
      },
      ms,
      () =>
        `'${api}' is ${last?.state} (${last?.reason}), not ${states.join(" or ")}\n${this.host.stderr.slice(-2_000)}`,
    );
    return last!;
  }

  /** Same kernel, same neighbour, and each of its calls answered in time. */
  async assertUnharmed(): Promise<void> {
    const beat = await this.call<Beat>("pulse", "result");
    assert.deepEqual(beat.faults, [], "calls of the neighbour failed");
    assert.equal(beat.wrong, 0);
    assert.ok(beat.ok > 0 && beat.sent - beat.ok < 100, `only ${beat.ok} of ${beat.sent} calls were answered`);
    const allowed = WORST_MS + WAKE_UPS * this.#lag.take();
    assert.ok(beat.worst_ms < allowed, `a call of the neighbour took ${beat.worst_ms} ms, ${allowed} are allowed`);
    const { kernel, modules } = await this.status();
    assert.equal(kernel.pid, this.#pids.kernel, "the kernel was started again");
    for (const api of ["neighbour", "pulse"] as const) {
      const { pid, state, restarts } = modules.find((module) => module.api === api)!;
      assert.deepEqual({ api, pid, state, restarts }, {
        ...{ api, pid: this.#pids[api], state: "running", restarts: 0 },
      });
    }
  }

  /** Ends the host; what is left of it then is a finding. */
  async end(): Promise<void> {
    this.#lag.stop();
    await this.host.stop();
    const left = processesOf(this.home).map(({ line }) => line);
    await this.host[Symbol.asyncDispose]();
    assert.deepEqual(left, [], "processes outlived the host");
  }
}

async function askHost<V extends ControlVerb>(
  home: string,
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<ControlVerbs[V]["answer"]> {
  const connection = await connectHost(home);
  assert.ok(connection.ok, "no connection to the host");
  const answer = await requestHost(connection.value, verb, params);
  assert.ok(answer.ok, `${verb} failed: ${answer.ok || answer.fault.message}`);
  return answer.value;
}

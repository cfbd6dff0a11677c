/** The home of a soak: modules that call one another and keep account of what came of it, and some that misbehave when they are told to. */

/** Keeps account of each of its calls: answered, not run for sure, perhaps run. Nobody kills it. */
const DRIVER = `
const OK = 1, NOT_RUN = 2, MAYBE = 3;
class Account {
  outcomes = []; ok = 0; wrong = 0; faults = {}; pending = new Map(); unexpected = [];
  begin() { const n = this.outcomes.push(0) - 1; this.pending.set(n, performance.now()); return n; }
  answered(n, right) { this.pending.delete(n); this.outcomes[n] = OK; right ? this.ok++ : this.wrong++; }
  failed(n, fault) {
    this.pending.delete(n);
    this.outcomes[n] = fault.maybe_ran ? MAYBE : NOT_RUN;
    this.faults[fault.code] = (this.faults[fault.code] ?? 0) + 1;
    if (!EXPECTED.has(fault.code)) this.unexpected.push(fault.code + ": " + fault.message);
  }
  report() {
    const oldest = Math.min(...this.pending.values(), performance.now());
    return { made: this.outcomes.length, ok: this.ok, wrong: this.wrong, faults: this.faults, unexpected: this.unexpected.slice(0, 5),
      pending: this.pending.size, oldest_ms: Math.round(performance.now() - oldest) };
  }
}
const EXPECTED = new Set(["module_killed", "moved", "timeout", "service_down", "circuit_open", "rate_limited", "cancelled", "quarantined"]);
export class Module {
  going = true;
  accounts = { work: new Account(), keep: new Account(), rows: new Account(), stream: new Account(), nap: new Account() };
  constructor(kernel) {
    this.kernel = kernel;
    for (const api of ["worker", "tally", "keeper", "streams", "naps", "database"]) this[api] = kernel.getApi(api);
  }
  stop() { this.going = false; }
  report() { return Object.fromEntries(Object.entries(this.accounts).map(([name, account]) => [name, account.report()])); }
  async make(account, call) {
    const n = account.begin();
    try { account.answered(n, await call(n)); } catch (fault) { account.failed(n, fault); }
  }
  async loop(name, ms, call) {
    while (this.going) { void this.make(this.accounts[name], call); await this.kernel.sleep(ms); }
  }
  async makeTable() {
    while (this.going) {
      try { return await this.database.execute("create table if not exists acked (n integer primary key)"); } catch { await this.kernel.sleep(100); }
    }
  }
  async run() {
    await Promise.all([
      this.loop("work", 4, async (n) => await this.worker.work(n) === n),
      this.loop("keep", 20, async () => (await this.keeper.add(), true)),
      this.makeTable().then(() => this.loop("rows", 25, async (n) => (await this.database.execute("insert into acked values (" + n + ")"), true))),
      this.loop("stream", 500, async () => { let next = 0; for await (const item of await this.streams.count(300)) if (item !== next++) return false; return next === 300; }),
      this.loop("nap", 700, async () => await this.naps.ask() === "awake"),
    ]);
  }
  /** What does not fit: each a sentence. */
  async judge() {
    const found = [];
    const { work, keep, rows } = this.accounts;
    const counts = await this.tally.counts();
    work.outcomes.forEach((outcome, n) => {
      const times = counts[n] ?? 0;
      if (times > 1) found.push("call " + n + " ran " + times + " times");
      if (outcome === OK && times !== 1) found.push("call " + n + " was answered and did not run");
      if (outcome === NOT_RUN && times !== 0) found.push("call " + n + " was said not to have run, and had");
    });
    const kept = await this.keeper.count(), sure = keep.ok, perhaps = keep.outcomes.filter((outcome) => outcome === MAYBE).length;
    if (kept < sure || kept > sure + perhaps) found.push("keeper knows " + kept + " calls; " + sure + " were answered, " + perhaps + " perhaps ran");
    const there = new Set((await this.database.query("select n from acked")).map((row) => row.n));
    rows.outcomes.forEach((outcome, n) => { if (outcome === OK && !there.has(n)) found.push("row " + n + " was acknowledged and is not there"); });
    return found.slice(0, 20);
  }
}`;

/** Remembers how often each number came. Nobody kills it. */
const TALLY = `
export class Module {
  seen = new Uint8Array(1024);
  count(n) {
    if (n >= this.seen.length) { const more = new Uint8Array(Math.max(n + 1, 2 * this.seen.length)); more.set(this.seen); this.seen = more; }
    this.seen[n]++;
  }
  counts() { return this.seen; }
}`;

export const workerSource = (version: number) =>
  `// version ${version}
export class Module {
  constructor(kernel) { this.tally = kernel.getApi("tally"); }
  async work(n) { await this.tally.count(n); return n; }
}`;

/** Its state goes from instance to instance; it is reloaded, never killed. */
export const keeperSource = (version: number) =>
  `// version ${version}
export class Module {
  n = 0;
  add() { this.n++; }
  count() { return this.n; }
  exportState() { return this.n; }
  importState(n) { this.n = n; }
}`;

const STREAMS = `
export class Module { async *count(to) { for (let n = 0; n < to; n++) yield n; } }`;
const NAPS = "export class Module { ask() { return 'awake'; } }";

/** Does harm on demand. */
const NOISE = `
const kept = [];
export class Module {
  constructor(kernel) { this.worker = kernel.getApi("worker"); }
  spin() { for (;;); }
  async bomb() { for (;;) { kept.push(new Uint8Array(8_000_000).fill(1)); await new Promise((then) => setTimeout(then, 5)); } }
  logs(lines) { for (let n = 0; n < lines; n++) console.log("noise " + n + "\\u001b[31m"); }
  async calls(count) { await Promise.allSettled(Array.from({ length: count }, () => this.worker.work("x"))); }
  throws() { setTimeout(() => { throw new Error("nobody's"); }, 1); }
  exits() { self.close?.(); return new Promise(() => {}); }
}`;
const PAIR = "export class Module { spin() { for (;;); } ask() { return 1; } }";

/** As many calls as the driver makes wait when a service is gone for seconds. */
const PATIENT = "limits: {calls_in_flight: 8192}\n";

export async function homeFiles(): Promise<Record<string, string>> {
  const shipped = new URL("../../configs/services/database.yml", import.meta.url);
  return {
    "configs/services/database.yml": await Deno.readTextFile(shipped),
    "plugins/driver.js": DRIVER,
    "configs/driver.yml":
      `grants: {services: [worker, tally, keeper, streams, naps, database]}\nlimits: {open_streams: 512}\n`,
    "plugins/tally.js": TALLY,
    "configs/tally.yml": PATIENT,
    "plugins/worker.js": workerSource(0),
    "configs/worker.yml": `grants: {services: [tally]}\n${PATIENT}`,
    "plugins/keeper.js": keeperSource(0),
    "configs/keeper.yml": PATIENT,
    "plugins/streams.js": STREAMS,
    "configs/streams.yml": "limits: {open_streams: 512}\n",
    "plugins/naps.js": NAPS,
    "configs/naps.yml": "start: on_call\nidle_ms: 1000\n",
    "plugins/noise.js": NOISE,
    "configs/noise.yml":
      "grants: {services: [worker]}\nlimits: {memory_mb: 160, liveness_ms: 2000}\nrestart: {max: 3, window_s: 20}\n",
    "plugins/pair.js": PAIR,
    "configs/pair_a.yml": "prog: pair\ncell: pair\nlimits: {liveness_ms: 2000}\nrestart: {max: 3, window_s: 20}\n",
    "configs/pair_b.yml": "prog: pair\ncell: pair\nlimits: {liveness_ms: 2000}\nrestart: {max: 3, window_s: 20}\n",
  };
}

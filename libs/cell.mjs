// kernel/roles/cell.ts (made by deno task vendor cell)
const CELL_ID = /^@?[A-Za-z][A-Za-z0-9_.-]{0,140}~[0-9]{1,15}$/;
const INSTANCE_ID = /^[0-9]{1,15}\.[0-9]{1,15}$/;
function isCellId(text) {
return typeof text === "string" && CELL_ID.test(text);
}
function isInstanceId(text) {
return typeof text === "string" && INSTANCE_ID.test(text);
}
function callKey(caller, id) {
return `${caller}#${id}`;
}
const WARM_CELL = "@warm";
function cellBase(id) {
return id.slice(0, id.lastIndexOf("~"));
}
function isRecord(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isCount(value) {
return typeof value === "number" && value >= 0 && Number.isSafeInteger(value);
}
function isPositive(value) {
return typeof value === "number" && value > 0 && Number.isSafeInteger(value);
}
function isAmount(value) {
return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
function isText(value, most) {
return typeof value === "string" && value.length <= most;
}
function isList(value, most) {
return Array.isArray(value) && value.length <= most;
}
function parseEach(value, most, parse) {
if (!isList(value, most)) return undefined;
const parsed = [];
for (const entry of value){
const one = parse(entry);
if (one === undefined) return undefined;
parsed.push(one);
}
return parsed;
}
const HEX = /^(?:[0-9a-f]{2})+$/;
function isHex(value, most) {
return isText(value, most) && HEX.test(value);
}
function toHex(bytes) {
return bytes.toHex();
}
function fromHex(text) {
return text === "" ? new Uint8Array(0) : isHex(text, Infinity) ? Uint8Array.fromHex(text) : undefined;
}
class KernelBug extends Error {
name = "KernelBug";
}
function invariant(condition, text) {
if (!condition) throw new KernelBug(text);
}
const HMAC = Object.freeze({
name: "HMAC",
hash: "SHA-256"
});
const utf8$3 = new TextEncoder();
async function proveToken(token_hex, nonce_hex, cell, incarnation) {
const key = await importKey(token_hex, "sign");
invariant(key, "a cell's token is hex");
return new Uint8Array(await crypto.subtle.sign(HMAC, key, message(nonce_hex, cell, incarnation))).toHex();
}
async function importKey(token_hex, use) {
const token = fromHex(token_hex);
if (token === undefined || token.length === 0) return undefined;
return await crypto.subtle.importKey("raw", token, HMAC, false, [
use
]);
}
function message(nonce_hex, cell, incarnation) {
return utf8$3.encode(JSON.stringify([
"attach",
nonce_hex,
cell,
incarnation
]));
}
async function connectUnix(path) {
const socket = await Deno.connect({
transport: "unix",
path
});
return {
read: (into)=>socket.read(into),
async write (data) {
for(let at = 0; at < data.length;)at += await socket.write(data.subarray(at));
},
close: ()=>{
try {
socket.close();
} catch  {
}
}
};
}
function turnClock(monotonic, schedule = queueMicrotask) {
let now = 0;
let fresh = false;
const expire = ()=>{
fresh = false;
};
return ()=>{
if (!fresh) {
now = monotonic();
fresh = true;
schedule(expire);
}
return now;
};
}
const SHELL_CLOCK = Object.freeze({
now: ()=>Date.now(),
monotonic: turnClock(()=>performance.now()),
after: (ms, then)=>{
const cancelled = new AbortController();
const timer = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
timer.addEventListener("abort", then, {
once: true,
signal: cancelled.signal
});
return ()=>cancelled.abort();
}
});
const INCARNATION_BYTES = 8;
function milliseconds(usage) {
if (usage === undefined) return 0;
const { user, system } = usage();
return (user + system) / 1_000;
}
function cellPowers({ args, token, hung_up }, exit) {
let usage;
const incarnation = toHex(crypto.getRandomValues(new Uint8Array(INCARNATION_BYTES)));
return {
clock: SHELL_CLOCK,
link: {
me: {
cell: args.cell,
incarnation,
pid: Deno.pid,
parent: Deno.ppid
},
connect: ()=>connectUnix(args.socket),
prove: (nonce)=>proveToken(token, nonce, args.cell, incarnation),
parent: ()=>Deno.ppid,
hung_up
},
rss: ()=>Deno.memoryUsage().rss,
memory: ()=>{
const { rss, heapUsed, external } = Deno.memoryUsage();
return {
rss,
own: heapUsed + external
};
},
cpu_ms: ()=>Math.round(milliseconds(usage?.process)),
module_cpu_ms: ()=>Math.max(0, milliseconds(usage?.process) - milliseconds(usage?.thread)),
prepareFigures: async ()=>{
if (usage !== undefined) return;
const { cpuUsage: process, threadCpuUsage: thread } = (await import('node:process')).default;
usage = {
process,
thread
};
},
stdout: async (bytes)=>{
for(let at = 0; at < bytes.length;)at += await Deno.stdout.write(bytes.subarray(at));
},
stderr: (line)=>{
try {
Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
} catch  {
}
},
exit,
kill: ()=>Deno.kill(Deno.pid, "SIGKILL"),
spread: Math.random()
};
}
const FAULTS = {
private_name: {
retriable: false,
hint: "call a public method; names that begin with '_' belong to the module itself"
},
not_granted: {
retriable: false,
hint: "add the grant to the caller's config file"
},
service_down: {
retriable: true,
hint: "see `status` and `events` for why the service is not running"
},
no_aspect: {
retriable: false,
hint: "ask for an aspect that the service's getAspect() returns, for example 'default'"
},
no_attribute: {
retriable: false,
hint: "call a method that the service has; `tools` lists its tools"
},
invalid_argument: {
retriable: false,
hint: "pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects"
},
timeout: {
retriable: true,
hint: "the call may still have had its effect; raise limits.call_timeout_ms of the service if it needs longer"
},
cancelled: {
retriable: true,
hint: "the caller gave the call up"
},
too_deep: {
retriable: false,
hint: "calls that serve calls may nest limits.call_depth deep; break the circle"
},
too_large: {
retriable: false,
hint: "send less at once, or raise limits.message_bytes of the receiver"
},
rate_limited: {
retriable: true,
hint: "wait for answers before calling again; limits.calls_in_flight bounds calls at once"
},
circuit_open: {
retriable: true,
hint: "the service failed repeatedly; it is tried again by itself"
},
moved: {
retriable: true,
hint: "the instance that served this call has been replaced; call again"
},
module_error: {
retriable: false,
hint: "the service threw this error; its log has the stack"
},
module_killed: {
retriable: true,
hint: "the service's process ended while it served the call; see `events`"
},
load_failed: {
retriable: false,
hint: "mend the module's source; `logs` has the details"
},
config_invalid: {
retriable: false,
hint: "mend the file; what ran before keeps running"
},
quarantined: {
retriable: false,
hint: "it failed too often; see `logs`, mend it, then `quarantine lift`"
},
conflict: {
retriable: true,
hint: "something changed meanwhile; read again and retry"
},
vessel_leak: {
retriable: false,
hint: "store plain data only"
},
quota: {
retriable: false,
hint: "free something, or raise the limit in the config"
},
approval_required: {
retriable: true,
hint: "the operator has to approve this"
},
denied: {
retriable: false,
hint: "the operator refused this"
},
unknown_tool: {
retriable: false,
hint: "`tools` lists what there is"
},
not_found: {
retriable: false,
hint: "check the name; `status` lists modules, `tools` lists tools"
},
internal: {
retriable: false,
hint: "this is a defect of the host; please report it with the log"
}
};
function fault(code, message, more = {}) {
const rule = FAULTS[code];
return Object.freeze({
code,
message,
hint: more.hint ?? rule.hint,
retriable: more.retriable ?? rule.retriable,
maybe_ran: more.maybe_ran ?? false,
...more.name !== undefined && {
name: more.name
}
});
}
function isFaultCode(text) {
return typeof text === "string" && Object.hasOwn(FAULTS, text);
}
function ok(value) {
return {
ok: true,
value
};
}
function refuse(f) {
return {
ok: false,
fault: f
};
}
const DEFAULT_LIMITS = Object.freeze({
memory_mb: 128,
heap_mb: 96,
cpu_percent: 100,
call_timeout_ms: 30_000,
calls_in_flight: 256,
call_depth: 16,
message_bytes: 8_388_608,
messages_per_s: 1_000_000,
bytes_per_s: 67_108_864,
log_lines_per_s: 200,
open_streams: 64,
timers: 10_000,
state_bytes: 8_388_608,
image_bytes: 67_108_864,
liveness_ms: 5_000,
drain_ms: 5_000,
shutdown_ms: 2_000,
load_ms: 5_000
});
const LIMIT_NAMES = Object.freeze(Object.keys(DEFAULT_LIMITS));
const WIRE = Object.freeze({
frame_bytes: 1_048_576,
header_bytes: 4_096,
batch_messages: 256,
batch_bytes: 262_144,
chunk_bytes: 65_536,
items_ahead: 1_024,
items_ahead_bytes: 262_144,
item_bytes: 262_144,
depth: 64,
unproven_bytes: 1_024,
unproven_ms: 1_000,
unproven_links: 8,
window_bytes: 4_194_304,
window_messages: 4_096,
queue_bytes: 16_777_216,
done_count: 4_096,
done_bytes: 16_777_216,
done_ms: 60_000,
ack_ids: 1_024
});
const SOURCES = Object.freeze({
file_bytes: 2_097_152,
total_bytes: 8_388_608,
files: 400,
config_bytes: 262_144,
configs: 2_000,
yaml_aliases: 100,
bundle_bytes: 8_388_608
});
const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_MAP = 0x7b, CLOSE_MAP = 0x7d;
function nestsAtMost(depth, text) {
const length = text.length;
if (length <= depth) return true;
let level = 0;
for(let i = 0; i < length; i++){
const unit = text.charCodeAt(i);
if (unit === QUOTE) {
i = endOfString(text, i + 1);
} else if (unit === OPEN_LIST || unit === OPEN_MAP) {
if (++level > depth) return false;
} else if (unit === CLOSE_LIST || unit === CLOSE_MAP) level--;
}
return true;
}
function endOfString(text, from) {
for(let at = from;;){
const quote = text.indexOf('"', at);
if (quote < 0) return text.length;
let slashes = 0;
while(text.charCodeAt(quote - 1 - slashes) === BACKSLASH)slashes++;
if (slashes % 2 === 0) return quote;
at = quote + 1;
}
}
function readJsonPayload(payload) {
if (typeof payload !== "string" || !nestsAtMost(WIRE.depth, payload)) return undefined;
try {
return JSON.parse(payload);
} catch  {
return undefined;
}
}
function writeJsonPayload(value) {
return JSON.stringify(value);
}
const NativeArrayBuffer = ArrayBuffer;
const NEVER_HAD = 2 ** 52;
function releaseMemory() {
try {
new NativeArrayBuffer(NEVER_HAD);
} catch  {
}
}
const CPU = Object.freeze({
slice_ms: 250,
tolerated: 1.5,
debt_s: 2,
burn_ms: 10_000,
prepare_ms: 5_000
});
class CpuWatch {
#looked_at;
#used_ms = 0;
#debt_ms = 0;
#burned_ms = 0;
#last = CALM;
percent = 0;
look({ now, used_ms, cpu_percent, owes }) {
if (this.#looked_at === undefined) {
this.#looked_at = now;
this.#used_ms = used_ms;
return CALM;
}
const passed = now - this.#looked_at;
if (passed < CPU.slice_ms) return this.#last;
const used = used_ms - this.#used_ms;
this.#looked_at = now;
this.#used_ms = used_ms;
this.percent = used / passed * 100;
const part = cpu_percent / 100 * CPU.tolerated;
this.#debt_ms = Math.min(Math.max(0, this.#debt_ms + used - part * passed), part * CPU.debt_s * 1_000);
const above = used > part * passed;
this.#burned_ms = above && !owes ? this.#burned_ms + passed : 0;
return this.#last = {
hold: this.#debt_ms > 0,
above: above ? Math.round(this.percent) : undefined,
end: this.#burned_ms >= CPU.burn_ms
};
}
}
const CALM = Object.freeze({
hold: false,
above: undefined,
end: false
});
class CpuGuard {
#powers;
#listener;
#watch = new CpuWatch();
#working_since;
#measures = "no";
#told;
constructor(powers, listener){
this.#powers = powers;
this.#listener = listener;
}
get figures() {
return this.#measures === "yes" ? {
cpu_percent: Math.round(this.#watch.percent)
} : {};
}
looked() {
const { clock, module_cpu_ms } = this.#powers;
const now = clock.monotonic();
if (this.#measures !== "yes") return this.#prepare(now);
const cpu_percent = this.#listener.allowed();
if (cpu_percent === 0) return;
const verdict = this.#watch.look({
now,
used_ms: module_cpu_ms(),
cpu_percent,
owes: this.#listener.owes()
});
if (verdict.end) return this.#listener.burns(Math.round(this.#watch.percent), cpu_percent);
this.#listener.hold(verdict.hold);
if (verdict.above === undefined || verdict.above === this.#told) return;
this.#told = verdict.above;
this.#listener.above(verdict.above, cpu_percent);
}
#prepare(now) {
if (this.#measures === "prepares") return;
if (this.#listener.dormant()) return void (this.#working_since = undefined);
this.#working_since ??= now;
if (now - this.#working_since < CPU.prepare_ms) return;
this.#measures = "prepares";
void this.#powers.prepareFigures().then(()=>this.#measures = "yes", ()=>this.#measures = "no");
}
}
const SILENCE = Object.freeze({
owing_ping_ms: 250,
idle_ping_ms: 5_000,
dormant_ping_ms: 15_000
});
class SilenceWatch {
#watched = new Map();
get instances() {
return [
...this.#watched.keys()
];
}
get waits() {
return this.#watched.values().some(({ pinged })=>pinged);
}
watch(instance, liveness_ms, now) {
this.#watched.set(instance, {
liveness_ms,
heard_at: now,
owing_since: undefined,
expected: false,
pinged: false,
silence_ms: 0
});
}
forget(instance) {
this.#watched.delete(instance);
}
heard(instance, now) {
const watched = this.#watched.get(instance);
if (watched === undefined) return;
watched.heard_at = now;
watched.owing_since = undefined;
watched.expected = false;
watched.pinged = false;
watched.silence_ms = 0;
}
expect(instance) {
const watched = this.#watched.get(instance);
if (watched !== undefined) watched.expected = true;
}
look(instance, { now, passed, owes, dormant }) {
const watched = this.#watched.get(instance);
if (watched === undefined) return undefined;
if (!owes && !watched.expected && !watched.pinged) {
watched.owing_since = undefined;
if (now - watched.heard_at < (dormant ? SILENCE.dormant_ping_ms : SILENCE.idle_ping_ms)) return undefined;
watched.pinged = true;
watched.owing_since = now;
return {
do: "ping",
instance
};
}
watched.owing_since ??= now;
watched.silence_ms += Math.min(passed, now - watched.owing_since);
if (!watched.pinged) {
if (watched.silence_ms < SILENCE.owing_ping_ms && !watched.expected) return undefined;
watched.pinged = true;
return {
do: "ping",
instance
};
}
const { liveness_ms: allowed, silence_ms } = watched;
if (silence_ms < allowed) return undefined;
return {
do: "die",
limit: "liveness_ms",
instance,
found: Math.round(silence_ms),
allowed
};
}
}
const RSS_NOISE_BYTES = 1_048_576;
const CPU_NOISE_MS = 50;
const NO_FIGURES = Object.freeze({
active_tasks: 0,
error_count: 0,
last_error_time: null
});
function figuresDiffer(last, now) {
if (last === undefined || last.instances.length !== now.instances.length) return true;
if (Math.abs(now.rss - last.rss) >= RSS_NOISE_BYTES || now.cpu_ms - last.cpu_ms >= CPU_NOISE_MS) return true;
return now.instances.some((figure, at)=>{
const former = last.instances[at];
return figure.instance !== former.instance || figure.active_tasks !== former.active_tasks || figure.error_count !== former.error_count || figure.last_error_time !== former.last_error_time;
});
}
const GROWN_BYTES = 16_777_216;
const GROWN_MS = 250;
function figuresPause(grown) {
return grown > GROWN_BYTES ? GROWN_MS : SILENCE.idle_ping_ms;
}
class FiguresVoice {
#powers;
#said;
#looked_at;
constructor(powers){
this.#powers = powers;
this.#looked_at = powers.clock.monotonic();
}
looked() {
const { clock, rss, take } = this.#powers;
const now = clock.monotonic();
if (now - this.#looked_at < figuresPause(rss() - (this.#said?.rss ?? 0))) return;
this.#looked_at = now;
if (figuresDiffer(this.#said, take())) this.say();
}
say() {
const { clock, take, say } = this.#powers;
this.#said = take();
this.#looked_at = clock.monotonic();
say(this.#said);
}
}
const MIB$2 = 1_048_576;
const RELEASE = Object.freeze({
pressed_part: 0.7,
pressed_growth_part: 0.05,
settled_growth_bytes: 2_097_152,
own_growth_bytes: 2_097_152,
quiet_ms: 1_000,
spread_ms: 6_000
});
class MemoryRelease {
#limit;
#wait_ms;
#left = 0;
#own_left = Infinity;
#due;
constructor(memory_mb, spread){
this.#limit = memory_mb * MIB$2;
this.#wait_ms = spread * RELEASE.spread_ms;
}
in(now) {
return this.#due === undefined ? undefined : Math.max(0, this.#due - now);
}
look({ rss, own, now, quiet_ms, spared }) {
this.#own_left = Math.min(this.#own_left, own);
if (this.#left === undefined) {
this.#left = rss;
return "nothing";
}
this.#left = Math.min(this.#left, rss);
const grown = rss - this.#left;
const worth = grown > RELEASE.settled_growth_bytes;
const quiet = worth && quiet_ms >= RELEASE.quiet_ms;
if (quiet) this.#due ??= now + this.#wait_ms;
else if (!worth) this.#due = undefined;
if (quiet && now >= this.#due) return this.now(own, true);
if (rss <= this.#limit * RELEASE.pressed_part || grown <= this.#limit * RELEASE.pressed_growth_part) {
return "nothing";
}
if (spared) return this.now(own);
this.#left = undefined;
return "workers";
}
now(own, wanted = false) {
this.#left = this.#due = undefined;
if (!wanted && own - this.#own_left <= RELEASE.own_growth_bytes) return "workers";
this.#own_left = Infinity;
return "all";
}
}
const GUARD = Object.freeze({
busy_ms: 25,
calming_ms: 400,
idle_ms: 1_000,
dormant_ms: 15_000,
fill_mb_per_ms: 6,
above_mb: 24,
shortest_ms: 3,
large_bytes: 1_048_576,
handled_ms: 500,
chance_mb: 8,
chance_ms: 12,
chances_each_ms: 100,
start_ms: 5_000,
growth_bytes: 2_097_152,
late_ms: 10,
late_part: 0.25
});
const MIB$1 = 1_048_576;
class GuardMachine {
#memory_mb;
#silence = new SilenceWatch();
#sign_at;
#watched_at = -Infinity;
#looked_at;
#pause = GUARD.busy_ms;
#planned = GUARD.busy_ms;
#rss = 0;
#large_at = -Infinity;
#chance_at = -Infinity;
#release;
constructor(memory_mb, now, spread = 0){
this.#memory_mb = memory_mb;
this.#sign_at = now;
this.#looked_at = now;
this.#release = new MemoryRelease(memory_mb, spread);
}
sign(now, bytes = 0) {
this.#sign_at = now;
if (bytes >= GUARD.large_bytes) this.#large_at = now;
this.#pause = GUARD.busy_ms;
}
watch(instance, liveness_ms, now) {
this.#watched_at = now;
this.#silence.watch(instance, liveness_ms, now);
}
forget(instance) {
this.#silence.forget(instance);
}
heard(instance, now) {
this.#silence.heard(instance, now);
}
expect(instance) {
this.#silence.expect(instance);
}
look({ now, rss, own = 0, owes, dormant = ()=>false }) {
const passed = this.#passed(now);
const calm = this.#pause * 4;
this.#pause = calm <= GUARD.calming_ms ? calm : GUARD.idle_ms;
const grows = rss - this.#rss > GUARD.growth_bytes;
if (grows) this.sign(now);
this.#rss = rss;
this.#looked_at = now;
const above = rss - this.#memory_mb * MIB$1;
if (above > 0 && above <= GUARD.chance_mb * MIB$1 && this.#handlesLarge(now) && now - this.#chance_at > GUARD.chances_each_ms) {
this.#chance_at = now;
return [
{
do: "release",
own: this.#release.now(own) === "all"
}
];
}
if (above > 0) {
const [only, second] = this.#silence.instances;
const blamed = only !== undefined && second === undefined ? {
instance: only
} : {};
return [
{
do: "die",
limit: "memory_mb",
...blamed,
found: Math.ceil(rss / MIB$1),
allowed: this.#memory_mb
}
];
}
const actions = [];
const instances = this.#silence.instances;
const started = now - this.#watched_at >= GUARD.start_ms;
const quiet_ms = instances.length > 0 && started ? now - this.#sign_at : 0;
const spared = !grows || this.#handlesLarge(now);
const release = this.#release.look({
rss,
own,
now,
quiet_ms,
spared
});
if (release !== "nothing") actions.push({
do: "release",
own: release === "all"
});
if (this.#pause === GUARD.idle_ms && started && instances.every(dormant)) {
this.#pause = Math.max(GUARD.idle_ms, this.#release.in(now) ?? GUARD.dormant_ms);
}
for (const instance of instances){
const owing = owes(instance);
if (owing) this.#pause = GUARD.busy_ms;
const action = this.#silence.look(instance, {
now,
passed,
owes: owing,
dormant: dormant(instance)
});
if (action !== undefined) actions.push(action);
}
return actions;
}
pause() {
if (this.#chance_at === this.#looked_at) return this.#planned = GUARD.chance_ms;
const pause = this.#silence.waits ? GUARD.busy_ms : this.#pause;
this.#planned = pause > GUARD.busy_ms ? pause : Math.min(pause, this.#toLimit());
return this.#planned;
}
#handlesLarge(now) {
return now - this.#large_at < GUARD.handled_ms;
}
#toLimit() {
const room_mb = this.#memory_mb + GUARD.above_mb - this.#rss / MIB$1;
return Math.max(GUARD.shortest_ms, Math.floor(room_mb / GUARD.fill_mb_per_ms));
}
#passed(now) {
const gone = Math.min(now - this.#looked_at, GUARD.idle_ms * 1.25);
return Math.min(gone, Math.max(this.#planned + GUARD.late_ms, gone * GUARD.late_part));
}
}
class Guard {
#machine;
#clock;
#memory;
#listener;
#cancel = ()=>{};
#sleeping = false;
#stopped = false;
constructor(memory_mb, clock, memory, listener, spread = 0){
this.#machine = new GuardMachine(memory_mb, clock.monotonic(), spread);
this.#clock = clock;
this.#memory = memory;
this.#listener = listener;
this.#arm();
}
sign(bytes = 0) {
this.#machine.sign(this.#clock.monotonic(), bytes);
if (this.#sleeping) this.#arm();
}
watch(instance, liveness_ms) {
this.#machine.watch(instance, liveness_ms, this.#clock.monotonic());
this.sign();
}
heard(instance) {
this.#machine.heard(instance, this.#clock.monotonic());
}
expect(instance) {
this.#machine.expect(instance);
this.sign();
}
forget(instance) {
this.#machine.forget(instance);
}
stop() {
this.#stopped = true;
this.#cancel();
}
#arm() {
this.#cancel();
if (this.#stopped) return;
const pause = this.#machine.pause();
this.#sleeping = pause > GUARD.busy_ms;
this.#cancel = this.#clock.after(pause, ()=>this.#look());
}
#look() {
const owes = (instance)=>this.#listener.owes(instance);
const dormant = (instance)=>this.#listener.dormant?.(instance) ?? false;
for (const action of this.#machine.look({
now: this.#clock.monotonic(),
...this.#memory(),
owes,
dormant
})){
if (action.do === "die") {
this.stop();
return this.#listener.die(action);
}
if (action.do === "release") this.#listener.release(action.own);
else this.#listener.ping(action.instance);
}
this.#listener.looked();
this.#arm();
}
}
class HostedState {
#version;
#awaited;
#imports = new Set();
constructor({ version, awaits_state }){
this.#version = version;
this.#awaited = awaits_state === true;
}
told({ t, id }) {
if (t === "import") this.#imports.add(id);
}
answered(id, ok) {
if (this.#imports.delete(id) && ok) this.#awaited = false;
}
report(methods) {
const awaits = this.#awaited && (methods === "import" || methods === "both");
return {
...this.#version !== undefined && {
version: this.#version
},
...awaits && {
awaits_state: true
}
};
}
}
function loadedLate({ api, limits }) {
const hint = "raise limits.load_ms, or do less before and in the constructor";
return fault("load_failed", `'${api}' did not load within ${limits.load_ms} ms`, {
hint,
retriable: true
});
}
const TOOLS_BYTES = 131_072;
function refuseTools(api, tools) {
if (writeJsonPayload(tools).length <= TOOLS_BYTES) return undefined;
return fault("load_failed", `the tools of '${api}' take more than ${TOOLS_BYTES} bytes to describe`);
}
function notServing(instance) {
return fault("moved", `the instance ${instance} is no longer here`);
}
const HEADER_BOUNDS = Object.freeze({
api: 160,
aspect: 64,
name: 128,
kept: 16,
bearer: 96,
trace: 128,
incarnation: 64,
proof: 128
});
const LOANS = Object.freeze({
names: 256,
borrowers: 64
});
function parseLends(lends) {
if (!isRecord(lends)) return undefined;
const { functions, kept, streams, as_caller, bearer } = lends;
if (functions !== undefined && !isCount(functions)) return undefined;
if (streams !== undefined && !isCount(streams)) return undefined;
if (as_caller !== undefined && as_caller !== true) return undefined;
if (bearer !== undefined && !isText(bearer, HEADER_BOUNDS.bearer)) return undefined;
const names = kept === undefined ? undefined : parseNames(kept);
if (kept !== undefined && names === undefined) return undefined;
return {
...functions !== undefined && {
functions
},
...streams !== undefined && {
streams
},
...as_caller && {
as_caller
},
...names && {
kept: names
},
...bearer !== undefined && {
bearer
}
};
}
function parseLend({ from, names, api }) {
const parsed = parseNames(names);
if (parsed === undefined || parsed.length === 0 || !isInstanceId(from) || !isText(api, HEADER_BOUNDS.api)) {
return undefined;
}
return {
t: "lend",
from,
names: parsed,
api
};
}
function parseNames(names) {
return parseEach(names, HEADER_BOUNDS.kept, (name)=>isText(name, HEADER_BOUNDS.name) ? name : undefined);
}
const SHORT = Object.freeze({
call: 1,
reply: 2
});
const KINDS = Object.freeze([
"call",
"get",
"lent",
"kept"
]);
function kindNumber(kind) {
return kind === "call" ? 0 : kind === "get" ? 1 : kind === "lent" ? 2 : 3;
}
function writeAnswer(id, ok, code, streams) {
return `[2,${id},${ok ? 1 : 0},${code === undefined ? 0 : `"${code}"`},${streams}]`;
}
function writeReply(id, ok, live, code, streams) {
return `[2,${id},${ok ? 1 : 0},${live ? 1 : 0},${code === undefined ? 0 : `"${code}"`},${streams}]`;
}
function nameAnswer(header) {
if (header[0] !== SHORT.reply || header.length !== 5) return undefined;
const [, id, ok, code, streams] = header;
return {
t: "reply",
id,
ok: ok === 1 ? true : ok === 0 ? false : ok,
code: present(code),
streams: present(streams)
};
}
function present(field) {
return field === 0 ? undefined : field;
}
function orAbsent(field) {
return field === -1 ? undefined : field;
}
function flag(field) {
return field === 1 ? true : present(field);
}
const KEPT = 2_048;
const kept = new Map();
function quoteName(name) {
const known = kept.get(name);
if (known !== undefined) return known;
const quoted = JSON.stringify(name);
if (kept.size < KEPT) kept.set(name, quoted);
return quoted;
}
function writeCellHeader(m) {
if (m.t === "reply" && !m.more) return writeAnswer(m.id, m.ok, m.code, m.streams ?? 0);
if (m.t !== "call" || m.more || m.resaid) return JSON.stringify(m);
const { lends } = m;
if (lends !== undefined && (lends.kept !== undefined || lends.bearer !== undefined)) return JSON.stringify(m);
return `[1,${m.id},"${m.from}",${m.parent ?? -1},${quoteName(m.api)},${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${m.timeout ?? -1},${m.trace === undefined ? 0 : JSON.stringify(m.trace)},${m.again ? 1 : 0},${lends?.functions ?? 0},${lends?.streams ?? 0},${lends?.as_caller ? 1 : 0}]`;
}
function writeKernelHeader(m) {
if (m.t === "reply" && !m.more) return writeReply(m.id, m.ok, m.live, m.code, m.streams ?? 0);
if (m.t !== "call" || m.more) return JSON.stringify(m);
return `[1,${m.id},"${m.key}","${m.to}",${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${quoteName(m.caller.api)},${quoteName(m.caller.principal)},"${m.trace}",${m.ms},${m.depth},${m.streams ?? 0},${m.made ?? -1}]`;
}
function readKernelHeader(header) {
if (!Array.isArray(header)) return header;
if (header[0] === SHORT.reply) {
const code = header[4], streams = header[5];
const reply = {
t: "reply",
id: header[1],
ok: header[2] === 1,
live: header[3] === 1
};
return code === 0 && streams === 0 ? reply : {
...reply,
...code !== 0 && {
code
},
...streams > 0 && {
streams
}
};
}
const streams = header[12], made = header[13];
const call = {
t: "call",
id: header[1],
key: header[2],
to: header[3],
aspect: header[4],
name: header[5],
kind: KINDS[header[6]],
caller: {
api: header[7],
principal: header[8]
},
trace: header[9],
ms: header[10],
depth: header[11]
};
return streams === 0 && made < 0 ? call : {
...call,
...streams > 0 && {
streams
},
...made >= 0 && {
made
}
};
}
function nameCellFields(header) {
if (header[0] === SHORT.reply) return nameAnswer(header);
if (header[0] !== SHORT.call || header.length !== 14) return undefined;
const [, id, from, parent, api, aspect, name, kind, timeout, trace, again, functions, streams, as_caller] = header;
return {
...{
t: "call",
id,
from,
parent: orAbsent(parent),
api,
aspect,
name,
kind: KINDS[kind]
},
...{
timeout: orAbsent(timeout),
trace: present(trace),
again: flag(again)
},
lends: functions === 0 && streams === 0 && as_caller === 0 ? undefined : {
functions: present(functions),
streams: present(streams),
as_caller: flag(as_caller)
}
};
}
const LIMIT_NAME$1 = /^[a-z][a-z_]{0,63}$/;
const INCARNATION = new RegExp(`^[A-Za-z0-9._-]{1,${HEADER_BOUNDS.incarnation}}$`);
const LIMITS = new Set(LIMIT_NAMES);
const PIECES$1 = new Set([
"call",
"reply",
"load",
"vet",
"vetted",
"import",
"state"
]);
const PHASES$1 = new Set([
"load",
"run",
"uncaught",
"vanished",
"shutdown"
]);
const ENDS = new Set([
"run",
"shutdown",
"worker"
]);
function parseCellMessage(said) {
const header = Array.isArray(said) ? nameCellFields(said) : said;
if (!isRecord(header)) return undefined;
switch(header["t"]){
case "call":
return parseCall$1(header);
case "reply":
return parseReply$1(header);
case "ack":
return parseAck(header);
case "credit":
{
const { bytes, messages } = header;
return isCount(bytes) && isCount(messages) ? {
t: "credit",
bytes,
messages
} : undefined;
}
case "piece":
{
const { of, id } = header;
return PIECES$1.has(of) && isCount(id) ? carry({
t: "piece",
of: of,
id
}, header) : undefined;
}
case "cancel":
return isCount(header["id"]) ? {
t: "cancel",
id: header["id"]
} : undefined;
case "items":
case "end":
case "pull":
case "stop":
return parseStreamWord$1(header);
case "revoke":
{
const { from, name } = header;
return isInstanceId(from) && isText(name, HEADER_BOUNDS.name) ? {
t: "revoke",
from,
name
} : undefined;
}
case "lend":
return parseLend(header);
case "figures":
return carry({
t: "figures"
}, header);
case "report":
return carry({
t: "report"
}, header);
case "fence":
return {
t: "fence"
};
case "attach":
return parseAttach(header);
case "dying":
return parseDying(header);
case "limit":
return parseLimit(header);
case "vetted":
case "state":
{
const { t, id, ok } = header;
return isCount(id) && typeof ok === "boolean" ? carry({
t,
id,
ok
}, header) : undefined;
}
case "loaded":
case "failed":
case "ended":
return parseLifeEvent(header);
default:
return undefined;
}
}
function parseCall$1(header) {
const { id, from, parent, api, aspect, name, kind, timeout, trace, again, resaid, lends } = header;
if (!isCount(id) || !isInstanceId(from) || !isText(api, HEADER_BOUNDS.api) || !isText(aspect, HEADER_BOUNDS.aspect) || !isText(name, HEADER_BOUNDS.name) || !KINDS.includes(kind)) return undefined;
const call = {
t: "call",
id,
from,
api,
aspect,
name,
kind: kind
};
if (lends !== undefined) {
const parsed = parseLends(lends);
if (parsed === undefined) return undefined;
call.lends = parsed;
}
if (parent !== undefined) {
if (!isCount(parent)) return undefined;
call.parent = parent;
}
if (timeout !== undefined) {
if (!isAmount(timeout)) return undefined;
call.timeout = timeout;
}
if (trace !== undefined) {
if (!isText(trace, HEADER_BOUNDS.trace)) return undefined;
call.trace = trace;
}
if (again !== undefined) {
if (again !== true) return undefined;
call.again = true;
}
if (resaid !== undefined) {
if (resaid !== true) return undefined;
call.resaid = true;
}
return carry(call, header);
}
function parseReply$1(header) {
const { id, ok, code, streams } = header;
if (!isCount(id) || typeof ok !== "boolean") return undefined;
const reply = {
t: "reply",
id,
ok
};
if (streams !== undefined) {
if (!isCount(streams)) return undefined;
reply.streams = streams;
}
if (code !== undefined) {
if (!isFaultCode(code)) return undefined;
reply.code = code;
}
return carry(reply, header);
}
function parseAck(header) {
let last = -1;
let left = WIRE.ack_ids;
const ids = parseEach(header["ids"], WIRE.ack_ids, (range)=>{
if (!Array.isArray(range) || range.length !== 2) return undefined;
const [from, to] = range;
if (!isCount(from) || !isCount(to) || from <= last || to < from) return undefined;
left -= to - from + 1;
if (left < 0) return undefined;
last = to;
return [
from,
to
];
});
return ids && {
t: "ack",
ids
};
}
function parseAttach(header) {
const { cell, incarnation, proof, pid } = header;
if (!isCellId(cell) || typeof incarnation !== "string" || !INCARNATION.test(incarnation)) return undefined;
if (!isHex(proof, HEADER_BOUNDS.proof) || !isPositive(pid)) return undefined;
return {
t: "attach",
cell,
incarnation,
proof,
pid
};
}
function parseDying(header) {
const { instance, limit, found, allowed } = header;
if (typeof limit !== "string" || !LIMIT_NAME$1.test(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
if (instance !== undefined && !isInstanceId(instance)) return undefined;
return carry({
t: "dying",
limit,
found,
allowed,
...instance !== undefined && {
instance
}
}, header);
}
function parseLimit({ instance, limit, found, allowed }) {
if (!isInstanceId(instance) || !LIMITS.has(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
return {
t: "limit",
instance,
limit: limit,
found,
allowed
};
}
function parseLifeEvent(header) {
const { t, instance, phase, what } = header;
if (!isInstanceId(instance)) return undefined;
switch(t){
case "loaded":
return carry({
t,
instance
}, header);
case "failed":
return PHASES$1.has(phase) ? carry({
t,
instance,
phase: phase
}, header) : undefined;
case "ended":
return ENDS.has(what) ? {
t,
instance,
what: what
} : undefined;
default:
return undefined;
}
}
function parseStreamWord$1(header) {
const { t, at, id, no, count, code, upto, bytes } = header;
if (at !== "caller" && at !== "callee" || !isCount(id) || !isCount(no)) return undefined;
switch(t){
case "items":
return isPositive(count) ? carry({
t,
at,
id,
no,
count
}, header) : undefined;
case "end":
if (code !== undefined && !isFaultCode(code)) return undefined;
return carry({
t,
at,
id,
no,
...code !== undefined && {
code
}
}, header);
case "pull":
return isCount(upto) && isCount(bytes) ? {
t,
at,
id,
no,
upto,
bytes
} : undefined;
default:
return {
t: "stop",
at,
id,
no
};
}
}
function carry(message, { more }) {
if (more !== undefined) {
if (more !== true) return undefined;
message.more = true;
}
return message;
}
function clipText(text, most) {
if (text.length <= most) return text;
if (most < 1) return "";
let end = most - 1;
const last = text.charCodeAt(end - 1);
if (last >= 0xd800 && last <= 0xdbff) end--;
return `${text.slice(0, end)}\u2026`;
}
const FAULT_UNITS = 8_192;
const NAME_UNITS = 128;
function parseFault(value) {
if (!isRecord(value)) return undefined;
const { code, message, hint, retriable, maybe_ran, name } = value;
if (!isFaultCode(code) || typeof message !== "string" || typeof hint !== "string") return undefined;
if (typeof retriable !== "boolean" || typeof maybe_ran !== "boolean") return undefined;
if (name !== undefined && typeof name !== "string") return undefined;
return fault(code, clipText(message, FAULT_UNITS), {
hint: clipText(hint, FAULT_UNITS),
retriable,
maybe_ran,
...name !== undefined && {
name: clipText(name, NAME_UNITS)
}
});
}
const MOST_TOOLS = 256;
const DESCRIPTION_UNITS = 4_096;
const PARAMS_UNITS = 65_536;
const PARAMS_DEPTH = 32;
const ENTRY = /^[A-Za-z0-9_-]{1,64}$/;
function parseTools(value) {
const tools = parseEach(value, MOST_TOOLS, parseToolSpec);
if (tools === undefined || new Set(tools.map((tool)=>tool.entry)).size !== tools.length) return undefined;
return tools;
}
function parseToolSpec(value) {
if (!isRecord(value)) return undefined;
const { entry, description, params, readOnly, destructive, idempotent, openWorld } = value;
if (typeof entry !== "string" || !ENTRY.test(entry) || !isText(description, DESCRIPTION_UNITS)) return undefined;
if (!isRecord(params) || jsonUnits(params, PARAMS_DEPTH, PARAMS_UNITS) > PARAMS_UNITS) return undefined;
if (typeof readOnly !== "boolean" || typeof destructive !== "boolean") return undefined;
if (typeof idempotent !== "boolean" || typeof openWorld !== "boolean") return undefined;
return {
entry,
description,
params,
readOnly,
destructive,
idempotent,
openWorld
};
}
function jsonUnits(value, depth, most) {
switch(typeof value){
case "string":
return 1 + value.length;
case "number":
return Number.isFinite(value) ? 1 : Infinity;
case "boolean":
return 1;
case "object":
break;
default:
return Infinity;
}
if (value === null) return 1;
if (depth === 0) return Infinity;
let units = 1;
if (Array.isArray(value)) {
for(let i = 0; i < value.length && units <= most; i++)units += jsonUnits(value[i], depth - 1, most - units);
return units;
}
if (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, "__proto__")) return Infinity;
for (const [key, child] of Object.entries(value)){
if (units > most) break;
units += key.length + jsonUnits(child, depth - 1, most - units);
}
return units;
}
function isStateMethods(value) {
return value === "export" || value === "import" || value === "both";
}
const BATCH_WORDS = 64;
const { stringify: stringify$1, parse: parse$1 } = JSON;
const { isArray } = Array;
const NO_PAYLOAD$1 = "";
class PortBatch {
#headers = "";
#sizes = "";
#texts = "";
#blobs = [];
#blob_bytes = 0;
#count = 0;
get count() {
return this.#count;
}
get size() {
return this.#headers.length + this.#texts.length + this.#blob_bytes;
}
push(header, payload = NO_PAYLOAD$1) {
const size = typeof payload === "string" ? payload.length : -1;
if (this.#count++ === 0) {
this.#headers = header;
this.#sizes = `${size}`;
} else {
this.#headers += "," + header;
this.#sizes += "," + size;
}
if (typeof payload === "string") this.#texts += payload;
else {
this.#blobs[this.#blobs.length] = payload;
this.#blob_bytes += payload.length;
}
}
take() {
const posted = [
`[[${this.#sizes}],${this.#headers}]`,
this.#texts,
...this.#blobs
];
const moved = this.#blobs.map((blob)=>blob.buffer);
this.#headers = this.#sizes = this.#texts = "";
this.#blobs = [];
this.#blob_bytes = this.#count = 0;
return {
posted,
moved
};
}
}
function openPosted(data, most, each) {
if (!isArray(data) || typeof data[0] !== "string" || typeof data[1] !== "string") return false;
const [headers, texts] = data;
let entries;
try {
entries = parse$1(headers);
} catch  {
return false;
}
if (!isArray(entries) || entries.length > most + 1) return false;
const sizes = entries[0];
if (!isArray(sizes) || sizes.length !== entries.length - 1) return false;
let at = 0;
let blob = 2;
for(let i = 1; i < entries.length; i++){
const size = sizes[i - 1];
if (size === -1) each(entries[i], data[blob++]);
else {
each(entries[i], size === 0 ? NO_PAYLOAD$1 : texts.slice(at, at + size));
at += size;
}
}
return true;
}
function writePlain(message) {
if (!("payload" in message)) return stringify$1(message);
const { payload: _, ...header } = message;
return stringify$1(header);
}
const { stringify } = JSON;
function writeShellHeader(m) {
if (m.t === "reply") return writeReply(m.id, m.ok, m.live, m.code, m.streams);
if (m.t !== "call") return writePlain(m);
return `[1,${m.id},${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${quoteName(m.caller.api)},${quoteName(m.caller.principal)},"${m.trace}",${m.ms},${m.streams},${m.made ?? -1}]`;
}
function writeWorkerHeader(m) {
if (m.t === "reply") return writeAnswer(m.id, m.ok, m.code, m.streams);
if (m.t !== "call" || m.lends !== undefined) return writePlain(m);
return `[1,${m.id},${m.parent ?? -1},${quoteName(m.api)},${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${m.timeout ?? -1},${m.trace === undefined ? 0 : stringify(m.trace)}]`;
}
function nameWorkerFields(header) {
if (header[0] === SHORT.reply) return nameAnswer(header);
if (header[0] !== SHORT.call || header.length !== 9) return undefined;
const [, id, parent, api, aspect, name, kind, timeout, trace] = header;
return {
...{
t: "call",
id,
parent: orAbsent(parent),
api,
aspect,
name,
kind: KINDS[kind]
},
...{
timeout: orAbsent(timeout),
trace: present(trace)
}
};
}
const PHASES = new Set([
"load",
"run",
"uncaught",
"vanished",
"shutdown"
]);
const LEVELS = new Set([
"DEBUG",
"INFO",
"WARNING",
"ERROR"
]);
const LIMIT_NAME = /^[a-z][a-z_]{0,63}$/;
const STACK_UNITS = 32_768;
function parseWorkerMessage(header, payload) {
const word = Array.isArray(header) ? nameWorkerFields(header) : header;
if (!isRecord(word)) return undefined;
switch(word["t"]){
case "call":
return parseCall(word, payload);
case "reply":
return parseReply(word, payload);
case "items":
case "end":
case "pull":
case "stop":
return parseStreamWord(word, payload);
case "revoke":
return isText(word["name"], HEADER_BOUNDS.name) ? {
t: "revoke",
name: word["name"]
} : undefined;
case "cancel":
return isCount(word["id"]) ? {
t: "cancel",
id: word["id"]
} : undefined;
case "awake":
return {
t: "awake"
};
case "pong":
return parsePong(word);
case "log":
{
const { level, text } = word;
return LEVELS.has(level) && typeof text === "string" ? {
t: "log",
level: level,
text
} : undefined;
}
case "dropped":
return isCount(word["lines"]) ? {
t: "dropped",
lines: word["lines"]
} : undefined;
case "ready":
{
const tools = parseTools(word["tools"]);
const { has_run, state } = word;
if (!tools || typeof has_run !== "boolean" || state !== undefined && !isStateMethods(state)) return undefined;
return {
t: "ready",
tools,
has_run,
...state !== undefined && {
state
}
};
}
case "state":
{
const { id, ok } = word;
const state = parsePayload(payload);
return isCount(id) && typeof ok === "boolean" && state !== undefined ? {
t: "state",
id,
ok,
payload: state
} : undefined;
}
case "failed":
{
const { phase, stack } = word;
const fault = parseFault(word["fault"]);
if (!PHASES.has(phase) || fault === undefined) return undefined;
const told = typeof stack === "string" ? {
stack: stack.slice(0, STACK_UNITS)
} : {};
return {
t: "failed",
phase: phase,
fault,
...told
};
}
case "ended":
return word["what"] === "run" || word["what"] === "shutdown" ? {
t: "ended",
what: word["what"]
} : undefined;
case "limit":
{
const { limit, found, allowed } = word;
if (typeof limit !== "string" || !LIMIT_NAME.test(limit) || !isAmount(found) || !isAmount(allowed)) {
return undefined;
}
return {
t: "limit",
limit,
found,
allowed
};
}
default:
return undefined;
}
}
function parseCall(word, rumour) {
const { id, parent, api, aspect, name, kind, timeout, trace } = word;
const payload = parsePayload(rumour);
if (!isCount(id) || payload === undefined || !KINDS.includes(kind)) return undefined;
if (!isText(api, HEADER_BOUNDS.api) || !isText(aspect, HEADER_BOUNDS.aspect) || !isText(name, HEADER_BOUNDS.name)) {
return undefined;
}
if (parent !== undefined && !isCount(parent)) return undefined;
if (timeout !== undefined && !isAmount(timeout)) return undefined;
if (trace !== undefined && !isText(trace, HEADER_BOUNDS.trace)) return undefined;
const lends = word["lends"] === undefined ? undefined : parseLends(word["lends"]);
if (word["lends"] !== undefined && lends === undefined) return undefined;
const call = {
t: "call",
id,
api,
aspect,
name,
kind: kind,
payload
};
if (parent === undefined && timeout === undefined && trace === undefined && lends === undefined) return call;
return {
...call,
...parent !== undefined && {
parent
},
...timeout !== undefined && {
timeout
},
...trace !== undefined && {
trace
},
...lends !== undefined && {
lends
}
};
}
function parseReply(word, rumour) {
const { id, ok, code, streams = 0 } = word;
const payload = parsePayload(rumour);
if (!isCount(id) || typeof ok !== "boolean" || payload === undefined || !isCount(streams)) return undefined;
if (code === undefined) return {
t: "reply",
id,
ok,
streams,
payload
};
return isFaultCode(code) ? {
t: "reply",
id,
ok,
streams,
payload,
code
} : undefined;
}
function parseStreamWord(word, rumour) {
const parsed = parseCellMessage(word);
switch(parsed?.t){
case "pull":
case "stop":
return parsed;
case "items":
case "end":
{
const payload = parsePayload(rumour);
return payload === undefined ? undefined : {
...parsed,
payload
};
}
default:
return undefined;
}
}
function parsePong(word) {
const { seq, active_tasks, error_count, last_error_time, timers } = word;
if (timers !== undefined && !isCount(timers)) return undefined;
if (!isCount(seq) || !isCount(active_tasks) || !isCount(error_count)) return undefined;
if (last_error_time !== null && !isAmount(last_error_time)) return undefined;
return {
t: "pong",
seq,
active_tasks,
error_count,
last_error_time,
...timers !== undefined && {
timers
}
};
}
function parsePayload(payload) {
if (typeof payload === "string") return payload;
if (!(payload instanceof Uint8Array) || !(payload.buffer instanceof ArrayBuffer)) return undefined;
return payload.byteLength === payload.buffer.byteLength ? payload : payload.slice();
}
function refusal(fault) {
return {
ok: false,
code: fault.code,
payload: faultPayload(fault)
};
}
function faultPayload(fault) {
return JSON.stringify(fault);
}
const AT_ONCE = new Set([
"node:sqlite",
"node:events",
"node:util",
"node:buffer"
]);
class SignsOfLife {
#clock;
#awaited = [];
#may_be_dormant;
#dormant = false;
#told = true;
#worked = false;
constructor(clock, { builtins, wasm }){
this.#clock = clock;
this.#may_be_dormant = !wasm && builtins.every((name)=>AT_ONCE.has(name));
}
get dormant() {
return this.#dormant;
}
told({ t }) {
if (t === "release") return;
this.#told = t !== "ping";
if (this.#told) this.#dormant = false;
}
spoke(t) {
if (t !== "pong") this.#worked = true;
}
get worked() {
return this.#worked;
}
turned(active_tasks) {
const worked = this.#worked;
this.#worked = false;
this.heard(worked, active_tasks);
}
heard(work, active_tasks) {
this.#dormant = this.#may_be_dormant && !work && !this.#told && active_tasks === 0;
for (const then of this.#awaited.splice(0))then();
}
await(then) {
this.#awaited.push(then);
}
async within(ms) {
const { promise, resolve } = Promise.withResolvers();
const cancel = this.#clock.after(ms, ()=>resolve(false));
this.await(()=>resolve(true));
const came = await promise;
cancel();
return came;
}
}
const ANSWER_MS = 250;
class HostedModule {
id;
order;
#clock;
#listener;
#phase = "loading";
#started_at;
#run = "never";
#traits = {
tools: [],
has_run: false
};
#state;
#worker;
#leaving = false;
#figures = NO_FIGURES;
signs;
constructor(id, order, clock, listener){
this.id = id;
this.order = order;
this.#clock = clock;
this.#listener = listener;
this.#started_at = clock.now();
this.#state = new HostedState(order);
this.signs = new SignsOfLife(clock, order);
}
get phase() {
return this.#phase;
}
get leaving() {
return this.#leaving;
}
get serves() {
return this.#worker !== undefined && !this.#leaving && this.#phase !== "loading" && this.#phase !== "failed";
}
report() {
return {
instance: this.id,
api: this.order.api,
hash: this.order.hash,
phase: this.#phase,
started_at: this.#started_at,
...this.#traits,
...this.#state.report(this.#traits.state)
};
}
figures() {
return {
instance: this.id,
...this.#figures
};
}
get worker() {
return this.#worker;
}
post(message) {
this.signs.told(message);
this.#worker?.post(message);
}
ping() {
this.signs.told({
t: "ping"
});
this.#worker?.ping();
}
async load(make) {
const began = this.#clock.monotonic();
const made = await make(this.order, {
word: (header, payload)=>this.#rumour(header, payload),
turn: ()=>this.#turn(),
crashed: (message)=>this.#crashed(message)
}).catch((error)=>fault("load_failed", `the Worker of '${this.order.api}' could not be made: ${error}`));
if ("code" in made) return this.#loadFailed(made);
if (this.#leaving) return made.terminate();
this.#worker = made;
const { limits } = this.order;
this.#listener.made(this.id, limits);
const left = limits.load_ms - (this.#clock.monotonic() - began);
this.#clock.after(Math.max(0, left), ()=>void this.#loadIsLate());
}
sayLoaded() {
const { has_run: run, ...traits } = this.#traits;
this.#say({
t: "loaded",
instance: this.id
}, writeJsonPayload({
...traits,
run
}));
}
run() {
if (this.#worker === undefined || this.#phase === "loading") return;
if (this.#run === "ended") return this.#say({
t: "ended",
instance: this.id,
what: "run"
});
if (this.#run === "told") return;
this.#run = "told";
if (this.#phase === "ready") this.#phase = "running";
this.post({
t: "run"
});
}
shutdown() {
if (this.#worker === undefined) return this.#say({
t: "ended",
instance: this.id,
what: "shutdown"
});
this.#phase = "shutting_down";
this.post({
t: "shutdown"
});
}
carry(order) {
this.#state.told(order);
this.post(order);
this.#listener.told(this.id);
}
leave(then) {
if (this.#leaving) return;
this.#leaving = true;
if (this.#worker === undefined) return then();
this.signs.await(then);
this.#listener.told(this.id);
this.ping();
}
drop() {
if (this.#worker === undefined) return;
this.#worker.terminate();
this.#worker = undefined;
this.#listener.gone(this.id);
}
async answers() {
if (this.#worker === undefined) return false;
this.ping();
return await this.signs.within(ANSWER_MS);
}
#rumour(header, payload) {
const word = parseWorkerMessage(header, payload);
if (word === undefined) this.#log("ERROR", "the module's Worker said something that is none of its words");
else this.#word(word);
this.signs.spoke(word?.t);
}
#turn() {
this.#listener.heard(this.id, this.signs.worked);
this.signs.turned(this.#figures.active_tasks);
}
#word(word) {
switch(word.t){
case "call":
case "reply":
case "cancel":
case "items":
case "end":
case "pull":
case "stop":
case "revoke":
return this.#listener.call(this.id, word);
case "log":
case "dropped":
case "limit":
return this.#listener.aside(this.id, this.order, word);
case "pong":
{
const { t: _, seq, ...figures } = word;
this.#figures = figures;
return this.#worker?.ponged(seq);
}
case "ready":
return this.#ready(word);
case "state":
this.#state.answered(word.id, word.ok);
return this.#say({
t: "state",
id: word.id,
ok: word.ok
}, word.payload);
case "failed":
if (word.stack !== undefined) this.#log("ERROR", word.stack);
if (this.#phase === "loading") return this.#loadFailed(word.fault);
if (word.phase === "run") this.#runEnded();
return this.#sayFailed(word.phase, word.fault);
case "ended":
if (word.what === "run") this.#runEnded();
return this.#say({
t: "ended",
instance: this.id,
what: word.what
});
case "awake":
return;
}
}
#ready({ t: _, ...traits }) {
if (this.#phase !== "loading") return;
const refused = refuseTools(this.order.api, traits.tools);
if (refused !== undefined) return this.#loadFailed(refused);
this.#phase = "ready";
this.#started_at = this.#clock.now();
this.#traits = traits;
this.sayLoaded();
}
#runEnded() {
this.#run = "ended";
if (this.#phase === "running") this.#phase = "ready";
}
async #loadIsLate() {
if (this.#phase !== "loading" || this.#leaving) return;
const idle = await this.answers();
if (this.#phase !== "loading" || this.#leaving) return;
if (idle) this.#loadFailed(loadedLate(this.order));
else this.#listener.stuck(this.id, this.order.limits.load_ms);
}
#crashed(message) {
if (this.#phase === "loading") return this.#loadFailed(fault("load_failed", message));
this.#phase = "failed";
this.drop();
this.#sayFailed("vanished", fault("module_error", message));
}
#loadFailed(why) {
this.#phase = "failed";
this.drop();
this.#sayFailed("load", why);
}
#sayFailed(phase, why) {
this.#say({
t: "failed",
instance: this.id,
phase
}, faultPayload(why));
}
#say(message, payload) {
this.#listener.say(message, payload);
}
#log(level, text) {
this.#listener.aside(this.id, this.order, {
t: "log",
level,
text
});
}
}
class InstanceTable {
#make;
#clock;
#listener;
#modules = new Map();
constructor(make, clock, listener){
this.#make = make;
this.#clock = clock;
this.#listener = listener;
}
serves(id) {
return this.#modules.get(id)?.serves ?? false;
}
isLoading(id) {
return this.#modules.get(id)?.phase === "loading";
}
isDormant(id) {
return this.#modules.get(id)?.signs.dormant ?? false;
}
limits(id) {
return this.#modules.get(id)?.order.limits;
}
instanceOf(api) {
return [
...this.#modules.values()
].findLast(({ order })=>order.api === api)?.id;
}
get cpu_percent() {
return [
...this.#modules.values()
].reduce((sum, { order })=>sum + order.limits.cpu_percent, 0);
}
get message_bytes() {
return Math.max(0, ...[
...this.#modules.values()
].map(({ order })=>order.limits.message_bytes));
}
ids() {
return [
...this.#modules.keys()
];
}
get untaken_bytes() {
let most = 0;
for (const module of this.#modules.values())most = Math.max(most, module.worker?.untaken_bytes ?? 0);
return most;
}
report() {
return [
...this.#modules.values()
].filter(({ leaving })=>!leaving).map((module)=>module.report());
}
figures() {
return [
...this.#modules.values()
].map((module)=>module.figures());
}
async refresh() {
await Promise.all([
...this.#modules.values()
].map((module)=>module.answers()));
}
deliver(id, message) {
this.#modules.get(id)?.post(message);
}
ping(id) {
this.#modules.get(id)?.ping();
}
releaseMemory() {
for (const module of this.#modules.values())module.post({
t: "release"
});
}
async load(id, payload) {
const known = this.#modules.get(id);
if (known !== undefined) return known.serves ? known.sayLoaded() : undefined;
const order = readJsonPayload(payload);
if (order === undefined) {
const why = fault("load_failed", "the order to load could not be read");
return this.#listener.say({
t: "failed",
instance: id,
phase: "load"
}, faultPayload(why));
}
const module = new HostedModule(id, order, this.#clock, this.#listener);
this.#modules.set(id, module);
await module.load(this.#make);
}
run(id) {
this.#modules.get(id)?.run();
}
shutdown(id) {
const module = this.#modules.get(id);
if (module === undefined) this.#listener.say({
t: "ended",
instance: id,
what: "shutdown"
});
else module.shutdown();
}
carry(id, order) {
const module = this.#modules.get(id);
if (module?.serves) return module.carry(order);
this.#listener.say({
t: "state",
id: order.id,
ok: false
}, faultPayload(notServing(id)));
}
unload(id) {
const module = this.#modules.get(id);
const forget = ()=>{
module?.drop();
this.#modules.delete(id);
this.#listener.say({
t: "ended",
instance: id,
what: "worker"
});
};
if (module === undefined) forget();
else module.leave(forget);
}
stop(id) {
const stopped = (id === undefined ? this.ids() : [
id
]).flatMap((id)=>{
const last = this.#modules.get(id)?.worker?.stop();
return last === undefined ? [] : [
{
id,
last
}
];
});
if (stopped.length > 1) return onlyOne(stopped.filter(({ last })=>last.busy));
return onlyOne(stopped);
}
endAll() {
for (const module of [
...this.#modules.values()
].reverse())module.drop();
}
}
function onlyOne(list) {
return list.length === 1 ? list[0] : undefined;
}
class KeptLoans {
#lent = new Map();
note(instance, word) {
if (word.t === "call" && word.lends?.kept !== undefined) this.#lend(instance, word.lends.kept, word.api);
else if (word.t === "revoke") this.#lent.get(instance)?.delete(word.name);
}
of(instance) {
return [
...this.#lent.get(instance) ?? []
].map(([name, to])=>({
name,
to: [
...to
]
}));
}
forget(instance) {
this.#lent.delete(instance);
}
#lend(instance, names, to) {
let lent = this.#lent.get(instance);
if (lent === undefined) this.#lent.set(instance, lent = new Map());
for (const name of names){
const borrowers = lent.get(name);
if (borrowers === undefined) {
if (lent.size < LOANS.names) lent.set(name, new Set([
to
]));
} else if (borrowers.size < LOANS.borrowers) borrowers.add(to);
}
}
}
const LENGTH_BYTES = 4;
const PREFIX_BYTES = 5;
const BYTES_TYPE = 1;
const TEXT_TYPE = 2;
function readUint32(bytes, at) {
return (bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]) >>> 0;
}
function writeUint32(bytes, at, value) {
bytes[at] = value >>> 24;
bytes[at + 1] = value >>> 16;
bytes[at + 2] = value >>> 8;
bytes[at + 3] = value;
}
const NO_PAYLOAD = "";
const utf8$2 = new TextEncoder();
function exceedsBytes(payload, max_bytes) {
const { length } = payload;
if (length > max_bytes || typeof payload !== "string") return length > max_bytes;
return 3 * length > max_bytes && utf8$2.encode(payload).length > max_bytes;
}
function ownPayload(payload) {
return typeof payload === "string" ? ` ${payload}`.slice(1) : payload.slice();
}
const utf8$1 = new TextEncoder();
const HEADER_UNITS = Math.floor(WIRE.batch_bytes / 3) - 2;
const PAYLOAD_BYTES = WIRE.frame_bytes - WIRE.header_bytes - PREFIX_BYTES - 16;
const EMPTY = new Uint8Array(0);
const LEAST_BYTES$1 = 1_024;
const KEPT_BYTES = 131_072;
class FrameWriter {
#write;
#headers = "";
#sizes = "";
#text = "";
#blobs = [];
#blob_bytes = 0;
#messages = 0;
#sealed = EMPTY;
#sealed_bytes = 0;
#taken = EMPTY;
constructor(write = JSON.stringify){
this.#write = write;
}
get bytes() {
return this.#sealed_bytes + this.#text.length + this.#blob_bytes + this.#headers.length;
}
push(header, payload = NO_PAYLOAD) {
const text = this.#write(header);
const size = payload.length;
invariant(fitsHeader(text) && !exceedsBytes(payload, PAYLOAD_BYTES), `a message has a header of ${text.length} and a payload of ${size} units, which no frame may hold`);
if (this.#messages > 0 && !this.#takesOneMore(text.length, payload)) this.#seal();
if (this.#messages === 0) {
this.#headers = text;
this.#sizes = String(size);
} else {
this.#headers += "," + text;
this.#sizes += "," + size;
}
this.#messages++;
if (typeof payload === "string") this.#text += payload;
else {
this.#blobs.push(payload);
this.#blob_bytes += size;
}
}
take() {
if (this.#messages > 0) this.#seal();
if (this.#sealed_bytes === 0) return undefined;
const bytes = this.#sealed.subarray(0, this.#sealed_bytes);
const free = this.#taken;
this.#taken = this.#sealed.length <= KEPT_BYTES ? this.#sealed : EMPTY;
this.#sealed = free;
this.#sealed_bytes = 0;
return bytes;
}
#takesOneMore(header_units, payload) {
if (this.#messages === WIRE.batch_messages || this.#headers.length + header_units >= HEADER_UNITS) return false;
if (typeof payload === "string" ? payload !== "" && this.#blobs.length > 0 : this.#text !== "") return false;
const units = this.#headers.length + this.#text.length + this.#blob_bytes + header_units + payload.length;
return units <= WIRE.batch_bytes;
}
#seal() {
const headers = `[[${this.#sizes}],${this.#headers}]`;
if (this.#blobs.length === 0) this.#sealText(headers);
else this.#sealBytes(headers);
this.#headers = this.#sizes = this.#text = "";
this.#blobs = [];
this.#blob_bytes = 0;
this.#messages = 0;
}
#sealText(headers) {
const text = headers + this.#text;
const start = this.#sealed_bytes + LENGTH_BYTES + PREFIX_BYTES;
this.#reserve(start + text.length);
let { read, written } = utf8$1.encodeInto(text, this.#sealed.subarray(start));
if (read < text.length) {
this.#reserve(start + 3 * text.length);
({ read, written } = utf8$1.encodeInto(text, this.#sealed.subarray(start)));
}
this.#finish(TEXT_TYPE, headers.length, start + written);
}
#sealBytes(headers) {
const encoded = utf8$1.encode(headers);
let at = this.#sealed_bytes + LENGTH_BYTES + PREFIX_BYTES;
this.#reserve(at + encoded.length + this.#blob_bytes);
this.#sealed.set(encoded, at);
at += encoded.length;
for (const blob of this.#blobs){
this.#sealed.set(blob, at);
at += blob.length;
}
this.#finish(BYTES_TYPE, encoded.length, at);
}
#finish(type, header_length, end) {
const start = this.#sealed_bytes;
writeUint32(this.#sealed, start, end - start - LENGTH_BYTES);
this.#sealed[start + LENGTH_BYTES] = type;
writeUint32(this.#sealed, start + LENGTH_BYTES + 1, header_length);
this.#sealed_bytes = end;
}
#reserve(bytes) {
if (bytes <= this.#sealed.length) return;
const larger = new Uint8Array(Math.max(bytes, LEAST_BYTES$1, 2 * this.#sealed_bytes));
larger.set(this.#sealed.subarray(0, this.#sealed_bytes));
this.#sealed = larger;
}
}
function fitsHeader(text) {
return 3 * text.length <= WIRE.header_bytes || text.length <= WIRE.header_bytes && utf8$1.encode(text).length <= WIRE.header_bytes;
}
const COPY_BELOW = 16_384;
const LEAST_BYTES = PREFIX_BYTES + 2;
class FrameReader {
proven;
holds_chunk = false;
#violation;
#length = new Uint8Array(LENGTH_BYTES);
#length_filled = 0;
#body;
#body_filled = 0;
constructor(start){
this.proven = start.proven;
}
feed(chunk) {
const messages = [];
this.holds_chunk = false;
let at = 0;
while(at < chunk.length && this.#violation === undefined){
at = this.#body === undefined ? this.#beginFrame(chunk, at, messages) : this.#continueFrame(chunk, at, messages);
}
return this.#violation === undefined ? {
messages
} : {
messages,
violation: this.#violation
};
}
#beginFrame(chunk, at, messages) {
let length;
if (this.#length_filled === 0 && chunk.length - at >= LENGTH_BYTES) {
length = readUint32(chunk, at);
at += LENGTH_BYTES;
} else {
while(this.#length_filled < LENGTH_BYTES){
if (at === chunk.length) return at;
this.#length[this.#length_filled++] = chunk[at++];
}
length = readUint32(this.#length, 0);
this.#length_filled = 0;
}
const most = this.proven ? WIRE.frame_bytes : WIRE.unproven_bytes;
if (length > most) {
this.#violation = `a frame of ${length} bytes; ${this.proven ? "" : "before its proof "}a peer may send ${most}`;
return at;
}
if (length < LEAST_BYTES) {
this.#violation = `a frame of ${length} bytes; the smallest has ${LEAST_BYTES}`;
return at;
}
if (chunk.length - at >= length) {
const is_text = chunk[at] === TEXT_TYPE;
const copied = !is_text && length < COPY_BELOW;
this.holds_chunk ||= !is_text && !copied;
this.#violation = readBody(copied ? chunk.slice(at, at + length) : chunk.subarray(at, at + length), messages);
return at + length;
}
this.#body = new Uint8Array(length);
this.#body_filled = 0;
return at;
}
#continueFrame(chunk, at, messages) {
const body = this.#body;
const end = Math.min(chunk.length, at + body.length - this.#body_filled);
body.set(chunk.subarray(at, end), this.#body_filled);
this.#body_filled += end - at;
if (this.#body_filled === body.length) {
this.#body = undefined;
this.#violation = readBody(body, messages);
}
return end;
}
}
const utf8 = new TextDecoder("utf-8", {
fatal: true,
ignoreBOM: true
});
function readBody(body, messages) {
const type = body[0];
if (type !== TEXT_TYPE && type !== BYTES_TYPE) return `a frame of unknown type ${type}`;
const header_length = readUint32(body, 1);
if (header_length > WIRE.batch_bytes) return `headers of ${header_length}; a frame may have ${WIRE.batch_bytes}`;
const start = PREFIX_BYTES + header_length;
if (start > body.length) return `headers of ${header_length} bytes in a frame of ${body.length}`;
let text;
try {
text = utf8.decode(body.subarray(PREFIX_BYTES, type === TEXT_TYPE ? body.length : start));
} catch  {
return type === TEXT_TYPE ? "text that is not UTF-8" : "headers that are not UTF-8";
}
if (type === TEXT_TYPE && header_length > text.length) {
return `headers of ${header_length} units in a text of ${text.length}`;
}
const headers = parseHeaders(text.slice(0, header_length), header_length);
if (typeof headers === "string") return headers;
return type === TEXT_TYPE ? cutPayloads(text, header_length, headers, messages) : cutPayloads(body, start, headers, messages);
}
function parseHeaders(text, length) {
let headers;
try {
headers = JSON.parse(text);
} catch  {
return "headers that are not JSON";
}
if (!Array.isArray(headers)) return "headers that are no array";
const count = headers.length - 1;
const sizes = headers[0];
if (count < 1) return "a frame without messages";
if (count > WIRE.batch_messages) return `${count} messages in one frame; it may have ${WIRE.batch_messages}`;
if (!Array.isArray(sizes) || sizes.length !== count) return "headers without the sizes of their payloads";
if (length > count * (WIRE.header_bytes + 16) + 4) return `a header of more than ${WIRE.header_bytes} bytes`;
return headers;
}
function cutPayloads(body, at, headers, messages) {
const sizes = headers[0];
let end = at;
for(let i = 1; i < headers.length; i++){
const size = sizes[i - 1];
if (typeof headers[i] !== "object" || headers[i] === null) return "a header that is no object";
if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) return "a payload size that is no size";
end += size;
}
if (end !== body.length) return `payloads of ${end - at} announced, ${body.length - at} there`;
for(let i = 1; i < headers.length; i++){
const size = sizes[i - 1];
const payload = size === 0 ? NO_PAYLOAD : typeof body === "string" ? body.slice(at, at + size) : body.subarray(at, at + size);
messages.push({
header: headers[i],
payload
});
at += size;
}
return undefined;
}
class GrowingBytes {
#room = new Uint8Array(0);
#length = 0;
get length() {
return this.#length;
}
append(bytes) {
const length = this.#length + bytes.length;
if (length > this.#room.length) {
const room = new Uint8Array(Math.max(length, 2 * this.#room.length));
room.set(this.#room.subarray(0, this.#length));
this.#room = room;
}
this.#room.set(bytes, this.#length);
this.#length = length;
}
take() {
const bytes = this.#room.subarray(0, this.#length);
this.#room = new Uint8Array(0);
this.#length = 0;
return bytes;
}
}
class GrowingPayload {
#text = [];
#units = 0;
#bytes;
get length() {
return this.#bytes === undefined ? this.#units : this.#bytes.length;
}
append(portion) {
if (typeof portion === "string") {
if (this.#bytes !== undefined) return portion === NO_PAYLOAD;
this.#text.push(ownPayload(portion));
this.#units += portion.length;
return true;
}
if (this.#units > 0) return false;
this.#bytes ??= new GrowingBytes();
this.#bytes.append(portion);
return true;
}
take() {
const whole = this.#bytes === undefined ? this.#text.join("") : this.#bytes.take();
this.#text = [];
this.#units = 0;
this.#bytes = undefined;
return whole;
}
}
function pieceKey(of, id) {
return `${of} ${id}`;
}
const PARTIAL = Object.freeze({
kind: "partial"
});
class PieceJoiner {
#open = new Map();
#bytes = 0;
#kept = 0;
#bounds;
constructor(bounds){
this.#bounds = bounds;
}
begin(key, header, payload, max_bytes) {
if (this.#open.has(key)) return {
kind: "violation",
violation: `a second beginning of ${key}`
};
if (this.#bounds.beyond === "crowded" && this.#kept >= this.#bounds.open) {
this.#open.set(key, {
header,
max_bytes,
bytes: undefined
});
return {
kind: "crowded",
header
};
}
if (this.#bounds.beyond === undefined && this.#open.size >= this.#bounds.open) {
return {
kind: "violation",
violation: `more than ${this.#bounds.open} messages in pieces at once`
};
}
const open = {
header,
max_bytes,
bytes: new GrowingPayload()
};
this.#open.set(key, open);
this.#kept++;
return this.#append(open, payload) ?? PARTIAL;
}
add(key, payload, more) {
const open = this.#open.get(key);
if (open === undefined) return {
kind: "violation",
violation: `a piece of ${key}, which was not begun`
};
if (!more) this.#open.delete(key);
const refused = this.#append(open, payload);
if (refused !== undefined) return refused;
if (more || open.bytes === undefined) return PARTIAL;
this.#bytes -= open.bytes.length;
this.#kept--;
return {
kind: "whole",
header: open.header,
payload: open.bytes.take()
};
}
get bytes() {
return this.#bytes;
}
drop(key) {
const open = this.#open.get(key);
if (open !== undefined) this.#forget(open);
}
#append(open, payload) {
if (open.bytes === undefined) return undefined;
const fits = open.bytes.length + payload.length <= open.max_bytes;
if (!fits || this.#bytes + payload.length > this.#bounds.total_bytes) {
const { header, max_bytes } = open;
this.#forget(open);
return fits && this.#bounds.beyond === "crowded" ? {
kind: "crowded",
header
} : {
kind: "too_large",
header,
max_bytes
};
}
if (!open.bytes.append(payload)) {
return {
kind: "violation",
violation: "pieces of text and of bytes in one message"
};
}
this.#bytes += payload.length;
return undefined;
}
#forget(open) {
if (open.bytes === undefined) return;
this.#bytes -= open.bytes.length;
this.#kept--;
open.bytes = undefined;
}
}
function* splitMessage(header, payload, piece) {
let at = 0;
let next = header;
while(payload.length - at > WIRE.chunk_bytes){
const end = endOfPiece(payload, at);
yield {
header: {
...next,
more: true
},
payload: cut(payload, at, end)
};
next = piece;
at = end;
}
yield {
header: next,
payload: cut(payload, at, payload.length)
};
}
function endOfPiece(payload, at) {
const end = at + WIRE.chunk_bytes;
const unit = typeof payload === "string" ? payload.charCodeAt(end - 1) : 0;
return unit >= 0xd800 && unit <= 0xdbff ? end - 1 : end;
}
function cut(payload, from, to) {
return typeof payload === "string" ? payload.slice(from, to) : payload.subarray(from, to);
}
const MESSAGE_COST_BYTES = 64;
const FREE_OF_CREDIT = new Set([
"attach",
"nonce",
"welcome",
"credit",
"ack",
"ask",
"newer",
"bye",
"dying"
]);
function creditCost(type, payload_bytes) {
return FREE_OF_CREDIT.has(type) ? undefined : {
bytes: payload_bytes + MESSAGE_COST_BYTES,
messages: 1
};
}
const LINK_WINDOW = Object.freeze({
bytes: WIRE.window_bytes,
messages: WIRE.window_messages
});
class SendWindow {
#size;
#bytes = 0;
#messages = 0;
constructor(size = LINK_WINDOW){
this.#size = size;
}
hasRoom(cost) {
if (this.#messages === 0) return true;
return this.#bytes + cost.bytes <= this.#size.bytes && this.#messages + cost.messages <= this.#size.messages;
}
take(cost) {
this.#bytes += cost.bytes;
this.#messages += cost.messages;
}
credit(processed) {
this.#bytes = Math.max(0, this.#bytes - Math.max(0, processed.bytes));
this.#messages = Math.max(0, this.#messages - Math.max(0, processed.messages));
if (this.#messages === 0) this.#bytes = 0;
}
}
class ReceiveWindow {
#size;
#held = {
bytes: 0,
messages: 0
};
#owed = {
bytes: 0,
messages: 0
};
constructor(size = LINK_WINDOW){
this.#size = size;
}
receive(cost) {
const alone = this.#held.messages === 0;
this.#held.bytes += cost.bytes;
this.#held.messages += cost.messages;
return alone || this.#held.bytes <= this.#size.bytes && this.#held.messages <= this.#size.messages;
}
processed(cost) {
this.#owed.bytes += cost.bytes;
this.#owed.messages += cost.messages;
}
takeCredit() {
const { bytes, messages } = this.#owed;
if (messages * 4 < this.#size.messages && bytes * 4 < this.#size.bytes) return undefined;
const credit = this.#owed;
this.#held.bytes -= credit.bytes;
this.#held.messages -= credit.messages;
this.#owed = {
bytes: 0,
messages: 0
};
return credit;
}
}
const EARLY_MESSAGES = 64;
const CUT_AT$1 = 1_024;
const MORE = Object.freeze({
more: true
});
class LinkOutbox {
#writer;
#window;
#waiting = [];
#head = 0;
#bytes = 0;
#blocked = false;
constructor(write, window = new SendWindow()){
this.#writer = new FrameWriter(write);
this.#window = window;
}
get queued_bytes() {
return this.#bytes + this.#writer.bytes;
}
get count() {
return this.#waiting.length - this.#head;
}
push(header, payload = NO_PAYLOAD) {
if (FREE_OF_CREDIT.has(header.t)) return this.#writer.push(header, payload);
this.#bytes += payload.length + MESSAGE_COST_BYTES;
const piece = payload.length <= WIRE.chunk_bytes ? undefined : pieceOf(header);
if (piece === undefined) {
this.#waiting.push({
header,
payload: this.#blocked ? ownPayload(payload) : payload
});
return;
}
const rest = splitMessage(header, payload, piece);
this.#waiting.push({
...rest.next().value,
rest
});
}
credit(processed) {
this.#window.credit(processed);
}
take() {
while(this.#head < this.#waiting.length && this.#writer.bytes < WIRE.batch_bytes){
const { header, payload, rest } = this.#waiting[this.#head];
const cost = creditCost(header.t, payload.length);
if (!this.#window.hasRoom(cost)) {
this.#block();
break;
}
this.#blocked = false;
this.#window.take(cost);
this.#writer.push(header, payload);
this.#head++;
const next = rest?.next();
if (rest !== undefined && next?.done === false) this.#waiting.push({
...next.value,
rest
});
else this.#bytes -= MESSAGE_COST_BYTES;
this.#bytes -= payload.length;
}
if (this.#head >= CUT_AT$1 || this.#head === this.#waiting.length) {
this.#waiting.splice(0, this.#head);
this.#head = 0;
}
return this.#writer.take();
}
#block() {
if (this.#blocked) return;
this.#blocked = true;
for(let at = this.#head; at < this.#waiting.length; at++){
const { header, payload, rest } = this.#waiting[at];
if (rest === undefined) this.#waiting[at] = {
header,
payload: ownPayload(payload)
};
}
}
}
function pieceOf(header) {
switch(header.t){
case "call":
case "reply":
case "load":
case "import":
case "vet":
case "vetted":
case "state":
return {
t: "piece",
of: header.t,
id: header.id,
...header.more && MORE
};
case "piece":
return header;
default:
return undefined;
}
}
const READ_BYTES = 65_536;
const PIECES = Object.freeze({
open: 1_024,
total_bytes: 67_108_864,
beyond: "crowded"
});
class LinkIo {
#connect;
#listener;
#call_bounds;
#links = new Map();
#connecting = new Set();
#turn_due = false;
#held_for = new Set();
#reads_held;
constructor(connect, listener){
this.#connect = connect;
this.#listener = listener;
this.#call_bounds = {
...PIECES,
get total_bytes () {
return listener.callRoom();
}
};
}
get queued_bytes() {
let bytes = 0;
for (const link of this.#links.values())bytes += link.outbox.queued_bytes;
return bytes;
}
async connect(number) {
this.#connecting.add(number);
let connection;
try {
connection = await this.#connect();
} catch  {
if (this.#connecting.delete(number)) this.#listener.event({
on: "closed",
link: number
});
return;
}
if (!this.#connecting.delete(number)) return connection.close();
const link = {
connection,
outbox: new LinkOutbox(writeCellHeader),
received: new ReceiveWindow(),
calls: new PieceJoiner(this.#call_bounds),
others: new PieceJoiner(PIECES),
writing: undefined,
closed: false
};
this.#links.set(number, link);
this.#listener.event({
on: "connected",
link: number
});
await this.#read(number, link);
this.#ended(number, link);
}
close(number) {
this.#connecting.delete(number);
const link = this.#links.get(number);
if (link === undefined) return;
this.#links.delete(number);
this.#shut(link);
}
send(number, message, payload) {
const link = this.#links.get(number);
if (link === undefined) return;
link.outbox.push(message, payload);
if (link.outbox.count >= EARLY_MESSAGES) this.#write(number, link);
else this.endOfTurn();
}
async flush(ms) {
const written = [
...this.#links
].map(([number, link])=>{
this.#write(number, link);
return link.writing;
});
const late = Promise.withResolvers();
const cancel = SHELL_CLOCK.after(ms, late.resolve);
await Promise.race([
Promise.all(written),
late.promise
]);
cancel();
}
holdReads(hold, why) {
if (hold) this.#held_for.add(why);
else if (!this.#held_for.delete(why)) return;
if (this.#held_for.size > 0) this.#reads_held ??= Promise.withResolvers();
else {
this.#reads_held?.resolve();
this.#reads_held = undefined;
}
}
endOfTurn() {
if (this.#turn_due) return;
this.#turn_due = true;
queueMicrotask(()=>{
this.#listener.event({
on: "turn"
});
this.#turn_due = false;
for (const [number, link] of this.#links){
const credit = link.received.takeCredit();
if (credit !== undefined) link.outbox.push({
t: "credit",
...credit
});
this.#write(number, link);
}
});
}
async #read(number, link) {
const reader = new FrameReader({
proven: true
});
let buffer = new Uint8Array(READ_BYTES);
try {
while(!link.closed){
if (this.#reads_held !== undefined) await this.#reads_held.promise;
const count = await link.connection.read(buffer);
if (count === null) return;
const { messages, violation } = reader.feed(buffer.subarray(0, count));
if (reader.holds_chunk) buffer = new Uint8Array(READ_BYTES);
for (const { header, payload } of messages){
if (link.closed || !this.#take(number, link, readKernelHeader(header), payload)) return;
}
if (violation !== undefined) return;
this.endOfTurn();
}
} catch  {
}
}
#take(number, link, message, payload) {
const cost = creditCost(message.t, payload.length);
if (cost !== undefined) {
if (!link.received.receive(cost)) return false;
link.received.processed(cost);
}
if (message.t === "credit") {
link.outbox.credit(message);
return true;
}
if (message.t === "cancel") link.calls.drop(pieceKey("call", message.id));
const of_call = message.t === "call" || message.t === "piece" && message.of === "call";
const joined = this.#join(of_call ? link.calls : link.others, message, payload);
switch(joined.kind){
case "whole":
this.#listener.event({
on: "message",
link: number,
message: joined.header,
payload: joined.payload
});
return true;
case "too_large":
case "crowded":
this.#listener.refused(number, joined);
return true;
default:
return joined.kind === "partial";
}
}
#join(joiner, message, payload) {
switch(message.t){
case "piece":
return joiner.add(pieceKey(message.of, message.id), payload, message.more === true);
case "call":
case "reply":
case "load":
case "import":
case "vet":
{
const max_bytes = this.#listener.maxBytes(message);
if (message.more) return joiner.begin(pieceKey(message.t, message.id), message, payload, max_bytes);
if (exceedsBytes(payload, max_bytes)) return {
kind: "too_large",
header: message,
max_bytes
};
return {
kind: "whole",
header: message,
payload
};
}
default:
return {
kind: "whole",
header: message,
payload
};
}
}
#write(number, link) {
if (link.writing !== undefined) return;
const first = link.outbox.take();
if (first !== undefined) link.writing = this.#writeAll(link, first).catch(()=>this.#ended(number, link));
}
async #writeAll(link, first) {
try {
for(let bytes = first; bytes !== undefined && !link.closed; bytes = link.outbox.take()){
await link.connection.write(bytes);
}
} finally{
link.writing = undefined;
}
}
#ended(number, link) {
const known = this.#links.get(number) === link;
this.#links.delete(number);
this.#shut(link);
if (known) this.#listener.event({
on: "closed",
link: number
});
}
#shut(link) {
if (link.closed) return;
link.closed = true;
link.connection.close();
}
}
const RETRY_MS = Object.freeze([
1,
2,
5,
10,
20,
50,
100,
250
]);
const SILENCE_MS = 250;
const FIRST_ATTACH_MS = 10_000;
class AttachMachine {
#me;
#born;
#seeking;
#attached = [];
#ever_attached = false;
#last_link = 0;
#tries = 0;
#silences = 0;
#ended = false;
constructor(me, now){
this.#me = me;
this.#born = now;
this.#seeking = {
at: "pause",
until: now
};
}
isAttached(link) {
return this.#attached.some((a)=>a.link === link);
}
others(link) {
return this.#attached.length < 2 ? [] : this.#attached.flatMap((a)=>a.link === link ? [] : [
a.link
]);
}
get newest() {
return this.#attached.at(-1)?.link;
}
get root() {
const newest = this.#attached.at(-1);
return newest === undefined || newest.fenced ? undefined : newest.link;
}
wakeAt() {
if (this.#ended || this.#seeking === undefined) return undefined;
const first = this.#ever_attached ? Infinity : this.#born + FIRST_ATTACH_MS;
const at = Math.min(first, this.#seeking.at === "connecting" ? Infinity : this.#seeking.until);
return at === Infinity ? undefined : at;
}
connected(link, now) {
if (!this.#isSought(link, "connecting")) return [
{
do: "close",
link
}
];
this.#seeking = {
at: "nonce",
link,
until: now + this.#patience()
};
return [];
}
closed(link, now) {
if (this.#seeking !== undefined && this.#seeking.at !== "pause" && this.#seeking.link === link) {
this.#seekAgain(now);
return [];
}
if (!this.isAttached(link)) return [];
const was_newest = this.newest === link;
this.#attached = this.#attached.filter((a)=>a.link !== link);
if (was_newest && this.#seeking === undefined) this.#seekAgain(now);
return [
{
do: "lost",
link
}
];
}
nonce(link, nonce, now) {
if (!this.#isSought(link, "nonce")) return [];
this.#seeking = {
at: "welcome",
link,
until: now + this.#patience()
};
return [
{
do: "prove",
link,
nonce
}
];
}
proved(link, proof) {
if (!this.#isSought(link, "welcome")) return [];
const { cell, incarnation, pid } = this.#me;
return [
{
do: "send",
link,
message: {
t: "attach",
cell,
incarnation,
proof,
pid
}
}
];
}
welcome(link) {
if (!this.#isSought(link, "welcome")) return [];
this.#seeking = undefined;
this.#tries = 0;
this.#silences = 0;
this.#ever_attached = true;
const fences = this.#attached.filter((a)=>!a.fenced).map((a)=>({
do: "send",
link: a.link,
message: {
t: "fence"
}
}));
this.#attached = [
...this.#attached.map(({ link })=>({
link,
fenced: true
})),
{
link,
fenced: false
}
];
return [
...fences,
{
do: "attached",
link
}
];
}
newer(link) {
if (!this.isAttached(link) || this.#seeking !== undefined) return [];
return this.#tryNow();
}
time(now, parent) {
if (this.#ended) return [];
if (parent !== this.#me.parent) return this.#end("the parent is gone");
if (this.#seeking === undefined) return [];
if (!this.#ever_attached && now >= this.#born + FIRST_ATTACH_MS) return this.#end("no kernel let it attach");
if (this.#seeking.at === "connecting" || now < this.#seeking.until) return [];
if (this.#seeking.at === "pause") return this.#tryNow();
const { link } = this.#seeking;
this.#silences++;
this.#seekAgain(now);
return [
{
do: "close",
link
}
];
}
#tryNow() {
const link = ++this.#last_link;
this.#seeking = {
at: "connecting",
link
};
return [
{
do: "connect",
link
}
];
}
#seekAgain(now) {
const pause = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)];
this.#seeking = {
at: "pause",
until: now + pause
};
}
#patience() {
return SILENCE_MS * 2 ** Math.min(this.#silences, 3);
}
#isSought(link, at) {
return this.#seeking !== undefined && this.#seeking.at === at && this.#seeking.link === link;
}
#end(reason) {
this.#ended = true;
this.#seeking = undefined;
return [
{
do: "end",
code: 1,
reason
}
];
}
}
function toRanges(ids) {
const ranges = [];
for (const id of [
...ids
].sort((a, b)=>a - b)){
const last = ranges.at(-1);
if (last !== undefined && id <= last[1] + 1) last[1] = Math.max(last[1], id);
else ranges.push([
id,
id
]);
}
return ranges;
}
const RANGES_PER_ACK = 64;
const ACK_AT = 128;
const NONE$1 = Object.freeze([]);
class CallVoice {
#acks = new Map();
#effects = [];
takeEffects() {
const effects = this.#effects;
if (effects.length === 0) return NONE$1;
this.#effects = [];
return effects;
}
say(link, message, payload) {
this.#effects.push({
do: "send",
link,
message,
payload
});
}
deliver(instance, message) {
this.#effects.push({
do: "deliver",
instance,
message
});
}
sayCall(call, link, parent) {
const { id, instance: from, api, aspect, name, kind, timeout, trace, lends, payload } = call;
const again = call.link !== undefined;
call.link = link;
const plain = {
t: "call",
id,
from,
api,
aspect,
name,
kind
};
this.say(link, parent === undefined && timeout === undefined && trace === undefined && lends === undefined && !again ? plain : {
...plain,
...parent !== undefined && {
parent
},
...timeout !== undefined && {
timeout
},
...trace !== undefined && {
trace
},
...lends !== undefined && {
lends
},
...again && {
again
}
}, payload);
if (call.cancelled) this.say(link, {
t: "cancel",
id
});
}
resayCall(call, link) {
const { id, instance: from, api, aspect, name, kind, payload } = call;
this.say(link, {
t: "call",
id,
from,
api,
aspect,
name,
kind,
resaid: true
}, payload);
}
reply({ link, id }, { ok, code, payload }, streams = 0) {
const plain = {
t: "reply",
id,
ok
};
this.say(link, code === undefined && streams === 0 ? plain : {
...plain,
...code !== undefined && {
code
},
...streams > 0 && {
streams
}
}, payload);
}
toMaker(call, { ok, code, payload }, live, streams) {
if (call.orphan) return;
const plain = {
t: "reply",
id: call.worker_id,
ok,
live,
streams,
payload
};
this.deliver(call.instance, code === undefined ? plain : {
...plain,
code
});
}
sayStream(link, word) {
if (word.t !== "items" && word.t !== "end") return this.say(link, word);
const { payload, ...message } = word;
this.say(link, message, payload);
}
received(link, id) {
const ids = this.#acks.get(link);
if (ids === undefined) this.#acks.set(link, [
id
]);
else ids.push(id);
}
acknowledge(which) {
for (const [link, ids] of this.#acks){
if (which === "many" && ids.length < ACK_AT) continue;
this.#acks.delete(link);
ids.sort((a, b)=>a - b);
for(let first = 0; first < ids.length; first += WIRE.ack_ids){
const ranges = toRanges(ids.slice(first, first + WIRE.ack_ids));
for(let at = 0; at < ranges.length; at += RANGES_PER_ACK){
this.say(link, {
t: "ack",
ids: ranges.slice(at, at + RANGES_PER_ACK)
});
}
}
}
}
forget(link) {
this.#acks.delete(link);
}
}
class Asking {
#parts;
constructor(parts){
this.#parts = parts;
}
giveUp(call) {
if (call.cancelled) return;
call.cancelled = true;
if (call.link === undefined) {
this.#parts.postponed.forget(call);
this.end(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
} else if (this.#parts.links.isAttached(call.link)) {
this.#parts.voice.say(call.link, {
t: "cancel",
id: call.id
});
}
}
takeBack(call, now) {
const { root } = this.#parts.links;
const former = call.link;
call.link = undefined;
if (call.cancelled) this.end(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
else if (root !== undefined && root !== former) this.say(call, root, now);
}
end(call, answer, live) {
this.#parts.made.end(call.id);
this.#parts.voice.toMaker(call, answer, live, 0);
}
say(call, link, now) {
const { parent } = call;
if (parent === undefined || this.#parts.served.instanceOf(parent) === undefined) {
if (link !== undefined) this.#sayOn(call, link, undefined);
return;
}
const asker = this.#parts.served.askerOf(parent);
if (asker === undefined) this.#parts.postponed.add(parent, call, now);
else this.#sayOn(call, asker.link, asker.id);
}
#sayOn(call, link, parent) {
const { links, voice } = this.#parts;
voice.sayCall(call, link, parent);
const { lends, instance: from, api } = call;
if (lends?.kept === undefined) return;
for (const other of links.others(link))voice.say(other, {
t: "lend",
from,
names: lends.kept,
api
});
}
sayAlone(call) {
const { root } = this.#parts.links;
if (call.kind === "lent") {
const text = "the call with which this function was lent is over";
this.end(call, refusal(fault("moved", text, {
maybe_ran: call.link !== undefined
})), false);
} else if (root !== undefined) this.#parts.voice.sayCall(call, root, undefined);
}
}
function lastWords(served, instance, last, link) {
const serials = served.serialsOf(instance);
const running = serials.find((serial)=>last.isRunning(serial));
const id = running === undefined ? undefined : served.idOn(running, link);
const spared = serials.filter((serial)=>last.hasNotBegun(serial)).map((serial)=>served.idOn(serial, link));
return {
...id !== undefined && {
running: id
},
spared: spared.filter((id)=>id !== undefined)
};
}
class MadeCalls {
#calls = new Map();
#ids = new Map();
#next = 1;
#bytes = 0;
get bytes() {
return this.#bytes;
}
get size() {
return this.#calls.size;
}
add(made) {
const { instance, worker_id, api, aspect, name, kind, timeout, trace, lends, parent, payload } = made;
const call = {
...{
instance,
worker_id,
api,
aspect,
name,
kind,
timeout,
trace,
lends,
parent,
payload
},
...{
id: this.#next++,
link: undefined,
streams: 0,
cancelled: false,
orphan: false
}
};
this.#calls.set(call.id, call);
let of_instance = this.#ids.get(instance);
if (of_instance === undefined) this.#ids.set(instance, of_instance = new Map());
of_instance.set(worker_id, call);
this.#bytes += payload.length;
return call;
}
get(id) {
return this.#calls.get(id);
}
find(instance, worker_id) {
return this.#ids.get(instance)?.get(worker_id);
}
end(id) {
const call = this.#calls.get(id);
if (call === undefined) return undefined;
this.#calls.delete(id);
const of_instance = this.#ids.get(call.instance);
of_instance.delete(call.worker_id);
if (of_instance.size === 0) this.#ids.delete(call.instance);
this.#bytes -= call.payload.length;
return call;
}
wasGiven(id) {
return id >= 1 && id < this.#next;
}
all() {
return [
...this.#calls.values()
];
}
of(instance) {
return this.all().filter((call)=>call.instance === instance);
}
}
function hasStreams({ streams, lends }) {
return streams > 0 || (lends?.streams ?? 0) > 0;
}
const POSTPONED_MS = 2_000;
class PostponedCalls {
#waiting = new Map();
add(parent, call, now) {
const waiting = this.#waiting.get(parent);
if (waiting === undefined) this.#waiting.set(parent, {
calls: [
call
],
since: now
});
else waiting.calls.push(call);
}
release(parent) {
if (this.#waiting.size === 0) return [];
const calls = this.#waiting.get(parent)?.calls ?? [];
this.#waiting.delete(parent);
return calls;
}
expire(now) {
if (this.#waiting.size === 0) return [];
const late = [
...this.#waiting
].filter(([, { since }])=>now - since >= POSTPONED_MS);
for (const [parent] of late)this.#waiting.delete(parent);
return late.flatMap(([, { calls }])=>calls);
}
forget(call) {
for (const { calls } of this.#waiting.values()){
const at = calls.indexOf(call);
if (at >= 0) calls.splice(at, 1);
}
}
}
const DONE_BOUNDS = Object.freeze({
count: WIRE.done_count,
bytes: WIRE.done_bytes,
ms: WIRE.done_ms
});
const NONE = Object.freeze([]);
class ServedCalls {
#bounds;
#running = new Map();
#serials = new Map();
#asked = new Map();
#done = new Map();
#loads = new Map();
#bytes = 0;
#done_bytes = 0;
#next = 1;
constructor(bounds = DONE_BOUNDS){
this.#bounds = bounds;
}
ask(key, instance, asker, { streams = false, bytes = 0 } = {}) {
const running = this.#running.get(key);
if (running !== undefined) {
this.#askAgain(running, asker);
return {
is: "running",
serial: running.serial
};
}
const done = this.#done.get(key);
if (done !== undefined) return {
is: "done",
answer: done.answer
};
const serial = this.#next++;
const load = this.#loadOf(instance);
load.running++;
const call = {
load,
key,
serial,
instance,
asker,
older: NONE,
bytes,
streams,
open_streams: 0
};
this.#bytes += bytes;
this.#running.set(key, call);
this.#serials.set(serial, call);
this.#index(asker, call);
return {
is: "new",
serial
};
}
get bytes() {
return this.#bytes;
}
finish(serial, answer, now) {
const call = this.#serials.get(serial);
if (call === undefined) return undefined;
const { key, instance, asker } = call;
this.#serials.delete(serial);
this.#running.delete(key);
this.#bytes -= call.bytes;
if (asker !== undefined) this.#asked.get(asker.link)?.delete(asker.id);
if (--call.load.running === 0) this.#loads.delete(instance);
this.#done.set(key, {
answer,
at: now
});
this.#done_bytes += answer.payload.length;
if (!this.#fits()) this.expire(now);
return {
key,
serial,
instance,
answer,
asker
};
}
answered(serial, streams) {
const call = this.#serials.get(serial);
if (call === undefined) return undefined;
call.streams = true;
call.open_streams = streams;
return call.asker;
}
streamEnded(serial) {
const call = this.#serials.get(serial);
return call !== undefined && call.open_streams > 0 && --call.open_streams === 0;
}
askedBy({ link, id }) {
return this.#asked.get(link)?.get(id);
}
knows(key) {
return this.#running.has(key) || this.#done.has(key);
}
runs(instance) {
return this.#loads.has(instance);
}
instanceOf(serial) {
return this.#serials.get(serial)?.instance;
}
askerOf(serial) {
return this.#serials.get(serial)?.asker;
}
idOn(serial, link) {
const call = this.#serials.get(serial);
if (call?.asker?.link === link) return call.asker.id;
return call?.older.find((one)=>one.link === link)?.id;
}
serialsOf(instance) {
return [
...this.#serials.values()
].filter((call)=>call.instance === instance).map((call)=>call.serial);
}
forgetLink(link) {
this.#asked.delete(link);
const broken = [];
for (const call of this.#running.values()){
call.older = call.older.filter((one)=>one.link !== link);
if (call.asker?.link !== link) continue;
call.asker = call.older.at(-1);
call.older = call.older.slice(0, -1);
if (call.asker !== undefined) this.#index(call.asker, call);
if (call.streams) broken.push({
serial: call.serial,
instance: call.instance
});
}
return broken;
}
acknowledged(caller, ranges) {
for (const [from, to] of ranges)for(let id = from; id <= to; id++)this.#drop(callKey(caller, id));
}
expire(now) {
for (const [key, done] of this.#done){
if (this.#fits() && now - done.at < this.#bounds.ms) return;
this.#drop(key);
}
}
held() {
return [
...this.#running.keys(),
...[
...this.#done.keys()
].reverse()
];
}
#askAgain(call, asker) {
if (call.asker !== undefined) this.#asked.get(call.asker.link)?.delete(call.asker.id);
const others = [
...call.older,
...call.asker === undefined ? [] : [
call.asker
]
].filter((a)=>a.link !== asker.link);
const all = [
...others,
asker
].sort((a, b)=>a.link - b.link);
call.asker = all.at(-1);
call.older = all.slice(0, -1);
this.#index(call.asker, call);
}
#index({ link, id }, call) {
let of_link = this.#asked.get(link);
if (of_link === undefined) this.#asked.set(link, of_link = new Map());
of_link.set(id, call);
}
#loadOf(instance) {
let load = this.#loads.get(instance);
if (load === undefined) this.#loads.set(instance, load = {
running: 0
});
return load;
}
#fits() {
return this.#done.size <= this.#bounds.count && this.#done_bytes <= this.#bounds.bytes;
}
#drop(key) {
const done = this.#done.get(key);
if (done === undefined) return;
this.#done.delete(key);
this.#done_bytes -= done.answer.payload.length;
}
}
class StreamTraffic {
#parts;
constructor(parts){
this.#parts = parts;
}
fromKernel(link, word, payload) {
if (word.at === "callee") this.#toCallee(link, word, payload);
else this.#toMaker(link, word, payload);
}
fromWorker(instance, word, now) {
if (word.at === "callee") this.#fromCallee(instance, word, now);
else this.#fromMaker(instance, word);
}
#toCallee(link, word, payload) {
const call = this.#parts.served.askedBy({
link,
id: word.id
});
if (call !== undefined) this.#parts.voice.deliver(call.instance, portWord({
...word,
id: call.serial
}, payload));
}
#toMaker(link, word, payload) {
const call = this.#parts.made.get(word.id);
if (call?.link !== link) return;
if (!call.orphan) this.#parts.voice.deliver(call.instance, portWord({
...word,
id: call.worker_id
}, payload));
if (word.t !== "end" || call.streams === 0 || --call.streams > 0) return;
this.#parts.made.end(call.id);
this.#parts.voice.received(link, call.id);
}
#fromCallee(instance, word, now) {
const asker = this.#parts.served.instanceOf(word.id) === instance ? this.#parts.served.askerOf(word.id) : undefined;
if (asker === undefined) return;
this.#parts.voice.sayStream(asker.link, {
...word,
id: asker.id
});
if (word.t !== "end" || !this.#parts.served.streamEnded(word.id)) return;
const text = "the streams of this answer are over; they can't be told again";
this.#parts.ended(this.#parts.served.finish(word.id, refusal(fault("moved", text, {
maybe_ran: true
})), now));
}
#fromMaker(instance, word) {
const call = this.#parts.made.find(instance, word.id);
if (call?.link !== undefined) this.#parts.voice.sayStream(call.link, {
...word,
id: call.id
});
}
}
function portWord(word, payload) {
return word.t === "items" || word.t === "end" ? {
...word,
payload
} : word;
}
class CallMachine {
#links;
#serves;
#made = new MadeCalls();
#served = new ServedCalls();
#postponed = new PostponedCalls();
#voice = new CallVoice();
#asking;
#streams = new StreamTraffic({
...{
made: this.#made,
served: this.#served,
voice: this.#voice
},
ended: (call)=>this.#ended(call)
});
constructor(links, serves){
this.#links = links;
this.#serves = serves;
const parts = {
made: this.#made,
served: this.#served,
postponed: this.#postponed,
voice: this.#voice
};
this.#asking = new Asking({
links,
...parts
});
}
get madeBytes() {
return this.#made.bytes;
}
get servedBytes() {
return this.#served.bytes;
}
callerOf(id) {
return this.#made.get(id)?.instance;
}
owes(instance) {
return this.#served.runs(instance);
}
askerOf(serial) {
return this.#served.askerOf(serial);
}
lastWords(instance, last, link) {
return lastWords(this.#served, instance, last, link);
}
held() {
return this.#served.held();
}
takeEffects() {
return this.#voice.takeEffects();
}
turn() {
this.#voice.acknowledge("many");
}
attached(link, now) {
for (const call of this.#made.all()){
if (call.link === undefined || !this.#links.isAttached(call.link)) this.#asking.say(call, link, now);
}
}
lost(link, now) {
this.#voice.forget(link);
const text = "the kernel ended while streams of this call were open";
const moved = refusal(fault("moved", text, {
maybe_ran: true
}));
for (const { serial, instance } of this.#served.forgetLink(link)){
this.#served.finish(serial, moved, now);
this.#voice.deliver(instance, {
t: "cancel",
id: serial
});
}
const { root } = this.#links;
for (const call of this.#made.all()){
if (call.link !== link) continue;
if (hasStreams(call)) this.#asking.end(call, moved, true);
else if (root !== undefined) this.#asking.say(call, root, now);
}
}
expire(now) {
this.#voice.acknowledge("all");
this.#served.expire(now);
for (const call of this.#postponed.expire(now))this.#asking.sayAlone(call);
}
fromKernel(link, word, payload, now) {
switch(word.t){
case "call":
return this.#serve(link, word, payload, now);
case "reply":
return this.#answered(link, word, payload);
case "ack":
return this.#served.acknowledged(word.of, word.ids);
case "resay":
{
const call = this.#made.get(word.id);
if (call?.link === link) this.#voice.resayCall(call, link);
return;
}
case "hand_back":
{
const call = this.#made.get(word.id);
if (call?.link === link) this.#asking.takeBack(call, now);
return;
}
case "cancel":
{
const call = this.#served.askedBy({
link,
id: word.id
});
if (call === undefined) return;
const answer = refusal(fault("cancelled", "the call was cancelled", {
maybe_ran: true
}));
this.#ended(this.#served.finish(call.serial, answer, now));
return this.#voice.deliver(call.instance, {
t: "cancel",
id: call.serial
});
}
default:
return this.#streams.fromKernel(link, word, payload);
}
}
refused(link, message, why) {
const refused = (maybe_ran)=>refusal({
...why,
maybe_ran
});
if (message.t === "call") return this.#voice.reply({
link,
id: message.id
}, refused(false));
if (message.t !== "reply") return;
if (this.#made.wasGiven(message.id)) this.#voice.received(link, message.id);
const call = this.#made.end(message.id);
if (call !== undefined) this.#voice.toMaker(call, refused(true), message.live, 0);
}
fromWorker(instance, word, now) {
switch(word.t){
case "call":
{
const { id: worker_id, api, aspect, name, kind, timeout, trace, lends, payload } = word;
const belongs = word.parent !== undefined && this.#served.instanceOf(word.parent) === instance;
const parent = belongs ? word.parent : undefined;
const facts = {
instance,
worker_id,
api,
aspect,
name,
kind,
timeout,
trace,
lends,
parent,
payload
};
return this.#asking.say(this.#made.add(facts), this.#links.root, now);
}
case "reply":
return this.#replied(instance, word, now);
case "cancel":
{
const call = this.#made.find(instance, word.id);
if (call !== undefined) this.#asking.giveUp(call);
return;
}
case "revoke":
{
const { root } = this.#links;
if (root !== undefined) this.#voice.say(root, {
t: "revoke",
from: instance,
name: word.name
});
return;
}
default:
return this.#streams.fromWorker(instance, word, now);
}
}
gone(instance, now) {
const text = "the module's Worker ended while it served the call";
const killed = refusal(fault("module_killed", text, {
maybe_ran: true
}));
for (const serial of this.#served.serialsOf(instance))this.#tell(this.#served.finish(serial, killed, now));
for (const call of this.#made.of(instance)){
call.orphan = true;
this.#asking.giveUp(call);
}
}
#serve(link, call, payload, now) {
const asker = {
link,
id: call.id
};
if (!this.#serves(call.to) && !this.#served.knows(call.key)) {
return this.#voice.reply(asker, refusal(fault("moved", `the instance ${call.to} is no longer here`)));
}
const { aspect, name, kind, caller, trace, ms, streams = 0, made } = call;
const lent_with = kind === "lent" ? this.#made.get(made ?? -1) : undefined;
if (kind === "lent" && lent_with?.instance !== call.to && !this.#served.knows(call.key)) {
return this.#voice.reply(asker, refusal(fault("cancelled", "the call with which this function was lent is over")));
}
const asked = this.#served.ask(call.key, call.to, asker, {
streams: streams > 0,
bytes: payload.length
});
if (asked.is === "done") return this.#voice.reply(asker, asked.answer);
if (asked.is === "running") {
for (const waiting of this.#postponed.release(asked.serial))this.#asking.say(waiting, link, now);
return;
}
const message = {
t: "call",
id: asked.serial,
aspect,
name,
kind,
caller,
trace,
ms,
streams,
payload
};
this.#voice.deliver(call.to, lent_with === undefined ? message : {
...message,
made: lent_with.worker_id
});
}
#answered(link, reply, payload) {
const { id, ok, live, code, streams = 0 } = reply;
const call = this.#made.get(id);
const answer = code === undefined ? {
ok,
payload
} : {
ok,
payload,
code
};
if (streams > 0 && ok && call !== undefined) {
call.streams = streams;
return this.#voice.toMaker(call, answer, live, streams);
}
if (this.#made.wasGiven(id)) this.#voice.received(link, id);
if (call === undefined) return;
this.#made.end(id);
this.#voice.toMaker(call, answer, live, 0);
}
#replied(instance, { id, ok, code, streams, payload }, now) {
if (this.#served.instanceOf(id) !== instance) return;
const answer = code === undefined ? {
ok,
payload
} : {
ok,
payload,
code
};
if (!ok || streams === 0) return this.#tell(this.#served.finish(id, answer, now));
const asker = this.#served.answered(id, streams);
if (asker !== undefined) this.#voice.reply(asker, answer, streams);
}
#tell(ended) {
if (ended?.asker !== undefined) this.#voice.reply(ended.asker, ended.answer);
this.#ended(ended);
}
#ended(ended) {
if (ended !== undefined) {
for (const call of this.#postponed.release(ended.serial))this.#asking.sayAlone(call);
}
}
}
const NEWS_KEPT = 256;
class LinkMachine {
#attach;
#calls;
#news = [];
#effects = [];
constructor(me, serves, now){
this.#attach = new AttachMachine(me, now);
this.#calls = new CallMachine(this.#attach, serves);
}
wakeAt() {
return this.#attach.wakeAt();
}
get calls() {
return this.#calls;
}
lastWords(instance, last) {
const link = this.#attach.newest;
return link === undefined ? {
spared: []
} : this.#calls.lastWords(instance, last, link);
}
step(event, now) {
if (this.#effects.length > 0) this.#effects = [];
switch(event.on){
case "connected":
this.#follow(this.#attach.connected(event.link, now), now);
break;
case "proved":
this.#follow(this.#attach.proved(event.link, event.proof), now);
break;
case "closed":
this.#follow(this.#attach.closed(event.link, now), now);
break;
case "time":
this.#calls.expire(now);
this.#follow(this.#attach.time(now, event.parent), now);
break;
case "message":
this.#fromKernel(event.link, event.message, event.payload, now);
break;
case "refused":
if (this.#attach.isAttached(event.link)) this.#calls.refused(event.link, event.message, event.why);
break;
case "worker":
this.#calls.fromWorker(event.instance, event.message, now);
break;
case "gone":
this.#calls.gone(event.instance, now);
break;
case "say":
this.#say(event);
break;
case "turn":
this.#calls.turn();
break;
}
const calls = this.#calls.takeEffects();
if (this.#effects.length === 0) return calls;
this.#effects.push(...calls);
return this.#effects;
}
#follow(effects, now) {
for (const effect of effects){
if (effect.do === "attached") this.#attached(effect.link, now);
else if (effect.do === "lost") this.#calls.lost(effect.link, now);
else if (effect.do === "send") this.#send(effect.link, effect.message);
else this.#effects.push(effect);
}
}
#attached(link, now) {
this.#effects.push({
do: "report",
link,
holds: this.#calls.held()
});
for (const { message, payload } of this.#news.splice(0))this.#send(link, message, payload);
this.#calls.attached(link, now);
}
#fromKernel(link, message, payload, now) {
if (message.t === "nonce") return this.#follow(this.#attach.nonce(link, message.nonce, now), now);
if (message.t === "welcome") return this.#follow(this.#attach.welcome(link), now);
if (!this.#attach.isAttached(link)) return;
switch(message.t){
case "call":
case "reply":
case "cancel":
case "ack":
case "resay":
case "hand_back":
case "items":
case "end":
case "pull":
case "stop":
return this.#calls.fromKernel(link, message, payload, now);
case "newer":
return this.#follow(this.#attach.newer(link), now);
case "bye":
this.#effects.push({
do: "end",
code: 0,
reason: "the host stops"
});
return;
case "load":
case "run":
case "shutdown":
case "unload":
case "export":
case "import":
case "ask":
case "vet":
this.#effects.push({
do: "order",
link,
message,
payload
});
return;
case "credit":
case "piece":
return;
}
}
#say(news) {
const link = news.link ?? this.#attach.newest;
if (link !== undefined && this.#attach.isAttached(link)) return this.#send(link, news.message, news.payload);
const { t } = news.message;
const kept = news.link === undefined && (t === "failed" || t === "ended");
if (kept && this.#news.length < NEWS_KEPT) this.#news.push(news);
}
#send(link, message, payload) {
this.#effects.push({
do: "send",
link,
message,
payload
});
}
}
const HUNG_UP_MS = 1_000;
const REPORT_BYTES = 983_040;
class KernelLinks {
#options;
#machine;
#io;
#cancel = ()=>{};
#wake_at;
constructor(options){
this.#options = options;
const { clock, cell, me, connect } = options;
this.#machine = new LinkMachine(me, (instance)=>cell.serves(instance), clock.monotonic());
this.#io = new LinkIo(connect, {
event: (event)=>this.event(event),
maxBytes: (message)=>cell.maxBytes(message, (id)=>this.#machine.calls.callerOf(id)),
callRoom: ()=>cell.callBytes() - this.#machine.calls.servedBytes,
refused: (link, { header: message, ...what })=>{
const instance = message.t === "call" ? message.to : this.#machine.calls.callerOf("id" in message ? message.id : -1);
if (instance !== undefined && what.kind === "too_large") cell.tooLarge(instance, what.max_bytes);
const why = what.kind === "too_large" ? tooLarge(what.max_bytes) : crowded(message.t, cell.callBytes());
this.event({
on: "refused",
link,
message,
why
});
}
});
void options.hung_up.then(()=>clock.after(HUNG_UP_MS, ()=>this.lookAtTime()));
}
get queued_bytes() {
return this.#io.queued_bytes;
}
owes(instance) {
return this.#machine.calls.owes(instance);
}
lastWords(instance, last) {
return this.#machine.lastWords(instance, last);
}
say(message, payload, link) {
this.event({
on: "say",
message,
...payload !== undefined && {
payload
},
...link !== undefined && {
link
}
});
}
holdReads(hold, why) {
this.#io.holdReads(hold, why);
}
flush(ms) {
return this.#io.flush(ms);
}
lookAtTime() {
this.event({
on: "time",
parent: this.#options.parent()
});
}
event(event) {
const { cell, clock } = this.#options;
for (const effect of this.#machine.step(event, clock.monotonic())){
switch(effect.do){
case "send":
this.#io.send(effect.link, effect.message, effect.payload);
break;
case "deliver":
cell.deliver(effect.instance, effect.message);
break;
case "order":
cell.order(effect.link, effect.message, effect.payload);
break;
case "report":
this.#io.send(effect.link, {
t: "report"
}, this.#report(effect.holds));
break;
case "connect":
void this.#io.connect(effect.link);
break;
case "close":
this.#io.close(effect.link);
break;
case "prove":
void this.#prove(effect.link, effect.nonce);
break;
case "end":
cell.end(effect.code, effect.reason);
break;
}
}
if (event.on === "message") {
this.#io.endOfTurn();
if (event.message.t !== "ask") cell.moved(event.payload.length);
}
this.#arm();
}
async #prove(link, nonce) {
this.event({
on: "proved",
link,
proof: await this.#options.prove(nonce)
});
}
#report(holds) {
const report = {
instances: this.#options.cell.report(),
holds
};
const payload = writeJsonPayload(report);
return payload.length <= REPORT_BYTES ? payload : shortReport(report);
}
#arm() {
const at = this.#machine.wakeAt();
if (at === this.#wake_at) return;
this.#wake_at = at;
this.#cancel();
if (at === undefined) return;
const { clock } = this.#options;
this.#cancel = clock.after(Math.max(0, at - clock.monotonic()), ()=>{
this.#wake_at = undefined;
this.lookAtTime();
});
}
}
function shortReport({ instances, holds }) {
const payload = writeJsonPayload({
instances: instances.map(({ kept: _, ...one })=>one),
holds
});
if (payload.length <= REPORT_BYTES || holds.length === 0) return payload;
return shortReport({
instances,
holds: holds.slice(0, Math.floor(holds.length / 2))
});
}
function tooLarge(max_bytes) {
return fault("too_large", `the message is larger than the ${max_bytes} bytes its receiver takes`);
}
function crowded(t, allowed) {
if (t !== "call") return fault("rate_limited", "too many large messages are under way to this process at once");
return fault("rate_limited", `calls with more than ${allowed} bytes are under way to this process; no more fit now`, {
hint: "send large arguments one after the other, or as streams"
});
}
class LineSink {
#write;
#most;
#waiting = [];
#units = 0;
#draining;
#dropped = 0;
constructor(write, most = 1_048_576){
this.#write = write;
this.#most = most;
}
get dropped() {
return this.#dropped;
}
push(line) {
if (this.#units + line.length > this.#most) {
this.#dropped++;
return;
}
this.#waiting.push(line);
this.#units += line.length;
void this.drain();
}
drain() {
this.#draining ??= this.#drain();
return this.#draining;
}
async #drain() {
try {
await Promise.resolve();
while(this.#waiting.length > 0){
const text = this.#waiting.join("");
this.#waiting = [];
this.#units = 0;
await this.#write(new TextEncoder().encode(text));
}
} catch  {
} finally{
this.#draining = undefined;
}
}
}
const PAUSE_MS = 1_000;
class ModuleAsides {
#clock;
#log;
#hit;
#hit_at = new Map();
constructor(clock, log, hit){
this.#clock = clock;
this.#log = log;
this.#hit = hit;
}
take(instance, { api, limits }, word) {
const { log_lines_per_s } = limits;
if (word.t === "log") return this.#log.print(api, word.level, word.text, log_lines_per_s);
if (word.t === "dropped") return this.#log.leftOut(api, word.lines, log_lines_per_s);
const { limit, found, allowed } = word;
const now = this.#clock.monotonic();
if (limit !== "timers" || now - (this.#hit_at.get(instance) ?? -Infinity) < PAUSE_MS) return;
this.#hit_at.set(instance, now);
this.#log.print(api, "WARNING", `limits.${limit}: ${found} found, ${allowed} allowed`, log_lines_per_s);
this.#hit(instance, {
limit,
found,
allowed
});
}
forget(instance) {
this.#hit_at.delete(instance);
}
}
const NOT_SHOWN =
/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
function escapeText(text) {
return text.replace(NOT_SHOWN, (character)=>`\\u{${character.codePointAt(0).toString(16)}}`);
}
const LINE_UNITS = 8_192;
class ModuleLog {
#clock;
#write;
#dropped;
#seconds = new Map();
constructor(clock, write, dropped = ()=>{}){
this.#clock = clock;
this.#write = write;
this.#dropped = dropped;
}
print(api, level, text, lines_per_s) {
const lines = clipText(text, LINE_UNITS).split("\n");
while(lines.length > 1 && lines.at(-1) === "")lines.pop();
for (const line of lines)this.#line(api, level, line, lines_per_s);
}
leftOut(api, lines, lines_per_s) {
if (lines > 0) this.#drop(api, this.#second(api, lines_per_s), lines);
}
tellAll() {
for (const [api, second] of this.#seconds)this.#tell(api, second);
}
#line(api, level, text, lines_per_s) {
const second = this.#second(api, lines_per_s);
if (second.lines >= lines_per_s) return this.#drop(api, second, 1);
second.lines++;
this.#say(api, level, text);
}
#second(api, allowed) {
const now = this.#clock.monotonic();
const known = this.#seconds.get(api);
if (known !== undefined && now - known.began < 1_000) return known;
this.#tell(api, known);
const second = {
began: now,
lines: 0,
dropped: 0,
allowed
};
this.#seconds.set(api, second);
return second;
}
#drop(api, second, lines) {
const told = second.dropped > 0;
second.dropped = Math.min(second.dropped + lines, Number.MAX_SAFE_INTEGER);
if (!told) this.#clock.after(second.began + 1_000 - this.#clock.monotonic(), ()=>this.#tell(api, second));
}
#tell(api, second) {
if (second === undefined || second.dropped === 0) return;
const { dropped, allowed } = second;
second.dropped = 0;
this.#say(api, "WARNING", `\u2026 ${dropped} lines dropped`);
this.#dropped(api, dropped, allowed);
}
#say(api, level, text) {
this.#write(`${JSON.stringify({
api,
level,
text: clipText(escapeText(clipText(text, LINE_UNITS)), LINE_UNITS)
})}\n`);
}
}
const LOOK_MS = 1;
async function outgrown({ clock, rss }, bytes) {
while(rss() <= bytes)await new Promise((resume)=>clock.after(LOOK_MS, resume));
}
class RateGate {
#rates;
#messages;
#bytes;
#filled_at;
#waiting = [];
#head = 0;
#waiting_bytes = 0;
constructor(rates, now){
this.#rates = rates;
this.#messages = rates.messages_per_s;
this.#bytes = rates.bytes_per_s;
this.#filled_at = now;
}
get waits() {
return this.#waiting.length > 0;
}
get waiting_bytes() {
return this.#waiting_bytes;
}
pass(bytes, now) {
if (this.waits) return false;
const { messages_per_s, bytes_per_s } = this.#rates;
if (this.#messages < messages_per_s * FULL || this.#bytes - bytes < bytes_per_s * FULL) {
this.#fill(now());
if (!this.#hasRoom()) return false;
}
this.#take(bytes);
return true;
}
wait(word, bytes) {
this.#waiting.push({
word,
bytes
});
this.#waiting_bytes += bytes;
}
*release(now) {
this.#fill(now);
while(this.#head < this.#waiting.length && this.#hasRoom()){
const { word, bytes } = this.#waiting[this.#head++];
this.#waiting_bytes -= bytes;
this.#take(bytes);
yield word;
}
if (this.#head < this.#waiting.length && this.#head < CUT_AT) return;
this.#waiting.splice(0, this.#head);
this.#head = 0;
}
pause() {
const { messages_per_s, bytes_per_s } = this.#rates;
const messages = Math.max(0, 1 - this.#messages) / messages_per_s;
const bytes = Math.max(0, 1 - this.#bytes) / bytes_per_s;
return Math.max(LEAST_PAUSE_MS, Math.ceil(Math.max(messages, bytes) * 1_000));
}
slowed() {
const { messages_per_s, bytes_per_s } = this.#rates;
return this.#messages < 1 ? {
limit: "messages_per_s",
found: messages_per_s + this.#waiting.length - this.#head,
allowed: messages_per_s
} : {
limit: "bytes_per_s",
found: bytes_per_s + this.#waiting_bytes,
allowed: bytes_per_s
};
}
#hasRoom() {
return this.#messages >= 1 && this.#bytes >= 1;
}
#take(bytes) {
this.#messages--;
this.#bytes -= bytes;
}
#fill(now) {
const seconds = (now - this.#filled_at) / 1_000;
this.#filled_at = now;
const { messages_per_s, bytes_per_s } = this.#rates;
this.#messages = Math.min(messages_per_s, this.#messages + seconds * messages_per_s);
this.#bytes = Math.min(bytes_per_s, this.#bytes + seconds * bytes_per_s);
}
}
const FULL = 15 / 16;
const CUT_AT = 1_024;
const LEAST_PAUSE_MS = 5;
const TELL_MS = 1_000;
class SlowedWords {
#clock;
#listener;
#gates = new Map();
#now;
constructor(clock, listener){
this.#clock = clock;
this.#listener = listener;
this.#now = ()=>clock.monotonic();
}
watch(instance, limits) {
this.forget(instance);
const gate = new RateGate(limits, this.#now());
this.#gates.set(instance, {
gate,
told_at: -Infinity,
cancel: ()=>{}
});
}
forget(instance) {
this.#gates.get(instance)?.cancel();
this.#gates.delete(instance);
}
get waiting_bytes() {
let bytes = 0;
for (const { gate } of this.#gates.values())bytes += gate.waiting_bytes;
return bytes;
}
take(instance, word) {
const gated = this.#gates.get(instance);
const bytes = "payload" in word ? word.payload.length : 0;
if (gated === undefined || gated.gate.pass(bytes, this.#now)) return this.#listener.word(instance, word);
const first = !gated.gate.waits;
gated.gate.wait(word, bytes);
if (first) this.#arm(instance, gated);
this.#tell(instance, gated);
}
#arm(instance, gated) {
gated.cancel = this.#clock.after(gated.gate.pause(), ()=>{
for (const word of gated.gate.release(this.#now()))this.#listener.word(instance, word);
if (gated.gate.waits && this.#gates.get(instance) === gated) this.#arm(instance, gated);
});
}
#tell(instance, gated) {
const now = this.#now();
if (now - gated.told_at < TELL_MS) return;
gated.told_at = now;
this.#listener.slowed(instance, gated.gate.slowed());
}
}
function withinMs(clock, ms, done) {
return new Promise((resolve)=>{
const cancel = clock.after(ms, resolve);
void done.then(()=>{
cancel();
resolve();
});
});
}
const ORDER_BYTES = 33_554_432;
const UNTAKEN_BYTES = 8_388_608;
const MIB = 1_048_576;
const CALLS_PART = 1 / 8;
const LAST_WORDS_MS = 50;
const LAST_WORDS_MB = 32;
class CellShell {
#powers;
#links;
#table;
#guard;
#cpu;
#slowed;
#log;
#asides;
#sink;
#loans = new KeptLoans();
#figures;
#ending = false;
constructor(args, powers, make){
const { clock } = powers;
this.#powers = powers;
this.#figures = new FiguresVoice({
clock,
rss: powers.rss,
take: ()=>this.#takeFigures(),
say: (figures)=>this.#links.say({
t: "figures"
}, writeJsonPayload(figures))
});
const hit = (instance, what)=>this.#links.say({
t: "limit",
instance,
...what
});
this.#sink = new LineSink(powers.stdout);
this.#log = new ModuleLog(clock, (line)=>this.#sink.push(line), (api, lines, allowed)=>{
const instance = this.#table.instanceOf(api);
if (instance !== undefined) hit(instance, {
limit: "log_lines_per_s",
found: allowed + lines,
allowed
});
});
this.#asides = new ModuleAsides(clock, this.#log, hit);
this.#slowed = new SlowedWords(clock, {
word: (instance, word)=>this.#links.event({
on: "worker",
instance,
message: word
}),
slowed: hit
});
this.#table = new InstanceTable(make, clock, {
call: (instance, word)=>this.#fromWorker(instance, word),
say: (message, payload)=>this.#links.say(message, payload),
aside: (instance, order, word)=>this.#asides.take(instance, order, word),
made: (instance, limits)=>{
this.#slowed.watch(instance, limits);
this.#guard.watch(instance, limits.liveness_ms);
},
heard: (instance, work)=>this.#heard(instance, work),
told: (instance)=>this.#guard.expect(instance),
gone: (instance)=>{
this.#guard.forget(instance);
this.#slowed.forget(instance);
this.#asides.forget(instance);
this.#loans.forget(instance);
this.#links.event({
on: "gone",
instance
});
},
stuck: (instance, load_ms)=>{
this.#die({
limit: "load_ms",
instance,
found: load_ms,
allowed: load_ms
});
}
});
this.#links = new KernelLinks({
...powers.link,
clock,
cell: {
serves: (instance)=>this.#table.serves(instance),
maxBytes: (message, callerOf)=>this.#maxBytes(message, callerOf),
callBytes: ()=>Math.max(this.#table.message_bytes, args.memory_mb * MIB * CALLS_PART),
tooLarge: (instance, allowed)=>hit(instance, {
limit: "message_bytes",
found: allowed + 1,
allowed
}),
report: ()=>this.#report(),
deliver: (instance, message)=>this.#deliver(instance, message),
order: (link, message, payload)=>this.#carryOut(link, message, payload),
moved: (bytes)=>this.#guard.sign(bytes),
end: (code, reason)=>void this.#end(code, reason)
}
});
this.#guard = new Guard(args.memory_mb, clock, powers.memory, {
owes: (instance)=>this.#owes(instance),
dormant: (instance)=>this.#table.isDormant(instance),
ping: (instance)=>this.#table.ping(instance),
release: (own)=>{
this.#table.releaseMemory();
if (own) releaseMemory();
},
die: (why)=>this.#die(why),
looked: ()=>this.#looked()
}, powers.spread);
this.#cpu = new CpuGuard(powers, {
allowed: ()=>this.#table.cpu_percent,
owes: ()=>this.#table.ids().some((instance)=>this.#owes(instance)),
dormant: ()=>this.#table.ids().every((instance)=>this.#table.isDormant(instance)),
hold: (hold)=>this.#links.holdReads(hold, "cpu"),
above: (found, allowed)=>{
const [instance, second] = this.#table.ids();
if (instance === undefined || second !== undefined) return;
hit(instance, {
limit: "cpu_percent",
found,
allowed
});
},
burns: (found, allowed)=>this.#die({
limit: "cpu_percent",
found,
allowed
})
});
}
#owes(instance) {
return this.#table.isLoading(instance) || this.#links.owes(instance);
}
start() {
this.#links.lookAtTime();
}
#carryOut(_link, order, payload) {
switch(order.t){
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
return this.#table.carry(order.instance, {
t: "export",
id: order.id
});
case "import":
return this.#table.carry(order.instance, {
t: "import",
id: order.id,
from: order.from,
payload
});
case "ask":
void Promise.all([
this.#table.refresh(),
this.#powers.prepareFigures()
]).then(()=>this.#figures.say());
return;
case "vet":
return;
}
}
#deliver(instance, message) {
this.#table.deliver(instance, message);
if (message.t === "cancel") this.#guard.expect(instance);
if (this.#table.untaken_bytes > UNTAKEN_BYTES) this.#links.holdReads(true, "untaken");
}
#heard(instance, work) {
this.#guard.heard(instance);
if (work) this.#guard.sign();
if (this.#table.untaken_bytes <= UNTAKEN_BYTES) this.#links.holdReads(false, "untaken");
}
#fromWorker(instance, word) {
const waiting = this.#links.queued_bytes + this.#slowed.waiting_bytes;
if (word.t === "call" && waiting + word.payload.length > WIRE.queue_bytes) {
const text = `more than ${WIRE.queue_bytes} bytes of calls wait to leave the cell`;
const answer = refusal(fault("rate_limited", text));
return this.#table.deliver(instance, {
t: "reply",
id: word.id,
live: false,
streams: 0,
...answer
});
}
this.#loans.note(instance, word);
this.#slowed.take(instance, word);
}
#report() {
return this.#table.report().map((one)=>{
const kept = this.#loans.of(one.instance);
return kept.length === 0 ? one : {
...one,
kept
};
});
}
#maxBytes(message, callerOf) {
const receiver = message.t === "call" ? message.to : message.t === "reply" ? callerOf(message.id) : undefined;
if (receiver === undefined) return ORDER_BYTES;
return this.#table.limits(receiver)?.message_bytes ?? ORDER_BYTES;
}
#looked() {
this.#links.lookAtTime();
this.#cpu.looked();
this.#figures.looked();
}
#takeFigures() {
const { rss, cpu_ms } = this.#powers;
return {
rss: rss(),
cpu_ms: cpu_ms(),
...this.#cpu.figures,
instances: this.#table.figures()
};
}
async #die(why) {
if (this.#ending) return;
this.#ending = true;
this.#powers.stderr(`limits.${why.limit}: ${why.found} found, ${why.allowed} allowed; the cell ends itself`);
const { limit, found, allowed } = why;
const stopped = this.#table.stop(why.instance);
const instance = stopped?.id ?? why.instance;
this.#links.say({
t: "dying",
...instance !== undefined && {
instance
},
limit,
found,
allowed
}, stopped && writeJsonPayload(this.#links.lastWords(stopped.id, stopped.last)));
const said = this.#links.flush(LAST_WORDS_MS);
if (limit === "memory_mb") await Promise.race([
said,
outgrown(this.#powers, (allowed + LAST_WORDS_MB) * MIB)
]);
else await said;
this.#powers.kill();
}
async #end(code, reason) {
if (this.#ending) return;
this.#ending = true;
this.#guard.stop();
if (code !== 0) this.#powers.stderr(`the cell ends: ${reason}`);
this.#table.endAll();
this.#log.tellAll();
await Promise.all([
this.#links.flush(LAST_WORDS_MS),
withinMs(this.#powers.clock, LAST_WORDS_MS, this.#sink.drain())
]);
this.#powers.exit(code);
}
}
const ALL_CATEGORIES = Object.freeze([
"read",
"write",
"net",
"env",
"run",
"sys",
"ffi",
"import"
]);
const ROLE_KEEPS = Object.freeze({
watchdog: [
"run",
"read",
"write",
"sys"
],
kernel: [
"read",
"write",
"net"
],
cell: [
"read",
"write",
"net"
],
vet: [
"read",
"write",
"net"
],
types: [
"read"
],
cli: ALL_CATEGORIES
});
function revokePlan(role, keeps, given) {
const plan = [];
for (const name of ALL_CATEGORIES){
if (!ROLE_KEEPS[role].includes(name)) {
plan.push({
name
});
continue;
}
if (keeps === undefined || name !== "read" && name !== "write" && name !== "net") continue;
const kept = new Set(keeps[name]);
if (kept.size === 0) plan.push({
name
});
else {
for (const entry of []){
if (!kept.has(entry)) plan.push(name === "net" ? {
name,
host: entry
} : {
name,
path: entry
});
}
}
}
return plan;
}
function revokePermissions(role, keeps) {
for (const one of revokePlan(role, keeps))Deno.permissions.revokeSync(one);
}
const GROUP_SIGNALS = [
"SIGINT",
"SIGHUP",
"SIGTERM"
];
const TOKEN_UNITS = 1_024;
async function enterCell(role, argv) {
const args = parseArgs(argv[0]);
revokePermissions(role, args.keeps);
for (const signal of GROUP_SIGNALS)Deno.addSignalListener(signal, ()=>{});
const token = await readToken();
return {
args,
token,
hung_up: endOfInput()
};
}
function parseArgs(text) {
const args = JSON.parse(text ?? "null");
if (!isRecord(args) || !isCellId(args["cell"]) || !isRecord(args["keeps"]) || typeof args["socket"] !== "string") {
throw new Error("a cell is started by its watchdog, with one argument");
}
return args;
}
async function readToken() {
const decoder = new TextDecoder();
const bytes = new Uint8Array(TOKEN_UNITS);
let line = "";
while(!line.includes("\n") && line.length <= TOKEN_UNITS){
const count = await Deno.stdin.read(bytes);
if (count === null) break;
line += decoder.decode(bytes.subarray(0, count), {
stream: true
});
}
const token = line.split("\n")[0].trim();
if (token === "" || fromHex(token) === undefined) throw new Error("the first line of stdin is no token");
return token;
}
async function endOfInput() {
const bytes = new Uint8Array(TOKEN_UNITS);
try {
while(await Deno.stdin.read(bytes) !== null);
} catch  {
}
}
const LIBRARIES = {
"@cfworker/json-schema": ()=>Deno.readTextFile(new URL("./cfworker_json_schema.mjs", import.meta.url)),
"@modelcontextprotocol/client": ()=>Deno.readTextFile(new URL("./modelcontextprotocol_client.mjs", import.meta.url)),
"@modelcontextprotocol/server": ()=>Deno.readTextFile(new URL("./modelcontextprotocol_server.mjs", import.meta.url)),
"chromadb": ()=>Deno.readTextFile(new URL("./chromadb.mjs", import.meta.url)),
"hono": ()=>Deno.readTextFile(new URL("./hono.mjs", import.meta.url)),
"kysely": ()=>Deno.readTextFile(new URL("./kysely.mjs", import.meta.url)),
"openai": ()=>Deno.readTextFile(new URL("./openai.mjs", import.meta.url)),
"pg": ()=>Deno.readTextFile(new URL("./pg.mjs", import.meta.url)),
"yaml": ()=>Deno.readTextFile(new URL("./yaml.mjs", import.meta.url)),
"zod": ()=>Deno.readTextFile(new URL("./zod.mjs", import.meta.url))
};
const DOOR_TEXTS = {
"meta-machine/kysely": ()=>Deno.readTextFile(new URL("./door_kysely.mjs", import.meta.url)),
"meta-machine/bracket": ()=>Deno.readTextFile(new URL("./door_bracket.mjs", import.meta.url)),
"meta-machine/mcp": ()=>Deno.readTextFile(new URL("./door_mcp.mjs", import.meta.url))
};
new URL("./", import.meta.url).href;
function guestUrl() {
return new URL("./guest.mjs", import.meta.url).href;
}
const DOORS = Object.freeze([
{
name: "meta-machine",
entry: "kernel/guest/sdk/mod.ts",
made: "author_sdk",
file: "meta-machine"
},
{
name: "meta-machine/kysely",
entry: "kernel/guest/sdk/kysely/mod.ts",
made: "author_kysely",
file: "kysely",
code: "door_kysely.mjs",
with: "kysely"
},
{
name: "meta-machine/bracket",
entry: "kernel/guest/sdk/bracket/mod.ts",
made: "author_bracket",
file: "bracket",
code: "door_bracket.mjs"
},
{
name: "meta-machine/mcp",
entry: "kernel/guest/sdk/mcp/mod.ts",
made: "author_mcp",
file: "mcp",
code: "door_mcp.mjs",
with: "@modelcontextprotocol/server"
},
{
name: "meta-machine/testing",
entry: "kernel/workbench/testing/mod.ts",
made: "author_testing",
file: "testing",
stays: true
},
{
name: "files",
entry: "kernel/guest/sdk/files.ts",
made: "author_files",
file: "files"
},
{
name: "serve",
entry: "kernel/guest/sdk/serve.ts",
made: "author_serve",
file: "serve"
}
]);
const CODE_DOORS = DOORS.filter((door)=>door.code !== undefined);
function doorsOf(packages) {
return CODE_DOORS.filter((door)=>door.with === undefined || packages.includes(door.with));
}
function allowedImports(granted) {
return [
"meta-machine",
...doorsOf(granted.packages).map(({ name })=>name),
...granted.packages,
...granted.builtins
];
}
const IMPORT_LINE = /import (?:[\p{L}\p{N}_$*{}, ]+ from )?'([^'"`\\\s]+)';\n/uy;
const EXPORT_LINE = /\nexport \{ (?:[\p{L}\p{N}_$]+ as )?Module \};\n$/u;
const MAP_COMMENT = /\/\/# sourceMappingURL=data:application\/json;base64,[A-Za-z0-9+/=]*\n?$/;
const WORD = /(?<![\w$#])(?:import|export)(?![\w$])/g;
function readForm(code) {
const imports = [];
let start = 0;
for(;;){
IMPORT_LINE.lastIndex = start;
const line = IMPORT_LINE.exec(code);
if (line === null) break;
imports.push(line[1]);
start = IMPORT_LINE.lastIndex;
}
const map = MAP_COMMENT.exec(code)?.index ?? code.length;
const end = EXPORT_LINE.exec(code.slice(0, map))?.index;
return end === undefined || end < start ? undefined : {
imports,
start,
end
};
}
function findWords(text) {
return Array.from(text.matchAll(WORD), (match)=>({
word: match[0],
at: match.index
}));
}
async function leftoverImports(code) {
const { init, parse } = await Promise.resolve().then(function () { return esModuleLexer; });
await init();
return parse(code)[0].map((found)=>({
specifier: found.type === "import-meta" ? "import.meta" : found.specifier ?? code.slice(found.start, found.end),
line: lineAt(code, found.importStart),
dynamic: found.type === "dynamic" || found.type === "import-meta"
}));
}
async function checkBundle(code, allowed) {
const bytes = new TextEncoder().encode(code).length;
if (bytes > SOURCES.bundle_bytes) return no(`it has ${bytes} bytes; ${SOURCES.bundle_bytes} are allowed`);
const form = readForm(code);
if (form === undefined) return no("it does not end with the export of Module");
const foreign = form.imports.find((specifier)=>!allowed.includes(specifier));
if (foreign !== undefined) return no(`it imports '${foreign.slice(0, 120)}'; allowed are ${allowed.join(", ")}`);
const [word] = findWords(code.slice(form.start, form.end));
return word === undefined ? ok(undefined) : no(await describe(code, form.start + word.at, word.word));
}
async function describe(code, offset, word) {
const line = lineAt(code, offset);
const found = (await leftoverImports(code).catch(()=>[])).find((left)=>left.line === line);
const use = found === undefined ? `has the word '${word}'` : `imports '${found.specifier.slice(0, 120)}'`;
return `line ${line} ${use}, which only the lines at its top may`;
}
function no(found) {
return refuse(fault("load_failed", `The module's bundle was refused: ${found}.`));
}
function lineAt(code, offset) {
let line = 1;
for(let at = code.indexOf("\n"); at !== -1 && at < offset; at = code.indexOf("\n", at + 1))line++;
return line;
}
const { load, store } = Atomics;
const RUNNING = 0;
const BEGUN = 1;
const STOPPED = 2;
function newRunningMark() {
return new Int32Array(new SharedArrayBuffer(12));
}
function stop(mark) {
store(mark, STOPPED, 1);
const begun = load(mark, BEGUN);
const running = load(mark, RUNNING);
return {
busy: running !== 0,
isRunning: (serial)=>running !== 0 && (serial | 0) === running,
hasNotBegun: (serial)=>(serial - begun | 0) > 0
};
}
const SHOW_AFTER = 1_048_576;
const WORDS = 65_536;
class ModuleWorker {
#worker;
#port;
#listener;
#batch = new PortBatch();
#mark = newRunningMark();
#flush_due = false;
#seq = 0;
#after_ping = 0;
#before_ping = 0;
#showing;
#ended = false;
constructor({ worker, port }, init, listener){
this.#listener = listener;
this.#worker = worker;
this.#worker.onerror = (event)=>{
event.preventDefault();
if (!this.#ended) listener.crashed(event.message);
};
const channel = port === undefined ? new MessageChannel() : undefined;
this.#port = port ?? channel.port1;
this.#port.onmessage = ({ data })=>{
if (this.#ended) return;
openPosted(data, WORDS, (header, payload)=>listener.word(header, payload));
listener.turn();
};
const mark = this.#mark;
if (channel === undefined) this.#port.postMessage({
...init,
mark
});
else this.#worker.postMessage({
...init,
mark,
port: channel.port2
}, [
channel.port2
]);
}
get untaken_bytes() {
return this.#before_ping + this.#after_ping;
}
post(message) {
if (this.#ended) return;
const payload = "payload" in message ? alone(message.payload) : undefined;
this.#batch.push(writeShellHeader(message), payload);
if (payload !== undefined) this.#after_ping += payload.length;
if (this.#batch.count >= BATCH_WORDS || this.#batch.size >= WIRE.batch_bytes) return this.#flush();
if (this.#flush_due) return;
this.#flush_due = true;
queueMicrotask(()=>{
this.#flush_due = false;
this.#flush();
});
}
ping() {
this.post({
t: "ping",
seq: ++this.#seq
});
}
ponged(seq) {
if (this.#showing === undefined || seq < this.#showing) return;
this.#showing = undefined;
this.#before_ping = 0;
if (this.#after_ping > SHOW_AFTER) this.#flush();
}
stop() {
return stop(this.#mark);
}
terminate() {
if (this.#ended) return;
this.#ended = true;
this.#port.close();
this.#worker.terminate();
}
#flush() {
if (this.#ended) return;
if (this.#after_ping > SHOW_AFTER && this.#showing === undefined) {
this.#showing = ++this.#seq;
this.#batch.push(writeShellHeader({
t: "ping",
seq: this.#showing
}));
this.#before_ping = this.#after_ping;
this.#after_ping = 0;
}
if (this.#batch.count === 0) return;
const { posted, moved } = this.#batch.take();
this.#port.postMessage(posted, moved);
}
}
function alone(payload) {
return typeof payload === "string" ? payload : payload.slice();
}
const NET_BUILTINS = new Set([
"node:net",
"node:tls",
"node:dns"
]);
function workerPermissions(order) {
const read = order.folders.map(({ path })=>belowHome(order.home, path));
const write = order.folders.filter(({ mode })=>mode === "rw").map(({ path })=>belowHome(order.home, path));
const net = [
...order.builtins.some((name)=>NET_BUILTINS.has(name)) ? order.net : [],
...order.listen
];
if (order.any_net) return {
read,
write,
net: true
};
return read.length + net.length === 0 ? "none" : {
read,
write,
net
};
}
function belowHome(home, path) {
if (path === ".") return home;
if (path.startsWith("/") || path.split("/").some((part)=>part === "..")) {
throw new Error(`the folder '${path}' is not below the home`);
}
return `${home}/${path}`;
}
const VALIDATOR = "@cfworker/json-schema";
const REHEARSAL = `${"const value = [1, 2, 3].map((n) => ({ n, text: `${n}` }));\n".repeat(500)}class Module {}\nexport { Module };\n`;
let ahead;
const makeWorker = async (order, listener)=>{
const checked = await checkBundle(order.code, allowedImports(order));
if (!checked.ok) return checked.fault;
const libraries = [];
for (const name of order.packages){
const own = order.own_packages?.find(([one])=>one === name)?.[1];
const text = own ?? (Object.hasOwn(LIBRARIES, name) ? await LIBRARIES[name]() : undefined);
if (text === undefined) return fault("load_failed", `the program brings no package '${name}'`);
libraries.push([
name,
text
]);
}
for (const { name } of doorsOf(order.packages)){
if (order.code.includes(name)) libraries.push([
name,
await DOOR_TEXTS[name]()
]);
}
const permissions = workerPermissions(order);
const made = permissions === "none" ? ahead : undefined;
if (made !== undefined) ahead = undefined;
const started = await (made?.worker ?? startWorker(order.api, permissions));
const validator = await (made?.validator ?? LIBRARIES[VALIDATOR]());
return new ModuleWorker(started, {
...initOf(order),
libraries,
validator
}, listener);
};
function makeEarly() {
ahead = {
worker: Promise.resolve(startWorker("early", "none")),
validator: LIBRARIES[VALIDATOR]()
};
ahead.validator.catch(()=>{});
}
async function makeAhead() {
const made = {
worker: startBlank(),
validator: LIBRARIES[VALIDATOR]()
};
ahead = made;
try {
await Promise.all([
made.worker,
made.validator
]);
} catch  {
if (ahead === made) ahead = undefined;
}
readJsonPayload(writeJsonPayload({
code: REHEARSAL
}));
await checkBundle(REHEARSAL, []);
}
async function startBlank() {
const { worker } = startWorker("blank", "none");
const { port1, port2 } = new MessageChannel();
const { promise, resolve } = Promise.withResolvers();
port1.onmessage = ()=>resolve();
worker.postMessage({
port: port2
}, [
port2
]);
await promise;
return {
worker,
port: port1
};
}
function startWorker(name, permissions) {
return {
worker: new Worker(guestUrl(), {
type: "module",
name,
deno: {
permissions
}
})
};
}
function initOf(order) {
const { api, own, code, builtins, home, folders, net, listen, wasm, limits, kernel } = order;
return {
api,
own,
code,
builtins,
home,
folders,
listen,
fetch: net.length > 0,
wasm,
limits,
kernel
};
}
const CELL = "rehearsal~1";
const INSTANCE = "1.1";
const ARGS = {
cell: CELL,
socket: "",
keeps: {
read: [],
write: [],
net: []
},
blank: true,
memory_mb: 1
};
const ORDER = {
...{
api: "rehearsal",
hash: "0",
code: "",
own: {},
packages: [],
builtins: [],
home: "/",
folders: []
},
...{
net: [],
listen: [],
wasm: false,
limits: DEFAULT_LIMITS,
kernel: []
}
};
const CALLS = 3;
async function rehearse() {
const kernel = new PlayedKernel();
const over = Promise.withResolvers();
const link = {
me: {
cell: CELL,
incarnation: "0",
pid: 1,
parent: 1
},
connect: ()=>Promise.resolve(kernel),
prove: ()=>Promise.resolve("00"),
parent: ()=>1,
hung_up: new Promise(()=>{})
};
const nothing = ()=>{};
const powers = {
...{
clock: SHELL_CLOCK,
link,
rss: ()=>0,
memory: ()=>({
rss: 0,
own: 0
}),
cpu_ms: ()=>0,
module_cpu_ms: ()=>0,
prepareFigures: ()=>Promise.resolve()
},
...{
stdout: ()=>Promise.resolve(),
stderr: nothing,
exit: ()=>over.resolve(),
kill: nothing,
spread: 0
}
};
new CellShell(ARGS, powers, playedWorker).start();
kernel.say({
t: "nonce",
nonce: "00",
epoch: 1
});
await over.promise;
kernel.close();
}
class PlayedKernel {
#reader = new FrameReader({
proven: true
});
#writer = new FrameWriter(writeKernelHeader);
#said = [];
#waiting;
#answers = 0;
say(message, payload) {
this.#writer.push(message, payload);
this.#hand(this.#writer.take().slice());
}
async read(into) {
while(this.#said.length === 0)await new Promise((resolve)=>this.#waiting = resolve);
const bytes = this.#said.shift();
if (bytes !== null) into.set(bytes);
return bytes === null ? null : bytes.length;
}
write(data) {
for (const { header } of this.#reader.feed(data).messages)this.#hear(header);
return Promise.resolve();
}
close() {
this.#hand(null);
}
#hand(bytes) {
this.#said.push(bytes);
this.#waiting?.();
}
#hear(header) {
if (header.t === "attach") this.say({
t: "welcome",
epoch: 1
});
else if (header.t === "report") this.say({
t: "load",
id: 1,
instance: INSTANCE
}, writeJsonPayload(ORDER));
else if (header.t === "loaded") this.#call();
else if (header[0] === SHORT.reply) {
if (++this.#answers < CALLS) this.#call();
else this.say({
t: "bye"
});
}
}
#call() {
const id = this.#answers + 1;
const what = {
aspect: "default",
name: "answer",
kind: "call",
trace: "0",
ms: 1_000,
depth: 1
};
const key = `${CELL}#${id}`;
const caller = {
api: "rehearsal",
principal: "rehearsal"
};
this.say({
t: "call",
id,
key: key,
to: INSTANCE,
caller,
...what
}, "[1]");
}
}
const playedWorker = (_order, listener)=>{
const { port1, port2 } = new MessageChannel();
const say = (message, payload)=>{
const batch = new PortBatch();
batch.push(writeWorkerHeader(message), payload);
port2.postMessage(batch.take().posted);
};
port2.onmessage = ({ data })=>{
const is_batch = openPosted(data, Infinity, (header)=>{
const [kind, id] = Array.isArray(header) ? header : [];
if (kind === SHORT.call) say({
t: "reply",
id,
ok: true,
streams: 0,
payload: "1"
}, "1");
});
if (!is_batch) say({
t: "ready",
tools: [],
has_run: false
});
};
const worker = {
onerror: null,
terminate: ()=>port2.close()
};
const { api, own, code, builtins, home, folders, listen, wasm, limits, kernel } = ORDER;
const init = {
api,
own,
code,
builtins,
home,
folders,
listen,
wasm,
limits,
kernel
};
return Promise.resolve(new ModuleWorker({
worker,
port: port1
}, {
...init,
fetch: false,
libraries: [],
validator: ""
}, listener));
};
async function runCell(argv) {
const entered = await enterCell("cell", argv);
const { args } = entered;
const { promise, resolve } = Promise.withResolvers();
new CellShell(args, cellPowers(entered, resolve), makeWorker).start();
if (cellBase(args.cell) === WARM_CELL) void makeAhead().then(rehearse).catch(()=>{});
else if (args.blank) makeEarly();
return await promise;
}
async function runRole(args) {
return await runCell(args);
}
if (import.meta.main) Deno.exit(await runRole(Deno.args));
const init = () => {};
const parse = () => [[]];
var esModuleLexer =  Object.freeze({
__proto__: null,
init: init,
parse: parse
});
export { runRole };

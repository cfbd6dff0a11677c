// kernel/workbench/testing/mod.ts (made by deno task vendor author)
import 'node:process';
import 'node:module';
import * as posix from 'node:path/posix';
import { visit, isScalar, isMap as isMap$2, isSeq, isAlias, LineCounter, parseDocument } from './yaml.mjs';
import { Script } from 'node:vm';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setPriority, getPriority, homedir } from 'node:os';
import 'node:url';
function scripted(services) {
const all = [];
const recorded = Object.entries(services).map(([api, service])=>[
api,
record(api, service, all)
]);
return {
all,
calls: (api, method)=>all.filter((call)=>call.api === api && (method === undefined || call.method === method)).map(({ args })=>args),
clear: ()=>void all.splice(0),
services: Object.fromEntries(recorded)
};
}
function record(api, service, all) {
const face = (aspect, from)=>Object.fromEntries(Object.entries(from).filter(([name])=>![
"getAspect",
"get_aspect"
].includes(name)).map(([method, value])=>[
method,
typeof value !== "function" ? value : (...args)=>{
all.push({
api,
aspect,
method,
args
});
return value(...args);
}
]));
const own = service["getAspect"] ?? service["get_aspect"];
if (typeof own !== "function") return face("default", service);
return {
getAspect: (name)=>name === "default" ? face(name, service) : face(name, own(name))
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
class FaultError extends Error {
fault;
name;
code;
hint;
retriable;
maybe_ran;
constructor(fault){
super(fault.message), this.fault = fault;
this.name = fault.name ?? "FaultError";
this.code = fault.code;
this.hint = fault.hint;
this.retriable = fault.retriable;
this.maybe_ran = fault.maybe_ran;
}
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
const API_SEGMENT = "[A-Za-z][A-Za-z0-9_-]{0,31}";
const API_NAME = new RegExp(`^${API_SEGMENT}(?:/${API_SEGMENT}){0,3}$`);
const CELL_ID = /^@?[A-Za-z][A-Za-z0-9_.-]{0,140}~[0-9]{1,15}$/;
const INSTANCE_ID = /^[0-9]{1,15}\.[0-9]{1,15}$/;
const CALL_KEY = /^[^\s#]{1,180}#[0-9]{1,16}$/;
const API_NAME_RULE = "1 to 4 segments joined by '/', each a letter followed by up to 31 letters, digits, '_' or '-'";
function isApiName(text) {
return typeof text === "string" && API_NAME.test(text);
}
function isCellId(text) {
return typeof text === "string" && CELL_ID.test(text);
}
function isInstanceId(text) {
return typeof text === "string" && INSTANCE_ID.test(text);
}
function isCallKey(text) {
return typeof text === "string" && text.length <= 200 && CALL_KEY.test(text);
}
function cellId(base, number) {
return `${base.replaceAll("/", ".")}~${number}`;
}
function instanceId(epoch, number) {
return `${epoch}.${number}`;
}
function callKey(caller, id) {
return `${caller}#${id}`;
}
const VET_CELL = "@vet";
const WARM_CELL = "@warm";
function cellBase(id) {
return id.slice(0, id.lastIndexOf("~"));
}
const OPERATOR = "@operator";
function principalStamp(principal) {
return `@${principal}`;
}
const CONSOLE = "console";
const PRINCIPALS_FILE = "configs/principals.yml";
const TOOLS_API = "@tools";
const PROBE = "@probe";
const KERNEL_API = "@kernel";
function isPrivateName(name) {
return name.startsWith("_") || name === "constructor";
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
function clipText(text, most) {
if (text.length <= most) return text;
if (most < 1) return "";
let end = most - 1;
const last = text.charCodeAt(end - 1);
if (last >= 0xd800 && last <= 0xdbff) end--;
return `${text.slice(0, end)}\u2026`;
}
function join$1(first, ...rest) {
return posix.join(toPath(first), ...rest);
}
function resolve(...segments) {
return posix.resolve(...segments);
}
function basename(path, suffix = "") {
const text = toPath(path);
const name = posix.basename(text) || text.slice(0, 1);
return suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
function relative(from, to) {
return posix.relative(from, to);
}
function fromFileUrl(url) {
const { protocol, pathname } = new URL(url);
if (protocol !== "file:") throw new TypeError(`URL must be a file URL: received "${protocol}"`);
return decodeURIComponent(pathname.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
}
function toPath(path) {
return path instanceof URL ? fromFileUrl(path) : path;
}
const LIBRARY_VERSIONS = {
"@cfworker/json-schema": "4.1.6",
"@modelcontextprotocol/client": "2.4.0",
"@modelcontextprotocol/server": "2.4.0",
"chromadb": "3.5.0",
"hono": "4.13.19",
"kysely": "0.29.9",
"openai": "7.57.0",
"pg": "8.23.1",
"yaml": "2.9.1",
"zod": "4.6.7"
};
const LIBS = new URL("./", import.meta.url).href;
fromFileUrl(new URL("../", LIBS)).replace(/\/$/, "");
const denoFiles = {
readText: async (path, max_bytes)=>{
const bytes = await readBounded(path, max_bytes);
if (bytes === undefined) return undefined;
try {
return new TextDecoder("utf-8", {
fatal: true
}).decode(bytes);
} catch  {
throw new FaultError(fault("invalid_argument", `'${path}' is not UTF-8 text`, {
hint: "save it as UTF-8"
}));
}
},
read: readBounded,
readPart,
stat: (path)=>unlessMissing(async ()=>facts(await Deno.stat(path))),
lstat: (path)=>unlessMissing(async ()=>facts(await Deno.lstat(path))),
realPath: (path)=>unlessMissing(()=>Deno.realPath(path)),
list: (path)=>unlessMissing(async ()=>{
const entries = await Array.fromAsync(Deno.readDir(path), (entry)=>({
name: entry.name,
kind: kindOf$1(entry)
}));
return entries.sort((a, b)=>a.name < b.name ? -1 : 1);
}),
writeWhole: async (path, data)=>{
const slash = path.lastIndexOf("/");
const temporary = `${path.slice(0, slash)}/.${path.slice(slash + 1)}.${crypto.randomUUID().slice(0, 8)}.tmp`;
const mode = (await unlessMissing(()=>Deno.stat(path)))?.mode ?? undefined;
try {
const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
await Deno.writeFile(temporary, bytes, {
createNew: true
});
if (mode !== undefined) await Deno.chmod(temporary, mode & 0o777);
await Deno.rename(temporary, path);
} catch (error) {
await Deno.remove(temporary).catch(()=>{});
throw error;
}
},
rename: (from, to)=>Deno.rename(from, to),
remove: async (path)=>void await unlessMissing(()=>Deno.remove(path)),
makeFolder: async (path, mode)=>{
await Deno.mkdir(path, {
recursive: true
});
if (mode !== undefined) await Deno.chmod(path, mode);
},
appender: openAppender,
watch: (paths, changed)=>{
const stops = paths.map((path)=>watchOne(path, changed));
return ()=>stops.forEach((stop)=>stop());
}
};
async function readBounded(path, max_bytes) {
const found = await unlessMissing(()=>Deno.stat(path));
if (found === undefined) return undefined;
if (!found.isFile) {
throw new FaultError(fault("invalid_argument", `'${path}' is not a regular file`, {
hint: "put a file there"
}));
}
using file = await unlessMissing(()=>Deno.open(path)) ?? null;
if (file === null) return undefined;
const bytes = new Uint8Array(Math.min(found.size, max_bytes) + 1);
let total = 0;
while(total < bytes.length){
const count = await file.read(bytes.subarray(total));
if (count === null) return bytes.subarray(0, total);
total += count;
}
if (total <= max_bytes) return await readBounded(path, max_bytes);
const message = `'${path}' is larger than ${max_bytes} bytes`;
throw new FaultError(fault("too_large", message, {
hint: `a file here may have ${max_bytes} bytes`
}));
}
async function readPart(path, part) {
using file = await unlessMissing(()=>Deno.open(path)) ?? null;
if (file === null) return undefined;
const { size } = await file.stat();
const bytes = new Uint8Array(Math.min("first" in part ? part.first : part.last, size));
if ("last" in part) await file.seek(size - bytes.length, Deno.SeekMode.Start);
let total = 0;
while(total < bytes.length){
const count = await file.read(bytes.subarray(total));
if (count === null) break;
total += count;
}
return bytes.subarray(0, total);
}
async function unlessMissing(look) {
try {
return await look();
} catch (error) {
if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return undefined;
throw error;
}
}
function kindOf$1(entry) {
return entry.isSymlink ? "symlink" : entry.isFile ? "file" : entry.isDirectory ? "folder" : "other";
}
function facts(info) {
const { size, mtime, ino, mode, uid } = info;
return {
kind: kindOf$1(info),
size,
mtime_ms: mtime?.getTime() ?? 0,
inode: ino ?? 0,
mode: mode ?? 0,
uid: uid ?? 0
};
}
async function openAppender(path) {
const file = await Deno.open(path, {
append: true,
create: true
});
let size = (await file.stat()).size;
let last = Promise.resolve();
return {
get size () {
return size;
},
write: (text)=>{
const bytes = new TextEncoder().encode(text);
size += bytes.length;
last = last.catch(()=>{}).then(async ()=>{
for(let at = 0; at < bytes.length;)at += await file.write(bytes.subarray(at));
});
return last;
},
close: ()=>void last.catch(()=>{}).then(()=>file.close())
};
}
function watchOne(path, changed) {
let watcher;
try {
watcher = Deno.watchFs(path, {
recursive: true
});
} catch  {
return ()=>{};
}
let open = true;
void (async ()=>{
for await (const event of watcher)for (const found of event.paths)if (open) changed(found);
})().catch(()=>{});
return ()=>{
if (open) watcher.close();
open = false;
};
}
const allFiles = denoFiles ;
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
new TextDecoder("utf-8", {
fatal: true,
ignoreBOM: true
});
const denoSockets = {
listen: async (own, published, accept)=>{
await unlessMissing(()=>Deno.remove(own));
const listener = Deno.listen({
transport: "unix",
path: own
});
await Deno.chmod(own, 0o600);
const publish = async ()=>{
const step = `${own}.new`;
await unlessMissing(()=>Deno.remove(step));
await Deno.link(own, step);
await Deno.rename(step, published);
await unlessMissing(()=>Deno.remove(step));
};
await publish();
let open = true;
void (async ()=>{
while(open){
try {
accept(connection(await listener.accept()));
} catch  {
if (open) await new Promise((then)=>setTimeout(then, 50));
}
}
})();
return {
publish,
close: ()=>{
if (open) listener.close();
open = false;
}
};
}
};
function connection(conn) {
let open = true;
return {
read: (into)=>conn.read(into),
write: (data)=>writeAll(conn, data),
close: ()=>{
if (open) conn.close();
open = false;
}
};
}
async function writeAll(to, data) {
for(let at = 0; at < data.length;)at += await to.write(data.subarray(at));
}
const denoClock = {
now: ()=>Date.now(),
monotonic: turnClock(()=>performance.now()),
after: (ms, then)=>{
const timer = setTimeout(then, ms);
return ()=>clearTimeout(timer);
}
};
const denoRandom = {
bytes: (count)=>crypto.getRandomValues(new Uint8Array(count)),
unit: ()=>Math.random()
};
const utf8$6 = new TextEncoder();
async function sha256Hex(data) {
const bytes = typeof data === "string" ? utf8$6.encode(data) : data;
const digest = await crypto.subtle.digest("SHA-256", bytes);
return new Uint8Array(digest).toHex();
}
function sourceHash({ entry, files }) {
return sha256Hex(JSON.stringify([
entry,
files.map(({ path, text })=>[
path,
text
])
]));
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
const COMPARED = 64;
const NEAREST = 3;
function closestFirst(name, names) {
return names.map((other)=>({
other,
far: distance(name, other)
})).sort((a, b)=>a.far - b.far).map(({ other })=>other);
}
function nearestNames(wanted, names) {
return closestFirst(wanted, names).slice(0, NEAREST).filter((name)=>{
const longer = Math.max(Math.min(wanted.length, COMPARED), Math.min(name.length, COMPARED));
return distance(wanted, name) < longer;
});
}
function closestName(name, names) {
const [first] = closestFirst(name, names);
return first !== undefined && distance(name, first) <= Math.max(1, Math.floor(name.length / 3)) ? first : undefined;
}
function distance(a, b) {
const from = a.slice(0, COMPARED).toLowerCase();
const to = b.slice(0, COMPARED).toLowerCase();
let before = [];
let last = Array.from({
length: to.length + 1
}, (_, column)=>column);
for(let row = 1; row <= from.length; row++){
const next = [
row
];
for(let column = 1; column <= to.length; column++){
const same = from[row - 1] === to[column - 1] ? 0 : 1;
let least = Math.min(last[column] + 1, next[column - 1] + 1, last[column - 1] + same);
const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
if (swapped) least = Math.min(least, before[column - 2] + 1);
next.push(least);
}
before = last;
last = next;
}
return last[to.length];
}
class Misfit extends Error {
path;
hint;
name;
constructor(path, message, hint){
super(message), this.path = path, this.hint = hint, this.name = "Misfit";
}
}
function misfit(path, found, allowed) {
return misfitSaying(path, show(found), allowed);
}
function misfitSaying(path, found, allowed, hint) {
throw new Misfit(path, `${showPath(path)}found ${found}, allowed: ${allowed}`, hint);
}
function unknownKey(path, key, allowed) {
const message = `${showPath(path)}found the unknown key ${show(key)}, allowed: ${allowed.join(", ")}`;
const meant = closestName(key, allowed);
throw new Misfit([
...path,
key
], message, meant && `was ${meant} meant? what ran before keeps running`);
}
function show(value) {
if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
if (value instanceof Date) return "a date";
if (value instanceof Uint8Array) return "bytes";
if (typeof value === "object" && value !== null) return "a map";
if (value === null || value === undefined) return "nothing";
if (typeof value !== "string") return String(value);
const text = value.length > SHOWN$1 ? `${value.slice(0, SHOWN$1)}\u2026` : value;
return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c)=>`\\u{${c.codePointAt(0).toString(16)}}`);
}
const SHOWN$1 = 80;
function showPath(path) {
if (path.length === 0) return "";
const text = path.map((step, i)=>typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`).join("");
return `${text}: `;
}
function readMap(value, path, keys) {
if (value === undefined || value === null) return {};
if (!isMap$1(value)) misfit(path, value, keys === undefined ? "a map" : `a map of ${keys.join(", ")}`);
for (const key of Object.keys(value)){
if (keys !== undefined && !keys.includes(key)) unknownKey(path, key, keys);
}
return value;
}
const LIST_ENTRIES = 128;
function readList(value, path, entry, read) {
if (value === undefined || value === null) return Object.freeze([]);
if (!Array.isArray(value)) misfit(path, value, `a list of ${entry}`);
if (value.length > LIST_ENTRIES) misfitSaying(path, `${value.length} entries`, `at most ${LIST_ENTRIES}`);
return Object.freeze(value.map((item, i)=>read(item, [
...path,
i
])));
}
function readText$1(value, path, allowed, fits) {
if (typeof value !== "string" || !fits(value)) misfit(path, value, allowed);
return value;
}
function readChoice(value, path, choices) {
if (typeof value !== "string" || !choices.includes(value)) {
misfit(path, value, choices.join(", "));
}
return value;
}
function readInteger(value, path, min, max) {
if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
misfit(path, value, `a whole number from ${min} to ${max}`);
}
return value;
}
function readBoolean(value, path) {
if (typeof value !== "boolean") misfit(path, value, "true, false");
return value;
}
function isMap$1(value) {
return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}
const DEFAULT_RESTART = Object.freeze({
max: 5,
window_s: 60
});
function parseRestart(value, path) {
const { max, window_s } = readMap(value, path, [
"max",
"window_s"
]);
return Object.freeze({
max: max === undefined || max === null ? DEFAULT_RESTART.max : readInteger(max, [
...path,
"max"
], 0, MOST),
window_s: window_s === undefined || window_s === null ? DEFAULT_RESTART.window_s : readInteger(window_s, [
...path,
"window_s"
], 1, DAY_S)
});
}
const MOST = 1_000;
const DAY_S = 86_400;
function beyondGrants(asked, allowed) {
const beyond = [];
const compare = (key, tell, within)=>{
for (const entry of asked[key]){
const others = allowed[key];
if (!others.some((other)=>within(entry, other))) beyond.push(`${key}: ${tell(entry)}`);
}
};
compare("services", tellService, isServiceWithin);
compare("net", String, isEqual);
compare("secrets", tellSecret, isSecretWithin);
compare("image", ({ root, mode })=>`${root} (${mode})`, (a, b)=>isFolderWithin(folderOf(a), folderOf(b)));
compare("prompts", String, isEqual);
compare("logs", String, isEqual);
compare("packages", String, isEqual);
compare("builtins", String, isEqual);
compare("listen", String, isEqual);
compare("folders", ({ path, mode })=>`${path} (${mode})`, isFolderWithin);
compare("kernel", String, isEqual);
if (asked.wasm && !allowed.wasm) beyond.push("wasm: true");
return beyond;
}
function isEqual(asked, allowed) {
return asked === allowed;
}
function tellService({ api, methods, aspects }) {
const only = [
methods && `methods ${methods.join(", ")}`,
aspects && `aspects ${aspects.join(", ")}`
].filter(Boolean);
return only.length === 0 ? api : `${api} (${only.join("; ")})`;
}
function tellSecret(secret) {
return "host" in secret ? `${secret.env} as ${secret.header} for ${secret.host}` : secret.env;
}
function isServiceWithin(asked, allowed) {
const covers = allowed.api.endsWith("/*") ? asked.api.startsWith(allowed.api.slice(0, -1)) : asked.api === allowed.api;
return covers && areNamesWithin(asked.methods, allowed.methods) && areNamesWithin(asked.aspects, allowed.aspects);
}
function areNamesWithin(asked, allowed) {
if (allowed === undefined) return true;
return asked !== undefined && asked.every((name)=>allowed.includes(name));
}
function isSecretWithin(asked, allowed) {
const bound = (grant)=>"host" in grant ? `${grant.host} ${grant.header}` : "";
return asked.env === allowed.env && bound(asked) === bound(allowed);
}
function isFolderWithin(asked, allowed) {
const inside = allowed.path === "." || asked.path === allowed.path || asked.path.startsWith(`${allowed.path}/`);
return inside && (allowed.mode === "rw" || asked.mode === "r");
}
function folderOf({ root, mode }) {
return {
path: root,
mode
};
}
function beyondLock(spec, entry) {
return [
...beyondGrants(spec.grants, entry.grants),
...beyondLimits(spec, entry),
...beyondRestart(spec, entry),
...beyondTrust(spec, entry)
];
}
function beyondLimits({ limits }, entry) {
return LIMIT_NAMES.filter((name)=>limits[name] > Math.max(DEFAULT_LIMITS[name], entry.limits[name] ?? 0)).map((name)=>`limits: ${name} ${limits[name]}`);
}
function beyondRestart({ restart: { max, window_s } }, entry) {
const within = (bound)=>max <= bound.max && window_s >= bound.window_s;
return within(DEFAULT_RESTART) || within(entry.restart) ? [] : [
`restart: max ${max} in ${window_s} s`
];
}
function beyondTrust({ cell, approve }, entry) {
return [
...cell !== "own" && cell !== entry.cell ? [
`cell: ${cell}`
] : [],
...approve === "never" && entry.approve !== "never" ? [
"approve: never"
] : []
];
}
const HOSTS_OWN = Object.freeze([
...[
"configs",
"plugins",
"prompts",
"kernel",
"libs",
"node_modules"
],
...[
"main.ts",
"deno.json",
"deno.lock",
"package.json"
]
]);
const MODULES_OWN = "runtime/files";
function neverWritten(folders) {
return folders.find(({ path, mode })=>mode === "rw" && isHostsOwn(path.toLowerCase()));
}
function isHostsOwn(path) {
const [first] = path.split("/");
if (first === "runtime") return path !== MODULES_OWN && !path.startsWith(`${MODULES_OWN}/`);
return path === "." || first.startsWith(".") || HOSTS_OWN.includes(first);
}
function checkNodes(doc, maxAliasCount, refuse) {
let aliases = 0;
visit(doc, {
Alias (_, alias, ancestors) {
const at = alias.range?.[0];
if (++aliases > maxAliasCount) refuse(`More than ${maxAliasCount} aliases`, at);
const anchored = alias.resolve(doc);
if (!anchored) refuse(`Unknown anchor "${alias.source}"`, at);
if (ancestors.includes(anchored)) refuse(`The value of anchor "${alias.source}" holds itself`, at);
},
Pair (_, pair) {
checkKey(pair, doc, refuse);
if (isMergeKey(pair) && !isMergeable(pair.value, doc)) {
refuse("A merge key << takes a map or a list of maps", startOf(pair.key));
}
}
});
}
function checkKey(pair, doc, refuse) {
const key = follow(pair.key, doc);
if (isScalar(key)) {
if (key.value === null) key.value = "null";
} else if (key) {
refuse("A key must be a single value, not a list or a map", startOf(pair.key));
}
}
function isMergeKey({ key }) {
return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol") && (!key.type || key.type === "PLAIN");
}
function isMergeable(value, doc) {
const source = follow(value, doc);
return isMap$2(source) || isSeq(source) && source.items.every((item)=>isMap$2(follow(item, doc)));
}
function follow(node, doc) {
return isAlias(node) ? node.resolve(doc) : node;
}
function startOf(node) {
return node?.range?.[0];
}
const SCHEMA = {
schema: "core",
merge: true,
resolveKnownTags: false,
customTags: (core)=>[
...core.filter((tag)=>typeof tag !== "string" && tag.tag !== INT && tag.tag !== FLOAT),
int,
float,
"timestamp",
"binary"
]
};
const INT = "tag:yaml.org,2002:int";
const FLOAT = "tag:yaml.org,2002:float";
const int = {
tag: INT,
default: true,
test: /^[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0[0-7_]*[0-7]|0|[1-9](?:[0-9_]*[0-9])?)$/,
resolve: toInteger,
identify: (value)=>Number.isInteger(value) && !Object.is(value, -0),
stringify: writeNumber
};
const float = {
tag: FLOAT,
default: true,
test: /^(?:[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))(?<!_)$/,
resolve: toFloat,
identify: (value)=>typeof value === "number",
stringify: writeNumber
};
function toInteger(text) {
const sign = text.startsWith("-") ? -1 : 1;
const digits = text.replace(/^[-+]/, "").replaceAll("_", "");
if (digits === "0") return 0;
if (/^0[bx]/.test(digits)) return sign * Number(digits);
return sign * parseInt(digits, digits.startsWith("0") ? 8 : 10);
}
function toFloat(text) {
const sign = text.startsWith("-") ? -1 : 1;
const digits = text.replace(/^[-+]/, "").replaceAll("_", "").toLowerCase();
if (digits === ".inf") return sign * Infinity;
return digits === ".nan" ? NaN : sign * parseFloat(digits);
}
function writeNumber({ value }) {
const number = value;
if (Number.isNaN(number)) return ".nan";
if (!Number.isFinite(number)) return number > 0 ? ".inf" : "-.inf";
return Object.is(number, -0) ? "-0.0" : String(number);
}
class YamlSyntaxError extends SyntaxError {
name = "YamlSyntaxError";
line;
column;
constructor(reason, place){
super(`${reason} at line ${place.line}, column ${place.column}`);
this.line = place.line;
this.column = place.column;
}
}
function parse(text, { maxAliasCount = 100 } = {}) {
const lines = new LineCounter();
const refuse = (reason, offset = 0)=>{
const { line, col } = lines.linePos(offset);
throw new YamlSyntaxError(reason, {
line: Math.max(line, 1),
column: Math.max(col, 1)
});
};
try {
const doc = parseDocument(text, {
...SCHEMA,
lineCounter: lines,
prettyErrors: false,
logLevel: "error"
});
const problem = doc.errors[0] ?? doc.warnings[0];
if (problem) refuse(explain(problem), problem.pos[0]);
checkNodes(doc, maxAliasCount, refuse);
return doc.toJS({
maxAliasCount: maxAliasCount + 1
});
} catch (error) {
if (error instanceof RangeError) return refuse(TOO_DEEP);
if (error instanceof ReferenceError) return refuse(`More than ${maxAliasCount} aliases once they are unfolded`);
throw error;
}
}
const TOO_DEEP = "The text is nested too deeply";
function explain({ code, message }) {
if (code === "MULTIPLE_DOCS") return "Found a second document, expected one";
return /call stack/.test(message) ? TOO_DEEP : message;
}
function linesOf(text) {
const lines = new LineCounter();
let root;
try {
root = parseDocument(text, {
...SCHEMA,
lineCounter: lines,
prettyErrors: false,
logLevel: "silent"
}).contents;
} catch  {
return ()=>undefined;
}
return (path)=>{
let node = root;
let at = offsetOf(root);
for (const step of path){
const next = enter$1(node, step);
if (next === undefined) return undefined;
[node, at] = next;
}
return at === undefined ? undefined : lines.linePos(at).line;
};
}
function enter$1(node, step) {
if (isSeq(node) && typeof step === "number") {
const item = node.items[step];
return item === undefined ? undefined : [
item,
offsetOf(item)
];
}
if (!isMap$2(node) || isAlias(node)) return undefined;
const pair = node.items.find(({ key })=>isScalar(key) && String(key.value) === String(step));
return pair === undefined ? undefined : [
pair.value,
offsetOf(pair.key)
];
}
function offsetOf(node) {
return node?.range?.[0];
}
const CONFIGS = "configs";
function deriveNames(file) {
const stem = file.replace(CONFIG_EXTENSION, "");
const version = /-v(\d+(?:\.\d+)*)$/.exec(stem)?.[1] ?? "";
const base = version === "" ? stem : stem.slice(0, -(version.length + "-v".length));
const below = base.startsWith(`${CONFIGS}/`) ? base.slice(CONFIGS.length + 1) : base;
return {
base,
path: below.replaceAll(".", "_"),
version
};
}
function hasConfigExtension(name) {
return CONFIG_EXTENSION.test(name);
}
const CONFIG_EXTENSION = /\.ya?ml$/;
function guessApi(file, text = "") {
const line = /^api[ \t]*:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]+))/m.exec(text);
const api = line?.[1] ?? line?.[2] ?? line?.[3] ?? deriveNames(file).path;
return isApiName(api) ? api : undefined;
}
const BUILTINS = [
"node:sqlite",
"node:net",
"node:tls",
"node:dns",
"node:crypto",
"node:events",
"node:util",
"node:stream",
"node:buffer",
"serve",
"files"
];
const KERNEL_GRANTS = [
"image",
"status",
"events",
"reload",
"propose",
"shadow",
"route_share",
"adopt",
"rollback",
"order",
"tools",
"bearer"
];
const NO_GRANTS = Object.freeze({
services: [],
net: [],
secrets: [],
image: [],
prompts: [],
logs: [],
packages: [],
builtins: [],
listen: [],
folders: [],
kernel: [],
wasm: false
});
const FOLDER_UNITS = 1_024;
const NEVER_IN_FOLDER = /[\u0000-\u001f\u007f-\u009f,\\]/;
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
const HOST_PORT = new RegExp(`^(?:${LABEL}(?:\\.${LABEL}){0,15}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})$`);
function isGrantFolder(text) {
if (typeof text !== "string" || text.length === 0 || text.length > FOLDER_UNITS) return false;
if (NEVER_IN_FOLDER.test(text) || !text.isWellFormed()) return false;
return text === "." || text.split("/").every((part)=>part !== "" && part !== "." && part !== "..");
}
function isHostPort(text) {
if (typeof text !== "string" || text.length > 300) return false;
const match = HOST_PORT.exec(text);
return match !== null && Number(match[1]) <= 65_535;
}
function parseSecretGrant(value, path) {
if (typeof value === "string") return Object.freeze({
env: readVariable(value, path)
});
if (!isMap$1(value)) misfit(path, value, "the name of an environment variable, or a map of env, host, header");
const { env, host, header } = readMap(value, path, [
"env",
"host",
"header"
]);
const name = readVariable(env, [
...path,
"env"
]);
if (host === undefined && header === undefined) return Object.freeze({
env: name
});
return Object.freeze({
env: name,
host: readText$1(host, [
...path,
"host"
], HOST, isPlainHost),
header: readText$1(header, [
...path,
"header"
], HEADER$1, isFreeHeader)
});
}
const HOST = "a host as in grants.net without its port, in small letters, such as api.example.com";
const HEADER$1 = "the name of a header that is not the connection's own, such as Authorization";
function isPlainHost(text) {
return text === text.toLowerCase() && isHostPort(`${text}:443`);
}
const FRAMING = new Set([
"host",
"content-length",
"content-encoding",
"transfer-encoding",
"connection",
"keep-alive",
"te",
"trailer"
].concat([
"upgrade",
"expect",
"accept-encoding",
"proxy-connection",
"range"
]));
function isFreeHeader(text) {
return /^[A-Za-z0-9-]{1,64}$/.test(text) && !FRAMING.has(text.toLowerCase());
}
function readVariable(value, path) {
return readText$1(value, path, "the name of an environment variable", (text)=>/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text));
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
function parseServiceGrant(value, path) {
if (typeof value === "string") return Object.freeze({
api: readApiPattern(value, path)
});
if (!isMap$1(value)) misfit(path, value, "an api name, or a map of api, methods, aspects");
const { api, methods, aspects } = readMap(value, path, [
"api",
"methods",
"aspects"
]);
return Object.freeze({
api: readApiPattern(api, [
...path,
"api"
]),
...given(methods) && {
methods: readList(methods, [
...path,
"methods"
], "method names", readMethod)
},
...given(aspects) && {
aspects: readList(aspects, [
...path,
"aspects"
], "aspect names", readAspect)
}
});
}
function given(value) {
return value !== undefined && value !== null;
}
function readApiPattern(value, path) {
const allowed = `${API_NAME_RULE}; the last segment may be '*'`;
return readText$1(value, path, allowed, (text)=>isApiName(text) || text.endsWith("/*") && isApiName(`${text.slice(0, -1)}x`));
}
function readMethod(value, path) {
return readText$1(value, path, "the name of a public method", (text)=>text !== "" && text.length <= HEADER_BOUNDS.name && !isPrivateName(text));
}
function readAspect(value, path) {
return readText$1(value, path, "the name of an aspect", (text)=>text !== "" && text.length <= HEADER_BOUNDS.aspect);
}
function readNetAddress(value, path) {
const allowed = `host:port, such as "api.example.com:443"`;
return readText$1(value, path, allowed, (text)=>isHostPort(text) && !/:0+$/.test(text));
}
function readListenAddress(value, path) {
return readText$1(value, path, `host:port, such as "127.0.0.1:7777"`, isHostPort);
}
function readRelativePath(value, path, below) {
return readText$1(value, path, `a path below ${below} ${RULE}`, isRelativePath);
}
function readHomePath(value, path) {
const allowed = `a path below the home ${RULE}, or '.' for the home itself`;
return readText$1(value, path, allowed, (text)=>text === "." || isRelativePath(text));
}
function isRelativePath(text) {
return text !== "." && isGrantFolder(text) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}
const RULE = "without '..', ',' or a '/' at its ends";
const KEYS$2 = Object.freeze([
"services",
"net",
"secrets",
"image",
"prompts",
"logs",
"packages",
"builtins",
"listen",
"folders",
"kernel",
"wasm"
]);
const MODES = [
"r",
"rw"
];
function parseGrants(value, path) {
const map = readMap(value, path, KEYS$2);
const list = (key, entry, read)=>readList(map[key], [
...path,
key
], entry, read);
return Object.freeze({
services: list("services", "api names or maps of api, methods, aspects", parseServiceGrant),
net: list("net", "host:port", readNetAddress),
secrets: list("secrets", "names of environment variables", parseSecretGrant),
image: list("image", "maps of root, mode", parseImageGrant),
prompts: list("prompts", "files below prompts/", (entry, at)=>readRelativePath(entry, at, "prompts/")),
logs: list("logs", "names of logs", readLogName),
packages: list("packages", "names of packages", readPackageName),
builtins: list("builtins", BUILTINS.join(", "), (entry, at)=>readChoice(entry, at, BUILTINS)),
listen: list("listen", "host:port", readListenAddress),
folders: list("folders", "maps of path, mode", parseFolderGrant),
kernel: list("kernel", KERNEL_GRANTS.join(", "), (entry, at)=>readChoice(entry, at, KERNEL_GRANTS)),
wasm: map.wasm === undefined || map.wasm === null ? false : readBoolean(map.wasm, [
...path,
"wasm"
])
});
}
function parseFolderGrant(value, path) {
const map = readMap(value, path, [
"path",
"mode"
]);
return Object.freeze({
path: readHomePath(map.path, [
...path,
"path"
]),
mode: readChoice(map.mode, [
...path,
"mode"
], MODES)
});
}
function parseImageGrant(value, path) {
const map = readMap(value, path, [
"root",
"mode"
]);
return Object.freeze({
root: readRelativePath(map.root, [
...path,
"root"
], "the image's root"),
mode: readChoice(map.mode, [
...path,
"mode"
], MODES)
});
}
function readLogName(value, path) {
const allowed = "a letter followed by up to 31 letters, digits, '_' or '-'";
return readText$1(value, path, allowed, (text)=>/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(text));
}
function readPackageName(value, path) {
const allowed = "the name of a package, such as kysely or @scope/name";
const name = /^(?:@[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,127}$/;
return readText$1(value, path, allowed, (text)=>name.test(text));
}
const MOST_MILLISECONDS = 2_147_483_647;
const MOST_MEGABYTES = 1_048_576;
function parseLimits(value, path) {
const map = readMap(value, path, LIMIT_NAMES);
const set = LIMIT_NAMES.filter((name)=>map[name] !== undefined && map[name] !== null);
const read = set.map((name)=>[
name,
readInteger(map[name], [
...path,
name
], 1, mostOf(name))
]);
return Object.freeze({
...DEFAULT_LIMITS,
...Object.fromEntries(read)
});
}
function mostOf(name) {
if (name.endsWith("_ms")) return MOST_MILLISECONDS;
return name.endsWith("_mb") ? MOST_MEGABYTES : Number.MAX_SAFE_INTEGER;
}
const OWN_DEPTH = WIRE.depth - 4;
const OWN_BYTES = 4 * SOURCES.config_bytes;
function parseOwn(map, reserved) {
let bytes = 0;
const check = (value, path)=>{
if (path.length > OWN_DEPTH) misfitSaying(path.slice(0, 3), "deeper nesting", `at most ${OWN_DEPTH} levels`);
if (typeof value === "number" && !Number.isFinite(value)) misfit(path, value, "a finite number");
bytes += typeof value === "string" ? value.length + 3 : value instanceof Uint8Array ? value.length * 2 : 6;
if (bytes > OWN_BYTES) misfitSaying(path.slice(0, 1), "more", `${OWN_BYTES} bytes with all aliases unfolded`);
if (Array.isArray(value)) value.forEach((item, i)=>check(item, [
...path,
i
]));
else if (typeof value === "object" && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)) {
for (const [key, item] of Object.entries(value)){
bytes += key.length + 3;
check(item, [
...path,
key
]);
}
}
};
const own = Object.entries(map).filter(([key])=>!reserved.includes(key));
for (const [key, value] of own)check(value, [
key
]);
return Object.freeze(Object.fromEntries(own));
}
function reject(file, message, { line, api, code, hint } = {}) {
const place = line === undefined ? file : `${file}:${line}`;
return Object.freeze({
file,
...line !== undefined && {
line
},
...api !== undefined && {
api
},
fault: fault(code ?? "config_invalid", `${place}: ${message}`, hint === undefined ? {} : {
hint
})
});
}
const DEFAULT_IDLE_MS = 60_000;
function parseConfig({ file, text }) {
let map;
try {
map = parse(text, {
maxAliasCount: SOURCES.yaml_aliases
}) ?? {};
if (!isMap$1(map)) misfit([], map, "a map of keys, or an empty file");
return {
ok: true,
spec: readSpec(file, map)
};
} catch (error) {
if (error instanceof YamlSyntaxError) {
const message = `broken YAML: ${error.message}`;
return {
ok: false,
rejection: reject(file, message, {
line: error.line,
api: guessApi(file, text)
})
};
}
if (!(error instanceof Misfit)) throw error;
const facts = {
line: lineOf(text, error.path),
api: apiOf(file, map),
...error.hint && {
hint: error.hint
}
};
return {
ok: false,
rejection: reject(file, error.message, facts)
};
}
}
function lineOf(text, path) {
const line = linesOf(text);
for(let length = path.length; length > 0; length--){
const found = line(path.slice(0, length));
if (found !== undefined) return found;
}
return line([]);
}
const CONFIG_KEYS = [
"api",
"prog",
"grants",
"limits",
"restart",
"reload",
"start",
"idle_ms",
"cell",
"approve"
];
function readSpec(file, map) {
const { path, version } = deriveNames(file);
const or = (key, value, read)=>map[key] === undefined || map[key] === null ? value : read(map[key], [
key
]);
return Object.freeze({
api: readApi$1(map.api ?? path),
prog: readProg(map.prog ?? path),
config: file,
version,
grants: parseGrants(map.grants, [
"grants"
]),
limits: parseLimits(map.limits, [
"limits"
]),
restart: parseRestart(map.restart, [
"restart"
]),
reload: or("reload", "blue_green", (v, at)=>readChoice(v, at, [
"blue_green",
"stop_start"
])),
start: or("start", "eager", (v, at)=>readChoice(v, at, [
"eager",
"on_call"
])),
idle_ms: or("idle_ms", DEFAULT_IDLE_MS, (v, at)=>readInteger(v, at, 1, MOST_MILLISECONDS)),
cell: or("cell", "own", readCell),
approve: or("approve", "ask", (v, at)=>readChoice(v, at, [
"ask",
"never"
])),
own: parseOwn(map, CONFIG_KEYS)
});
}
function readApi$1(value) {
return readText$1(value, [
"api"
], `${API_NAME_RULE}; set api: or rename the file`, isApiName);
}
function readProg(value) {
const allowed = `the path of a source below plugins/ without extension, ${API_NAME_RULE}`;
return readText$1(value, [
"prog"
], allowed, isApiName);
}
function readCell(value, path) {
const allowed = "own, or a name: a letter followed by up to 31 letters, digits, '_' or '-'";
return readText$1(value, path, allowed, (text)=>/^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(text));
}
function apiOf(file, map) {
if (!isMap$1(map) || map.api === undefined || map.api === null) return guessApi(file);
return isApiName(map.api) ? map.api : undefined;
}
async function allowedFormer({ config, source }, entry) {
const hash = await sourceHash(source);
if (hash !== entry.hash) return undefined;
const parsed = parseConfig(config);
if (!parsed.ok || beyondLock(parsed.spec, entry).length > 0) return undefined;
if (neverWritten(parsed.spec.grants.folders) !== undefined) return undefined;
return {
spec: parsed.spec,
source: Object.freeze({
...source,
hash,
origin: "added"
})
};
}
const SHIPPED_ONLY = [
"builtins",
"listen",
"folders"
];
function applyLock(spec, source, entry) {
const added = entry?.origin === "added";
if (!added && source.origin === "shipped") return {
ok: true,
source
};
const folder = neverWritten(spec.grants.folders);
if (folder !== undefined) return refuseFolder(spec, folder);
return added ? applyAdded(spec, source, entry) : applyLocal(spec, source, entry?.grants ?? NO_GRANTS);
}
function refuseFolder({ api }, { path }) {
return {
ok: false,
key: "folders",
asks: false,
message: `grants: found folders: ${path} (rw) for '${api}', allowed to write: folders beside those that the host ` + `runs from, such as runtime/files/${api.replaceAll("/", ".")}`,
hint: "give it a folder of its own; nobody can allow this one, since a module that may write there grants itself the rest"
};
}
function applyAdded(spec, source, entry) {
const { api } = spec;
const hint = `look at it with 'grants diff ${api}', then allow it with 'grants allow ${api}'; what ran before keeps running`;
if (source.hash !== entry.hash) {
return {
ok: false,
message: `source of '${api}': found ${source.hash}, allowed: ${entry.hash === "" ? "none" : entry.hash}, as it was added`,
hint,
asks: true
};
}
const beyond = beyondLock(spec, entry);
if (beyond.length > 0) {
const key = beyond[0].slice(0, beyond[0].indexOf(":"));
return {
ok: false,
key,
asks: true,
message: `grants: found more than was allowed when '${api}' was added: ${beyond.join(", ")}`,
hint
};
}
return {
ok: true,
source: Object.freeze({
...source,
origin: "added"
})
};
}
function applyLocal({ api, grants }, source, allowed) {
for (const key of SHIPPED_ONLY){
const beyond = beyondGrants({
...NO_GRANTS,
[key]: grants[key]
}, allowed);
if (beyond.length > 0) {
const message = `grants: found ${beyond.join(", ")} for '${api}', whose source is ${source.origin}, allowed: what its line in configs/plugins.lock allows`;
return {
ok: false,
key,
message,
hint: LOCAL_HINT,
asks: true
};
}
}
return {
ok: true,
source
};
}
const LOCAL_HINT = "only shipped modules get builtins, folders and listen; the operator may allow it with 'grants allow'; what ran before keeps running";
function canonicalText(value) {
if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
if (value instanceof Date) return `date(${value.getTime()})`;
if (value instanceof Uint8Array) return `bytes(${value.toHex()})`;
if (typeof value === "object" && value !== null) {
const entries = Object.entries(value).toSorted(([a], [b])=>a < b ? -1 : 1);
return `{${entries.map(([key, item])=>`${JSON.stringify(key)}:${canonicalText(item)}`).join(",")}}`;
}
if (Object.is(value, -0)) return "-0";
return typeof value === "string" ? JSON.stringify(value) : `${value}`;
}
function compareVersions(a, b) {
if (a === "" || b === "") return Math.sign(a.length - b.length);
const left = a.split(".");
const right = b.split(".");
for(let i = 0; i < Math.max(left.length, right.length); i++){
const order = compareDigits(left[i] ?? "0", right[i] ?? "0");
if (order !== 0) return order;
}
return 0;
}
function compareDigits(a, b) {
const left = a.replace(/^0+/, "");
const right = b.replace(/^0+/, "");
if (left.length !== right.length) return Math.sign(left.length - right.length);
return left === right ? 0 : left < right ? -1 : 1;
}
const SHIPPED_PROGS = Object.freeze([
"chromadb",
"gate",
"mcp",
"my_module",
"openai",
"redis",
"self_improver",
"services/database",
"services/filesystem",
"services/http",
"services/packages",
"tasks/rl_trainer",
"web"
]);
const HTTP_SERVICE = Object.freeze({
api: "http",
prog: "services/http"
});
const SHOWN = 5;
const GRANT_KEYS = Object.keys(NO_GRANTS);
function doubtsOf(spec, text, apis) {
const at = (...path)=>`${spec.config}:${lineOf(text, path) ?? 1}: `;
const keys = Object.keys(spec.own).flatMap((key)=>{
const why = doubtfulKey(key);
return why === undefined ? [] : [
at(key) + why
];
});
const services = spec.grants.services.flatMap(({ api }, i)=>{
const why = doubtfulService(api, apis);
return why === undefined ? [] : [
`${at("grants", "services", i)}grants.services: ${why}`
];
});
const secrets = spec.grants.secrets.flatMap((secret, i)=>!("host" in secret) || spec.grants.net.some((grant)=>grant.slice(0, grant.lastIndexOf(":")).toLowerCase() === secret.host) ? [] : [
`${at("grants", "secrets", i)}grants.secrets: ${secret.env} is bound to ${secret.host}, which grants.net does not name: nothing is ever sent there`
]);
const opens_sockets = spec.grants.builtins.some((name)=>/^node:(?:net|tls|dns)$/.test(name));
const fetches = spec.grants.net.length > 0 && !opens_sockets && !apis.includes(HTTP_SERVICE.api) ? [
`${at("grants", "net")}grants.net: fetch goes through the service ${HTTP_SERVICE.api}, which no config of this home claims`
] : [];
return [
...keys,
...services,
...secrets,
...fetches
];
}
function doubtfulKey(key) {
if (GRANT_KEYS.includes(key)) {
return `'${key}' stands beside grants, not under it: it is read as a key of the module's own`;
}
const meant = closestName(key, CONFIG_KEYS);
return meant && `'${key}' is read as a key of the module's own; was '${meant}' meant?`;
}
function doubtfulService(api, apis) {
if (api.endsWith("/*")) {
const below = api.slice(0, -1);
return apis.some((one)=>one.startsWith(below)) ? undefined : `no config of this home claims a name below ${below}`;
}
if (apis.includes(api)) return undefined;
const none = `no config of this home claims '${api}'`;
const meant = closestName(api, apis);
if (meant !== undefined) return `${none}; was '${meant}' meant?`;
const there = closestFirst(api, apis).slice(0, SHOWN);
const more = apis.length > there.length ? ` and ${apis.length - there.length} more` : "";
return there.length === 0 ? none : `${none}; there are ${there.join(", ")}${more}`;
}
function isMetaName(name) {
return META_NAME.test(name);
}
const META_NAME = /^meta(?:-v(\d+(?:\.\d+)*))?\.ya?ml$/;
async function hashModule(spec, source, prompts) {
const { config: _config, version: _version, ...behaviour } = spec;
return await sha256Hex(canonicalText({
behaviour,
origin: source.origin,
source: source.hash,
prompts
}));
}
const NOTHING_ALLOWED = Object.freeze({
origin: "added",
from: "",
hash: "",
grants: NO_GRANTS,
limits: Object.freeze({}),
restart: DEFAULT_RESTART,
cell: "own",
approve: "ask"
});
function lockLine({ api, prog }, { origin }, lock) {
const own = lock.get(api);
if (own?.origin === "added" || origin === "shipped") return own;
const whose = addedOwner(prog, lock);
if (whose === undefined) return own;
return Object.freeze({
...NOTHING_ALLOWED,
from: lock.get(whose).from
});
}
function addedOwner(prog, lock) {
const parts = prog.split("/");
const names = parts.map((_, i)=>parts.slice(0, i + 1).join("/"));
return names.find((name)=>lock.get(name)?.origin === "added");
}
const LOCK_FILE = `${CONFIGS}/plugins.lock`;
function parseLock(text) {
try {
const map = parse(text ?? "", {
maxAliasCount: SOURCES.yaml_aliases
}) ?? {};
if (!isMap$1(map)) misfit([], map, "a map of api names");
return {
ok: true,
value: new Map(Object.entries(map).map(([api, line])=>[
readApi(api),
readEntry(line, api)
]))
};
} catch (error) {
if (error instanceof YamlSyntaxError) {
return {
ok: false,
rejection: reject(LOCK_FILE, `broken YAML: ${error.message}`, {
line: error.line
})
};
}
if (!(error instanceof Misfit)) throw error;
return {
ok: false,
rejection: reject(LOCK_FILE, error.message, {
line: lineOf(text ?? "", error.path)
})
};
}
}
function readApi(text) {
if (!isApiName(text)) throw new Misfit([
text
], `found the api ${show(text)}, allowed: ${API_NAME_RULE}`);
return text;
}
function readEntry(value, api) {
if (!isMap$1(value)) misfit([
api
], value, "a map of origin, hash, grants");
const { origin, hash, grants, limits, restart, cell, approve } = readMap(value, [
api
], KEYS$1);
const [kind, from] = readOrigin(origin, [
api,
"origin"
]);
const needed = kind === "added" || hash !== undefined && hash !== null;
return Object.freeze({
origin: kind,
from,
hash: needed ? readText$1(hash, [
api,
"hash"
], "a SHA-256 in hex", (text)=>/^[0-9a-f]{64}$/.test(text)) : "",
grants: parseGrants(grants, [
api,
"grants"
]),
limits: readLimits(limits, [
api,
"limits"
]),
restart: parseRestart(restart, [
api,
"restart"
]),
cell: cell === undefined || cell === null ? "own" : readCell(cell, [
api,
"cell"
]),
approve: approve === undefined || approve === null ? "ask" : readChoice(approve, [
api,
"approve"
], [
"ask",
"never"
])
});
}
const KEYS$1 = [
"origin",
"hash",
"grants",
"limits",
"restart",
"cell",
"approve"
];
function readLimits(value, path) {
const all = parseLimits(value, path);
const written = isMap$1(value) ? Object.keys(value) : [];
return Object.freeze(Object.fromEntries(written.map((name)=>[
name,
all[name]
])));
}
function readOrigin(value, path) {
const text = readText$1(value, path, "shipped, local, added FROM", (text)=>/^(?:shipped|local|added [^\p{C}]+)$/u.test(text));
return text.startsWith("added ") ? [
"added",
text.slice("added ".length)
] : [
text,
""
];
}
const DEFAULT_PRINCIPAL = Object.freeze({
name: CONSOLE,
services: "read_only"
});
const MOST_PRINCIPALS = 256;
const RESERVED = [
OPERATOR,
KERNEL_API,
TOOLS_API
];
function parsePrincipals(text) {
try {
const map = parse(text ?? "", {
maxAliasCount: SOURCES.yaml_aliases
}) ?? {};
if (!isMap$1(map)) misfit([], map, "a map of principals' names");
const written = Object.entries(map).map(([name, value])=>readPrincipal(name, value));
if (written.length > MOST_PRINCIPALS) {
throw new Misfit([], `found ${written.length} principals, allowed: at most ${MOST_PRINCIPALS}`);
}
return {
ok: true,
value: new Map([
DEFAULT_PRINCIPAL,
...written
].map((one)=>[
one.name,
one
]))
};
} catch (error) {
if (error instanceof YamlSyntaxError) {
return {
ok: false,
rejection: reject(PRINCIPALS_FILE, `broken YAML: ${error.message}`, {
line: error.line
})
};
}
if (!(error instanceof Misfit)) throw error;
return {
ok: false,
rejection: reject(PRINCIPALS_FILE, error.message, {
line: lineOf(text ?? "", error.path)
})
};
}
}
function readPrincipal(name, value) {
if (!isApiName(name)) throw new Misfit([
name
], `found the principal ${show(name)}, allowed: ${API_NAME_RULE}`);
if (RESERVED.includes(principalStamp(name))) {
throw new Misfit([
name
], `found the principal ${show(name)}, allowed: any other name; services know the host's own by it`);
}
const { grants } = readMap(value, [
name
], [
"grants"
]);
const { services } = readMap(grants, [
name,
"grants"
], [
"services"
]);
const entry = "api names or maps of api, methods, aspects";
return Object.freeze({
name,
services: readList(services, [
name,
"grants",
"services"
], entry, parseServiceGrant)
});
}
const META_DEFAULTS = Object.freeze({
enable_sandboxing: true,
kv: "runtime/image/live_image.kv",
event_log: "runtime/logs/events.jsonl",
log_max_mb: 10,
log_keep: 5,
log_keep_days: 0,
max_cells_starting: 4,
cells_memory_mb: 0,
warm_cells: 0,
kernel_memory_mb: 1_024
});
[
"prog",
...Object.keys(META_DEFAULTS)
];
function pickVersions(texts, unread) {
const refused = new Map(unread.map((rejection)=>[
rejection.file,
rejection
]));
const readable = new Map(texts.filter(({ file })=>!refused.has(file)).map((text)=>[
text.file,
text
]));
const picked = [];
const rejected = [
...refused.values()
].filter(({ file })=>!hasConfigExtension(file));
const claimants = [
...readable.keys(),
...refused.keys()
].filter(hasConfigExtension);
for (const group of Map.groupBy(claimants, (file)=>deriveNames(file).base).values()){
const best = group.reduce((a, b)=>rank(b, a) > 0 ? b : a);
const highest = group.filter((file)=>rank(file, best) === 0).toSorted();
for (const file of group){
const rejection = refused.get(file);
const api = highest.includes(file) ? guessApi(file, readable.get(file)?.text) : undefined;
if (rejection !== undefined) rejected.push({
...rejection,
...api !== undefined && {
api
}
});
else if (highest.length > 1 && highest.includes(file)) rejected.push(tie(file, highest, api));
else if (file === best) picked.push(readable.get(file));
}
}
return {
picked: picked.toSorted((a, b)=>a.file < b.file ? -1 : 1),
rejected
};
}
function rank(a, b) {
return compareVersions(deriveNames(a).version, deriveNames(b).version);
}
function tie(file, highest, api) {
const others = highest.filter((other)=>other !== file).join(", ");
return reject(file, `found the same version in ${others}, allowed: one file for each version`, {
api,
hint: "remove one of them, or put a dot before its name; what ran before keeps running"
});
}
async function walkConfigs(files, home, dotted = "pass over") {
const walk = {
files,
top: `${home}/${CONFIGS}`,
dotted,
found: [],
rejected: [],
seen: 0
};
try {
const top = await files.lstat(walk.top);
if (top !== undefined) await look(walk, {
file: CONFIGS,
name: CONFIGS,
path: walk.top,
kind: top.kind
}, []);
} catch (error) {
walk.rejected.push(unreadable(CONFIGS, error));
}
return walk;
}
async function look(walk, entry, above) {
const { file, name, path, kind } = entry;
try {
const real = kind === "symlink" ? await walk.files.realPath(path) : path;
if (kind === "symlink" && !real?.startsWith(`${walk.top}/`)) {
const where = real === undefined ? "nowhere" : "outside configs/";
walk.rejected.push(reject(file, `found a symlink that leads ${where}, ${SYMLINKS}`));
return;
}
const facts = real === undefined ? undefined : await walk.files.stat(real);
if (real === undefined || facts === undefined) return;
if (facts.kind === "folder" && !name.startsWith(".")) await enter(walk, file, real, above);
if (facts.kind === "file" && hasConfigExtension(name)) take(walk, file, real, facts);
} catch (error) {
walk.rejected.push(unreadable(file, error));
}
}
async function enter(walk, folder, real, above) {
if (above.includes(real)) {
walk.rejected.push(reject(folder, `found a symlink to a folder that holds it, ${SYMLINKS}`));
return;
}
const entries = await walk.files.list(real) ?? [];
for (const { name, kind } of entries.toSorted((a, b)=>a.name < b.name ? -1 : 1)){
if (isPassedOver(walk, folder, name) || kind === "file" && !hasConfigExtension(name)) continue;
if (++walk.seen > SOURCES.configs) {
const found = `found more than ${SOURCES.configs} files and folders, allowed: ${SOURCES.configs}`;
if (walk.seen === SOURCES.configs + 1) walk.rejected.push(reject(CONFIGS, found));
return;
}
await look(walk, {
file: `${folder}/${name}`,
name,
path: `${real}/${name}`,
kind
}, [
...above,
real
]);
}
}
function isPassedOver({ dotted }, folder, name) {
if (name.startsWith(".") && dotted === "pass over") return true;
const bare = name.replace(/^\.+/, "");
return folder === CONFIGS && (NOT_MODULES.includes(bare) || isMetaName(bare));
}
const NOT_MODULES = [
"principals.yml",
"principals.yaml",
"plugins.lock",
"packages.lock",
"personas"
];
const SYMLINKS = "allowed: symlinks to files and folders below configs/";
function take(walk, file, path, { size, mtime_ms, inode }) {
if (size <= SOURCES.config_bytes) walk.found.push({
file,
path,
facts: {
size,
mtime_ms,
inode
}
});
else walk.rejected.push(reject(file, `found ${size} bytes, allowed: at most ${SOURCES.config_bytes}`));
}
function unreadable(file, error) {
return reject(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
async function readConfigs(files, home, cache, { hash_all = false, dotted = "pass over" } = {}) {
const { found, rejected } = await walkConfigs(files, home, dotted);
const texts = [];
const refused = [
...rejected
];
for (const one of found){
const known = cache.get(one.file);
if (!hash_all && known !== undefined && hasFacts(known, one.facts)) {
texts.push(known);
continue;
}
try {
const text = await readOne$1(files, one);
if (text !== undefined) texts.push(known !== undefined && isAsRead(known, text) ? known : text);
} catch (error) {
refused.push(unreadable(one.file, error));
}
}
cache.clear();
for (const text of texts)cache.set(text.file, text);
return {
texts,
rejected: refused
};
}
async function readOne$1(files, { file, path, facts }) {
const text = await files.readText(path, SOURCES.config_bytes);
return text === undefined ? undefined : Object.freeze({
file,
text,
facts
});
}
function isAsRead(known, { text, facts }) {
return known.text === text && hasFacts(known, facts);
}
function hasFacts({ facts }, { size, mtime_ms, inode }) {
return facts.size === size && facts.mtime_ms === mtime_ms && facts.inode === inode;
}
function findClaims(specs, refused) {
const claims = [
...specs.map(({ spec })=>({
api: spec.api,
file: spec.config
})),
...refused.flatMap(({ api, file })=>api === undefined ? [] : [
{
api,
file
}
])
];
const files = Map.groupBy(claims, ({ api })=>api);
const alone = [];
const rejected = [];
for (const read of specs){
const { api, config } = read.spec;
const base = deriveNames(config).base;
const others = files.get(api).map(({ file })=>file).filter((file)=>deriveNames(file).base !== base);
if (others.length === 0) alone.push(read);
else rejected.push(twice(read, [
...new Set(others)
].toSorted()));
}
return {
alone,
rejected
};
}
function twice({ spec: { api, config }, text }, others) {
return reject(config, `api: found '${api}', which ${others.join(", ")} claims too, allowed: one file for each api`, {
api,
line: lineOf(text, [
"api"
]),
hint: "give one of them another api:, or put a dot before its name; what ran before keeps running"
});
}
function misplacedHttp({ prog, api, cell }, { origin }) {
if (origin !== "shipped" || prog !== HTTP_SERVICE.prog) return undefined;
const { api: name } = HTTP_SERVICE;
if (api !== name) {
const message = `api: found ${JSON.stringify(api)}, allowed: ${name}, under which fetch calls ${prog}`;
return {
key: "api",
message,
hint: `write api: ${name}; what ran before keeps running`
};
}
if (cell === "own") return undefined;
const message = `cell: found ${JSON.stringify(cell)}, allowed: own: the process of ${prog} may connect anywhere`;
return {
key: "cell",
message,
hint: "write cell: own; what ran before keeps running"
};
}
const parsed = new WeakMap();
function parseOnce(text) {
const known = parsed.get(text) ?? parseConfig(text);
parsed.set(text, known);
return known;
}
class Semaphore {
#free;
#running = 0;
#waiting = [];
constructor(permits){
this.#free = permits;
}
get busy() {
return this.#running > 0;
}
async run(job) {
this.#running++;
if (this.#free > 0) this.#free--;
else await new Promise((admitted)=>this.#waiting.push(admitted));
try {
return await job();
} finally{
this.#running--;
const next = this.#waiting.shift();
if (next) next();
else this.#free++;
}
}
}
function isWithdrawn({ spec, source }, lock) {
const line = lockLine(spec, source, lock);
const at = line?.origin === "added" ? {
...source,
hash: line.hash
} : source;
return !applyLock(spec, at, line).ok;
}
const AT_ONCE$1 = 4;
const NOBODY_BUT_CONSOLE = new Map([
[
DEFAULT_PRINCIPAL.name,
DEFAULT_PRINCIPAL
]
]);
async function resolvePlan(configs, world) {
const { picked, rejected: unpicked } = pickVersions(configs.texts, configs.rejected);
const parsed = picked.map((text)=>({
...parseOnce(text),
text: text.text
}));
const refused = [
...unpicked,
...parsed.flatMap((one)=>one.ok ? [] : [
one.rejection
])
];
const { alone, rejected: twice } = findClaims(parsed.flatMap((one)=>one.ok ? [
one
] : []), refused);
const lock = parseLock(world.lock);
const principals = parsePrincipals(world.principals);
const once = {
...world,
readSource: memo(world.readSource),
readPrompt: memo(world.readPrompt)
};
const unplanned = [
...new Set([
...refused,
...twice
].flatMap(({ api })=>api ?? []))
];
const few = new Semaphore(AT_ONCE$1);
const planned = await Promise.all([
...alone.map((read)=>few.run(()=>planModule$1(read, lock, once))),
...unplanned.map((api)=>few.run(()=>planFormer(api, lock, once)))
]);
const modules = new Map(planned.flatMap(({ module })=>module === undefined ? [] : [
[
module.spec.api,
module
]
]));
const withdrawn = !lock.ok ? [] : [
...world.running ?? []
].flatMap(([api, running])=>modules.has(api) || !isWithdrawn(running, lock.value) ? [] : [
api
]);
return Object.freeze({
modules,
principals: principals.ok ? principals.value : world.former_principals ?? NOBODY_BUT_CONSOLE,
...withdrawn.length > 0 && {
withdrawn
},
rejected: Object.freeze([
...refused,
...twice,
...lock.ok ? [] : [
lock.rejection
],
...principals.ok ? [] : [
principals.rejection
],
...planned.flatMap(({ rejection })=>rejection ?? [])
])
});
}
async function planModule$1({ spec, text }, lock, world) {
const found = await readSource(spec, world);
const entry = lock.ok ? lockLine(spec, found.ok ? found.value : {
origin: "local"
}, lock.value) : undefined;
if (!found.ok) {
const rejection = Object.freeze({
file: spec.config,
api: spec.api,
fault: found.fault
});
return entry?.origin === "added" ? await withFormer(spec, entry, rejection, world) : {
rejection
};
}
if (!lock.ok && found.value.origin !== "shipped") {
const message = `'${spec.api}' is not shipped, and ${LOCK_FILE} cannot be read to see what it may have`;
const hint = `mend ${LOCK_FILE}; what ran before keeps running`;
return {
rejection: reject(spec.config, message, {
api: spec.api,
hint
})
};
}
const verdict = applyLock(spec, found.value, entry);
if (!verdict.ok) {
const { key, message, hint, asks } = verdict;
const line = key === undefined ? undefined : lineOf(text, key in spec ? [
key
] : [
"grants",
key
]);
const code = asks ? "approval_required" : "config_invalid";
const rejection = reject(spec.config, message, {
api: spec.api,
line,
hint,
code
});
return entry?.origin === "added" ? await withFormer(spec, entry, rejection, world) : {
rejection
};
}
const misplaced = misplacedHttp(spec, verdict.source);
if (misplaced !== undefined) {
const { key, message, hint } = misplaced;
return {
rejection: reject(spec.config, message, {
api: spec.api,
line: lineOf(text, [
key
]),
hint
})
};
}
if (entry?.origin === "added") {
const { origin: _, ...source } = verdict.source;
await world.allowed?.keep(spec.api, {
config: {
file: spec.config,
text
},
source
});
}
return await withPrompts(spec, text, verdict.source, world);
}
async function planFormer(api, lock, world) {
const entry = lock.ok ? lock.value.get(api) : undefined;
if (entry?.origin !== "added") return {};
const { module } = await withFormer({
api
}, entry, undefined, world);
return module === undefined ? {} : {
module
};
}
async function withFormer({ api }, entry, rejection, world) {
const told = rejection === undefined ? {} : {
rejection
};
const copy = await world.allowed?.read(api);
const former = copy && await allowedFormer(copy, entry);
if (former === undefined || former.spec.api !== api) return told;
const { module } = await withPrompts(former.spec, copy.config.text, former.source, world);
return module === undefined ? told : {
module,
...told
};
}
async function withPrompts(spec, text, source, world) {
const prompts = [];
for (const [i, name] of spec.grants.prompts.entries()){
try {
prompts.push([
name,
await world.readPrompt(name)
]);
} catch (error) {
const line = lineOf(text, [
"grants",
"prompts",
i
]);
const message = `grants.prompts[${i}]: prompts/${name} cannot be read: ${textOf(error)}`;
return {
rejection: reject(spec.config, message, {
api: spec.api,
line
})
};
}
}
return {
module: Object.freeze({
spec,
source,
hash: await hashModule(spec, source, prompts)
})
};
}
async function readSource({ prog }, world) {
try {
return await world.readSource(prog);
} catch (error) {
return refuse(fault("load_failed", `source of prog '${prog}' cannot be read: ${textOf(error)}`));
}
}
function textOf(error) {
return error instanceof Error ? error.message : String(error);
}
function memo(read) {
const known = new Map();
return (name)=>{
const answer = known.get(name) ?? read(name);
known.set(name, answer);
return answer;
};
}
function progCandidates(prog, { home, program }) {
const shipped = SHIPPED_PROGS.includes(prog);
const roots = shipped && program !== home ? [
home,
program
] : [
home
];
return roots.flatMap((root)=>{
const origin = shipped && root === program ? "shipped" : "local";
const stem = `${root}/plugins/${prog}`;
const name = prog.slice(prog.lastIndexOf("/") + 1);
return [
{
file: `${stem}.ts`,
path: `${stem}.ts`,
entry: `${name}.ts`,
origin
},
{
file: `${stem}.js`,
path: `${stem}.js`,
entry: `${name}.js`,
origin
},
{
file: `${stem}/mod.ts`,
path: stem,
entry: "mod.ts",
origin
}
];
});
}
async function removeOldest(files, folder, { name: pattern, kept }) {
const names = (await files.list(folder) ?? []).map(({ name })=>name).filter((name)=>pattern.test(name));
if (names.length <= kept) return;
const dated = await Promise.all(names.map(async (name)=>{
const path = `${folder}/${name}`;
return {
path,
time: (await files.lstat(path))?.mtime_ms ?? 0
};
}));
dated.sort((a, b)=>a.time - b.time);
for (const { path } of dated.slice(0, names.length - kept))await files.remove(path);
}
const KEPT$2 = 256;
const NAME$4 = /^[0-9a-f]{64}\.mjs$/;
const HEADER = /^\/\/ sha256 ([0-9a-f]{64})\n/;
const HEADER_BYTES = 75;
function bundleCache(files, folder, kept = KEPT$2) {
return {
read: async (key)=>{
try {
const text = await files.readText(`${folder}/${key}.mjs`, SOURCES.bundle_bytes + HEADER_BYTES);
const header = text === undefined ? null : HEADER.exec(text);
const code = text?.slice(header?.[0].length);
return header !== null && await sha256Hex(code) === header[1] ? code : undefined;
} catch  {
return undefined;
}
},
write: async (key, code)=>{
try {
await files.makeFolder(folder);
await files.writeWhole(`${folder}/${key}.mjs`, `// sha256 ${await sha256Hex(code)}\n${code}`);
await removeOldest(files, folder, {
name: NAME$4,
kept
});
} catch  {
}
}
};
}
const VET_VERSION = 2;
function bundleLoader({ cache, vet, versions, runtime }) {
const under_way = new Map();
return async (request)=>{
const key = await bundleKey(request, versions, runtime);
const other = under_way.get(key);
if (other !== undefined) return await other;
const mine = load(key, request).finally(()=>under_way.delete(key));
under_way.set(key, mine);
return await mine;
};
async function load(key, request) {
const { source: { entry, files }, ...facts } = request;
const kept = await cache.read(key);
if (kept !== undefined) return ok({
code: kept
});
const answer = await vet({
...facts,
entry,
files
});
if (answer.ok) await cache.write(key, answer.value.code);
return answer;
}
}
async function bundleKey({ api, source, packages, builtins }, versions, runtime) {
const granted = packages.toSorted().map((name)=>[
name,
versions[name] ?? ""
]);
return await sha256Hex(JSON.stringify([
VET_VERSION,
runtime,
api,
source.hash,
granted,
builtins.toSorted()
]));
}
const PACKAGES_LOCK = "configs/packages.lock";
const PACKAGES_FOLDER = "runtime/packages";
const PACKAGES = Object.freeze({
lock_bytes: 1_048_576,
bundle_bytes: 4_194_304
});
const NAME$3 = /^(?:@[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,127}$/;
const VERSION = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?$/;
function isPackageName(text) {
return typeof text === "string" && NAME$3.test(text);
}
function isPackageVersion(text) {
return typeof text === "string" && VERSION.test(text);
}
function packageFile(name, version) {
return `${PACKAGES_FOLDER}/${name.replace("/", "+")}@${version}.mjs`;
}
function parsePackagesLock(text) {
try {
const map = parse(text ?? "", {
maxAliasCount: SOURCES.yaml_aliases
}) ?? {};
if (!isMap(map)) throw new Error("it is no map of names");
return ok(new Map(Object.entries(map).map(([name, line])=>[
readName(name),
readLine(name, line)
])));
} catch (error) {
const message = `${PACKAGES_LOCK} cannot be read: ${error.message}`;
return refuse(fault("config_invalid", message, {
hint: "it is written by: packages approve ID"
}));
}
}
function readName(name) {
if (!isPackageName(name)) throw new Error(`${JSON.stringify(name)} is no name of a package`);
return name;
}
function readLine(name, line) {
if (!isMap(line)) throw new Error(`${name}: it is no map of version, sha256, contains`);
const { version, sha256, contains } = line;
if (!isPackageVersion(version)) throw new Error(`${name}: version is no exact version`);
if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) {
throw new Error(`${name}: sha256 is no SHA-256 in hex`);
}
if (!isMap(contains) || !Object.values(contains).every((one)=>typeof one === "string")) {
throw new Error(`${name}: contains is no map of name@version and integrity`);
}
return Object.freeze({
version,
sha256,
contains: contains
});
}
function isMap(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
function ownPackages(files, home, shipped) {
return async (granted)=>{
const names = granted.filter((name)=>!Object.hasOwn(shipped, name));
if (names.length === 0) return ok([]);
const lock = parsePackagesLock(await files.readText(`${home}/${PACKAGES_LOCK}`, PACKAGES.lock_bytes));
if (!lock.ok) return lock;
const texts = [];
let total = 0;
for (const name of names){
const text = await readChecked(files, home, name, lock.value.get(name));
if (!text.ok) return text;
total += text.value.length;
texts.push([
name,
new TextDecoder().decode(text.value)
]);
}
return total <= PACKAGES.bundle_bytes ? ok(texts) : refuse(fault("load_failed", `the packages ${names.join(", ")} have ${total} bytes together; ${PACKAGES.bundle_bytes} are allowed`));
};
}
async function readChecked(files, home, name, locked) {
if (locked === undefined) {
return refused$3(`the program brings no package '${name}'`, "nor is it approved for this home: a module asks for it with request() of package_service; then: packages approve ID");
}
const file = packageFile(name, locked.version);
const bytes = await files.read(`${home}/${file}`, PACKAGES.bundle_bytes).catch((error)=>String(error));
if (typeof bytes === "string") return refused$3(`the package '${name}' cannot be read: ${bytes}`, "approve it again");
if (bytes === undefined) {
return refused$3(`the package '${name}' is approved, but ${file} is not there`, "approve it again, or put it back");
}
const found = await sha256Hex(bytes);
if (found === locked.sha256) return ok(bytes);
return refused$3(`the package '${name}' was changed since it was approved: ${file} has the SHA-256 ${found}, ${PACKAGES_LOCK} says ${locked.sha256}`, "put the file back as it was, or remove it and approve the package again");
}
function refused$3(message, hint) {
return refuse(fault("load_failed", message, {
hint
}));
}
class RefusedSource extends Error {
hint;
constructor(message, hint = "mend the file, or put a regular one there"){
super(message), this.hint = hint;
}
}
const SOURCE = /\.(?:ts|js|mjs|json|txt|md|yml|yaml|html|css|sql)$/;
const TEST = /_test\.ts$/;
const DEPTH = 16;
const NAMES = 4_000;
async function findSourceFiles(files, candidate) {
const { path, kind, root } = candidate;
const shown = `${root.slice(root.lastIndexOf("/") + 1)}${path.slice(root.length)}`;
const entry = kind === "folder" ? `${path}/mod.ts` : path;
const [real, realRoot] = [
await files.realPath(path),
await files.realPath(root)
];
if (realRoot === undefined || real === undefined || await files.lstat(entry) === undefined) return undefined;
if (!real.startsWith(`${realRoot}/`)) throw leadsOut(shown, real, "the folder of the plugins");
if (kind === "folder") return await findBelow(files, {
folder: path,
real,
shown
});
const name = path.slice(path.lastIndexOf("/") + 1);
requireFile(shown, await files.lstat(real));
return [
{
path: name,
from: path,
real,
shown
}
];
}
async function findBelow(files, module) {
const found = [];
const open = [
{
below: "",
depth: 0
}
];
let names = 0;
for(let next = open.pop(); next !== undefined; next = open.pop()){
const entries = await files.list(`${module.folder}${next.below && `/${next.below}`}`) ?? [];
names += entries.length;
if (names > NAMES) throw new RefusedSource(`${module.shown}: has more than ${NAMES} names in its folders`);
for (const { name, kind } of entries){
if (name.startsWith(".")) continue;
const path = next.below === "" ? name : `${next.below}/${name}`;
const shown = `${module.shown}/${path}`;
const from = `${module.folder}/${path}`;
const real = kind === "symlink" ? await followLink(files, module.real, {
from,
shown
}) : `${module.real}/${path}`;
if (kind === "folder") {
if (next.depth === DEPTH) {
throw new RefusedSource(`${shown}: folders may lie ${DEPTH} deep in a module's folder`);
}
open.push({
below: path,
depth: next.depth + 1
});
} else if (SOURCE.test(name) && !TEST.test(name)) {
requireFile(shown, await files.lstat(real));
found.push({
path,
from,
real,
shown
});
if (found.length > SOURCES.files) {
throw new RefusedSource(`${module.shown}: has more than ${SOURCES.files} files`);
}
}
}
}
return found.sort((a, b)=>a.path < b.path ? -1 : 1);
}
async function followLink(files, inside, { from, shown }) {
const real = await files.realPath(from);
if (real === undefined) throw new RefusedSource(`${shown}: is a link to nothing`);
if (!real.startsWith(`${inside}/`)) throw leadsOut(shown, real, "the module's folder");
requireFile(shown, await files.lstat(real));
return real;
}
function requireFile(shown, facts) {
if (facts?.kind !== "file") throw new RefusedSource(`${shown}: is no regular file`);
if (facts.size > SOURCES.file_bytes) {
throw new RefusedSource(`${shown}: has ${facts.size} bytes; ${SOURCES.file_bytes} are allowed in one file`);
}
}
function leadsOut(shown, real, place) {
return new RefusedSource(`${shown}: leads to ${real}, out of ${place}`);
}
async function readSources(files, candidates) {
for (const candidate of candidates){
try {
const found = await findSourceFiles(files, candidate);
if (found === undefined) continue;
return ok(await readAll(files, candidate, found));
} catch (error) {
if (error instanceof RefusedSource) return refuse(fault("load_failed", error.message, {
hint: error.hint
}));
return refuse(fault("load_failed", `${candidate.path}: ${error instanceof Error ? error.message : error}`));
}
}
}
async function readAll(files, candidate, found) {
const read = [];
let total = 0;
for (const file of found){
const bytes = await readOne(files, file);
if (bytes === undefined) continue;
total += bytes.length;
if (total > SOURCES.total_bytes) {
throw new RefusedSource(`${file.shown}: the module's files are larger than ${SOURCES.total_bytes} bytes together`);
}
read.push({
path: file.path,
text: decode$1(file, bytes)
});
}
const { origin, path } = candidate;
const entry = candidate.kind === "folder" ? "mod.ts" : path.slice(path.lastIndexOf("/") + 1);
if (!read.some((file)=>file.path === entry)) {
throw new RefusedSource(`${found[0].shown}: removed while it was read`);
}
const hash = await sourceHash({
entry,
files: read
});
return Object.freeze({
origin,
path,
entry,
files: Object.freeze(read),
hash
});
}
async function readOne(files, { path, real, from, shown }) {
let bytes;
try {
bytes = await files.read(real, SOURCES.file_bytes);
} catch (error) {
throw new RefusedSource(`${shown}: ${error instanceof Error ? error.message : error}`);
}
if (bytes === undefined) return undefined;
if (bytes.length > SOURCES.file_bytes) {
throw new RefusedSource(`${shown}: has ${bytes.length} bytes; ${SOURCES.file_bytes} are allowed in one file`);
}
if (await files.realPath(from) !== real || await files.realPath(real) !== real) {
throw new RefusedSource(`${shown}: '${path}' was replaced while it was read`, "it is read again by itself");
}
return bytes;
}
function decode$1({ shown }, bytes) {
try {
return new TextDecoder("utf-8", {
fatal: true
}).decode(bytes);
} catch  {
throw new RefusedSource(`${shown}: is not UTF-8 text`, "save it as UTF-8");
}
}
function realPositions(text, find) {
return text.replace(/plugin:\/\/\/((?:(?!plugin:)[^\n:])*)/g, (url, rest)=>{
const word = /^[\w.%~/-]*/.exec(rest)[0];
for (const name of [
rest,
word,
word.replace(/\.+$/, "")
]){
const path = findFile(name, find);
if (path !== undefined) return path + rest.slice(name.length);
}
return url;
});
}
function pathsOf(sources, home) {
return (api, file)=>{
const source = sources.get(api);
if (!source?.files.some(({ path })=>path === file)) return undefined;
const path = source.entry === "mod.ts" && !source.path.endsWith("/mod.ts") ? `${source.path}/${file}` : source.path;
return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
};
}
function findFile(path, find) {
const names = path.split("/");
for(let count = Math.min(4, names.length - 1); count > 0; count--){
const api = names.slice(0, count).join("/");
if (!isApiName(api)) continue;
const file = names.slice(count).join("/");
const found = find(api, file) ?? find(api, decode(file));
if (found !== undefined) return found;
}
}
function decode(path) {
try {
return decodeURIComponent(path);
} catch  {
return path;
}
}
const LOCK_BYTES = 1_048_576;
const PROMPT_BYTES = 1_048_576;
const UNREADABLE$2 = "[";
async function readPrompt(files, home, name) {
const real = await files.realPath(`${home}/prompts/${name}`);
return real?.startsWith(`${home}/prompts/`) ? await files.readText(real, PROMPT_BYTES) : undefined;
}
async function readText(files, home, file) {
const path = `${home}/${file}`;
try {
const text = await files.readText(path, LOCK_BYTES);
return text === undefined && await files.lstat(path) !== undefined ? UNREADABLE$2 : text;
} catch  {
return UNREADABLE$2;
}
}
async function planWorld(files, places, allowed) {
const { home } = places;
return {
lock: await readText(files, home, LOCK_FILE),
principals: await readText(files, home, PRINCIPALS_FILE),
readSource: async (prog)=>{
const candidates = progCandidates(prog, places);
const read = await readSources(files, candidates.map((candidate)=>sourceCandidate(candidate, places)));
if (read !== undefined) return read;
const sought = candidates.filter(({ origin })=>origin === "local").map(({ file })=>file.slice(home.length + 1));
return refuse(fault("load_failed", `no source for prog '${prog}'`, {
hint: `write ${sought[0]}, or name another prog; sought: ${sought.join(", ")}`
}));
},
readPrompt: (name)=>readPrompt(files, home, name),
...allowed !== undefined
};
}
function sourceCandidate({ path, entry, origin, file }, { home, program }) {
const root = file.startsWith(`${home}/plugins/`) ? home : program;
return {
path,
origin,
kind: entry === "mod.ts" ? "folder" : "file",
root: `${root}/plugins`
};
}
async function planModule(files, { home, program }, named) {
const world = await planWorld(files, {
home,
program
});
const prog = progOf(named, home);
if (prog !== undefined) {
const configs = await readConfigs(files, home, new Map());
const plan = await resolvePlan(configs, world);
const claims = [
...plan.modules.values()
];
const planned = claims.find(({ spec })=>spec.api === named) ?? claims.find(({ spec })=>spec.prog === prog);
if (planned !== undefined) {
const { text = "" } = configs.texts.find(({ file })=>file === planned.spec.config) ?? {};
const claimed = plan.rejected.flatMap(({ api })=>api ?? []);
return ok({
planned,
configured: true,
doubts: doubtsOf(planned.spec, text, [
...plan.modules.keys(),
...claimed
])
});
}
const rejected = plan.rejected.find(({ api, file })=>api === named || api === prog || isConfigOf(file, prog));
if (rejected !== undefined) {
const place = rejected.line === undefined ? rejected.file : `${rejected.file}:${rejected.line}`;
const said = rejected.fault.message;
return refuse({
...rejected.fault,
message: said.startsWith(rejected.file) ? said : `${place}: ${said}`
});
}
}
const source = prog === undefined ? await readElsewhere(files, named) : await world.readSource(prog);
if (!source.ok) return source;
return ok({
planned: await withDefaults(prog ?? nameOf(named), source.value),
configured: false,
doubts: []
});
}
function progOf(named, home) {
if (isApiName(named) && !named.startsWith("plugins/")) return named;
const below = relative(join$1(home, "plugins"), resolve(home, named));
const prog = below.replace(/\/mod\.ts$/, "").replace(/(?:_test)?\.(?:ts|js)$/, "").replace(/\/$/, "");
return isApiName(prog) ? prog : undefined;
}
function isConfigOf(file, prog) {
return new RegExp(`^configs/${prog}(?:-v[0-9.]+)?\\.ya?ml$`).test(file);
}
async function readElsewhere(files, named) {
const path = resolve(named);
const real = await files.realPath(path);
const isFolder = real !== undefined && (await files.stat(real))?.kind === "folder";
const root = (real ?? path).replace(/\/[^/]*$/, "");
const found = real === undefined ? undefined : await readSources(files, [
{
path: real,
origin: "local",
kind: isFolder ? "folder" : "file",
root
}
]);
return found ?? refuse(fault("not_found", `there is no module '${named}'`, {
hint: "name a module's api, a file below plugins/, or a folder with mod.ts; 'plugin new' makes one"
}));
}
function nameOf(path) {
const name = basename(path === "mod.ts" || path.endsWith("/mod.ts") ? resolve(path, "..") : path);
const word = name.replace(/\.(?:ts|js)$/, "").replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 32);
return isApiName(word) ? word : "module";
}
async function withDefaults(name, source) {
const parsed = parseConfig({
file: `configs/${name}.yml`,
text: ""
});
if (!parsed.ok) throw new Error(parsed.rejection.fault.message);
return {
spec: parsed.spec,
source,
hash: await hashModule(parsed.spec, source, [])
};
}
function shownPath({ source }, home) {
const isFolder = source.entry === "mod.ts" && !source.path.endsWith("/mod.ts");
return (file)=>{
const path = isFolder ? `${source.path}/${file}` : source.path;
return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
};
}
const COUNTS_METHOD = "metaMachineLineCounts";
function addCounts(sum, counts, show) {
if (typeof counts !== "object" || counts === null) return;
for (const [file, lines] of Object.entries(counts)){
const known = sum[show(file)] ??= {};
for (const [line, count] of Object.entries(lines)){
known[Number(line)] = (known[Number(line)] ?? 0) + Number(count);
}
}
}
async function addFileCoverage(folder, counts) {
await Deno.writeTextFile(`${folder}/${crypto.randomUUID()}.json`, JSON.stringify(counts));
}
const ON_ITS_WAY_MS = 50;
function testLog() {
const lines = [];
const waiting = new Set();
return {
add (level, text) {
lines.push({
level,
text
});
for (const look of waiting)look();
},
logged (part, ms = 1_000) {
const find = ()=>lines.find(({ text })=>typeof part === "string" ? text.includes(part) : part.test(text))?.text;
return new Promise((resolve, reject)=>{
const end = (settle)=>{
clearTimeout(timer);
waiting.delete(look);
settle();
};
const look = ()=>{
const found = find();
if (found !== undefined) end(()=>resolve(found));
};
const late = ()=>new Error(`the module logged nothing like ${part} within ${ms} ms, but: ${JSON.stringify(lines.map(({ text })=>text))}`);
const timer = setTimeout(()=>end(()=>reject(late())), ms);
waiting.add(look);
look();
});
},
async all () {
await new Promise((resolve)=>setTimeout(resolve, ON_ITS_WAY_MS));
return lines.map(({ level, text })=>`${level} ${text}`);
}
};
}
const TEST_CELL = "under_test";
const LEAVE_MS = 1_000;
async function runModuleTest(file, options, body) {
const { bench, home } = file;
const found = await planModule(allFiles, home, options.module ?? home.prog);
if (!found.ok) throw new FaultError(found.fault);
const planned = withOptions(found.value.planned, options);
const { api } = planned.spec;
const code = await codeOf$1(file, planned);
const log = testLog();
let failure;
bench.onLine = (line)=>void (line.api === api && log.add(line.level, line.text));
bench.onFailure = (_, phase, why)=>failure ??= `${phase === "run" ? "run()" : phase}: ${why.message}`;
for (const name of Object.keys(bench.secrets))delete bench.secrets[name];
Object.assign(bench.secrets, options.secrets);
options.services?.clear();
const placed = [];
const place = (outcome)=>{
if (!outcome.ok) throw new FaultError(outcome.fault);
placed.push(outcome.value);
return outcome.value;
};
try {
for (const [name, service] of Object.entries(options.services?.services ?? {})){
place(await bench.standIn(name, ()=>service));
}
let kernel;
const everything = [
api,
...Object.keys(options.services?.services ?? {})
].map((name)=>({
api: name
}));
place(await bench.standIn(options.caller ?? "test", (_, given)=>(kernel = given, {}), everything));
const module = place(await bench.bench.bring(planned, code));
module.cell.run(module.id);
const handle = kernel.getApi(api);
try {
await body({
module: handle,
tool: (entry, params = {})=>handle.asAspect("tool").call(entry, params),
logged: (part, ms)=>log.logged(part, ms),
kernel: kernel
});
} finally{
if (file.coverage !== undefined) {
const counts = await handle.call(COUNTS_METHOD).catch(()=>undefined);
addCounts(file.coverage, counts, shownPath(planned, home.home));
}
}
if (failure !== undefined) throw new Error(`the module failed by itself: ${failure}`);
} catch (error) {
for (const line of (await log.all()))console.error(`[${api}] ${line}`);
throw error;
} finally{
for (const instance of placed.reverse())await bench.bench.leave(instance, LEAVE_MS);
}
}
function withOptions(planned, { config }) {
const { spec } = planned;
return {
...planned,
spec: {
...spec,
cell: TEST_CELL,
own: {
...spec.own,
...config
}
}
};
}
async function codeOf$1({ bench: { bench }, coverage }, planned) {
const bundle = coverage === undefined ? await bench.bundle(planned) : await bench.counted(planned, COUNTS_METHOD);
if (!bundle.ok) throw new FaultError(bundle.fault);
return bundle.value;
}
const REGISTER = "((register, test) => register(test))";
const CALL_AT = REGISTER.indexOf("register(test)");
function registerForAuthor(register, test) {
const place = authorPlace(new Error().stack ?? "");
if (place === undefined) return register(test);
const { url, line, column } = place;
const script = new Script(REGISTER, {
filename: withoutMap(url),
lineOffset: line - 1,
columnOffset: column - 1 - CALL_AT
});
script.runInThisContext()(register, test);
}
function authorPlace(stack) {
const frame = stack.split("\n").filter((line)=>/^\s+at /.test(line))[2] ?? "";
const [, url, line, column] = /(file:\/\/.+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
return url === undefined ? undefined : {
url,
line: Number(line),
column: Number(column)
};
}
function withoutMap(url) {
return url.replace(/\.([^.]*)$/, "%2E$1");
}
function kernelSocket(run, epoch) {
return `${run}/k.${epoch}.sock`;
}
function publishedKernelSocket(run) {
return `${run}/k.sock`;
}
function controlSocket(run, epoch) {
return `${run}/c.${epoch}.sock`;
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
const utf8$5 = new TextEncoder();
async function proveToken(token_hex, nonce_hex, cell, incarnation) {
const key = await importKey(token_hex, "sign");
invariant(key, "a cell's token is hex");
return new Uint8Array(await crypto.subtle.sign(HMAC, key, message(nonce_hex, cell, incarnation))).toHex();
}
async function checkProof(token_hex, nonce_hex, cell, incarnation, proof_hex) {
const key = await importKey(token_hex, "verify");
const proof = fromHex(proof_hex);
if (key === undefined || proof === undefined) return false;
return await crypto.subtle.verify(HMAC, key, proof, message(nonce_hex, cell, incarnation));
}
async function importKey(token_hex, use) {
const token = fromHex(token_hex);
if (token === undefined || token.length === 0) return undefined;
return await crypto.subtle.importKey("raw", token, HMAC, false, [
use
]);
}
function message(nonce_hex, cell, incarnation) {
return utf8$5.encode(JSON.stringify([
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
const MIB$3 = 1_048_576;
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
this.#limit = memory_mb * MIB$3;
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
const MIB$2 = 1_048_576;
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
const above = rss - this.#memory_mb * MIB$2;
if (above > 0 && above <= GUARD.chance_mb * MIB$2 && this.#handlesLarge(now) && now - this.#chance_at > GUARD.chances_each_ms) {
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
found: Math.ceil(rss / MIB$2),
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
const room_mb = this.#memory_mb + GUARD.above_mb - this.#rss / MIB$2;
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
const KEPT$1 = 2_048;
const kept = new Map();
function quoteName(name) {
const known = kept.get(name);
if (known !== undefined) return known;
const quoted = JSON.stringify(name);
if (kept.size < KEPT$1) kept.set(name, quoted);
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
const PHASES$2 = new Set([
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
return PHASES$2.has(phase) ? carry({
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
const FAULT_UNITS = 8_192;
const NAME_UNITS$1 = 128;
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
name: clipText(name, NAME_UNITS$1)
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
const INSTANCES = 1_024;
const KEYS = 65_536;
const HASH_UNITS = 128;
const HASH = /^[A-Za-z0-9_-]+$/;
const API_UNITS = 160;
const VERSION_UNITS = 256;
const PHASES$1 = new Set([
"loading",
"ready",
"running",
"shutting_down",
"failed"
]);
function parseCellReport(value) {
if (!isRecord(value)) return undefined;
const instances = parseEach(value["instances"], INSTANCES, parseReported);
const holds = parseEach(value["holds"], KEYS, (key)=>isCallKey(key) ? key : undefined);
return instances && holds && {
instances,
holds
};
}
function parseReported(value) {
if (!isRecord(value)) return undefined;
const { instance, api, hash, phase, started_at, has_run, state, awaits_state, version } = value;
const tools = parseTools(value["tools"]);
if (!isInstanceId(instance) || !isText(api, API_UNITS) || !isText(hash, HASH_UNITS) || !HASH.test(hash)) {
return undefined;
}
if (!PHASES$1.has(phase) || !isAmount(started_at) || typeof has_run !== "boolean" || !tools) return undefined;
if (version !== undefined && !isText(version, VERSION_UNITS)) return undefined;
if (state !== undefined && !isStateMethods(state)) return undefined;
if (awaits_state !== undefined && awaits_state !== true) return undefined;
const kept = value["kept"] === undefined ? undefined : parseEach(value["kept"], LOANS.names, parseLoan);
if (value["kept"] !== undefined && kept === undefined) return undefined;
return {
...{
instance,
api,
hash,
phase: phase,
started_at,
has_run,
tools
},
...version !== undefined && {
version
},
...state !== undefined && {
state
},
...awaits_state && {
awaits_state
},
...kept && {
kept
}
};
}
function parseLoan(value) {
if (!isRecord(value) || !isText(value["name"], HEADER_BOUNDS.name)) return undefined;
const to = parseEach(value["to"], LOANS.borrowers, (api)=>isText(api, API_UNITS) ? api : undefined);
return to && {
name: value["name"],
to
};
}
function isStateMethods(value) {
return value === "export" || value === "import" || value === "both";
}
function parseCellFigures(value) {
if (!isRecord(value)) return undefined;
const { rss, cpu_ms, cpu_percent } = value;
if (cpu_percent !== undefined && !isAmount(cpu_percent)) return undefined;
const instances = parseEach(value["instances"], INSTANCES, (entry)=>{
if (!isRecord(entry)) return undefined;
const { instance, active_tasks, error_count, last_error_time, timers } = entry;
if (timers !== undefined && !isCount(timers)) return undefined;
if (!isInstanceId(instance) || !isCount(active_tasks) || !isCount(error_count)) return undefined;
if (last_error_time !== null && !isAmount(last_error_time)) return undefined;
return {
instance,
active_tasks,
error_count,
last_error_time,
...timers !== undefined && {
timers
}
};
});
return isAmount(rss) && isAmount(cpu_ms) && instances ? {
rss,
cpu_ms,
instances,
...cpu_percent !== undefined && {
cpu_percent
}
} : undefined;
}
function parseLoaded(value) {
if (!isRecord(value)) return undefined;
const tools = parseTools(value["tools"]);
const { run, state } = value;
if (!tools || typeof run !== "boolean" || state !== undefined && !isStateMethods(state)) return undefined;
return {
tools,
run,
...state !== undefined && {
state
}
};
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
const LEVELS$1 = new Set([
"DEBUG",
"INFO",
"WARNING",
"ERROR"
]);
const LIMIT_NAME = /^[a-z][a-z_]{0,63}$/;
const STACK_UNITS$1 = 32_768;
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
return LEVELS$1.has(level) && typeof text === "string" ? {
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
stack: stack.slice(0, STACK_UNITS$1)
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
function refusal$3(fault) {
return {
ok: false,
code: fault.code,
payload: faultPayload$2(fault)
};
}
function faultPayload$2(fault) {
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
}, faultPayload$2(why));
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
}, faultPayload$2(why));
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
}, faultPayload$2(notServing(id)));
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
const utf8$4 = new TextEncoder();
function exceedsBytes(payload, max_bytes) {
const { length } = payload;
if (length > max_bytes || typeof payload !== "string") return length > max_bytes;
return 3 * length > max_bytes && utf8$4.encode(payload).length > max_bytes;
}
function ownPayload(payload) {
return typeof payload === "string" ? ` ${payload}`.slice(1) : payload.slice();
}
const utf8$3 = new TextEncoder();
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
let { read, written } = utf8$3.encodeInto(text, this.#sealed.subarray(start));
if (read < text.length) {
this.#reserve(start + 3 * text.length);
({ read, written } = utf8$3.encodeInto(text, this.#sealed.subarray(start)));
}
this.#finish(TEXT_TYPE, headers.length, start + written);
}
#sealBytes(headers) {
const encoded = utf8$3.encode(headers);
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
return 3 * text.length <= WIRE.header_bytes || text.length <= WIRE.header_bytes && utf8$3.encode(text).length <= WIRE.header_bytes;
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
const utf8$2 = new TextDecoder("utf-8", {
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
text = utf8$2.decode(body.subarray(PREFIX_BYTES, type === TEXT_TYPE ? body.length : start));
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
const MORE$1 = Object.freeze({
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
...header.more && MORE$1
};
case "piece":
return header;
default:
return undefined;
}
}
const READ_BYTES$1 = 65_536;
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
let buffer = new Uint8Array(READ_BYTES$1);
try {
while(!link.closed){
if (this.#reads_held !== undefined) await this.#reads_held.promise;
const count = await link.connection.read(buffer);
if (count === null) return;
const { messages, violation } = reader.feed(buffer.subarray(0, count));
if (reader.holds_chunk) buffer = new Uint8Array(READ_BYTES$1);
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
const RANGES_PER_ACK$1 = 64;
const ACK_AT$1 = 128;
const NONE$2 = Object.freeze([]);
class CallVoice {
#acks = new Map();
#effects = [];
takeEffects() {
const effects = this.#effects;
if (effects.length === 0) return NONE$2;
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
if (which === "many" && ids.length < ACK_AT$1) continue;
this.#acks.delete(link);
ids.sort((a, b)=>a - b);
for(let first = 0; first < ids.length; first += WIRE.ack_ids){
const ranges = toRanges(ids.slice(first, first + WIRE.ack_ids));
for(let at = 0; at < ranges.length; at += RANGES_PER_ACK$1){
this.say(link, {
t: "ack",
ids: ranges.slice(at, at + RANGES_PER_ACK$1)
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
this.end(call, refusal$3(fault("cancelled", "the call was cancelled before it was sent")), false);
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
if (call.cancelled) this.end(call, refusal$3(fault("cancelled", "the call was cancelled before it was sent")), false);
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
this.end(call, refusal$3(fault("moved", text, {
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
const NONE$1 = Object.freeze([]);
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
older: NONE$1,
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
this.#parts.ended(this.#parts.served.finish(word.id, refusal$3(fault("moved", text, {
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
const moved = refusal$3(fault("moved", text, {
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
const answer = refusal$3(fault("cancelled", "the call was cancelled", {
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
const refused = (maybe_ran)=>refusal$3({
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
const killed = refusal$3(fault("module_killed", text, {
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
return this.#voice.reply(asker, refusal$3(fault("moved", `the instance ${call.to} is no longer here`)));
}
const { aspect, name, kind, caller, trace, ms, streams = 0, made } = call;
const lent_with = kind === "lent" ? this.#made.get(made ?? -1) : undefined;
if (kind === "lent" && lent_with?.instance !== call.to && !this.#served.knows(call.key)) {
return this.#voice.reply(asker, refusal$3(fault("cancelled", "the call with which this function was lent is over")));
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
const why = what.kind === "too_large" ? tooLarge$1(what.max_bytes) : crowded(message.t, cell.callBytes());
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
function tooLarge$1(max_bytes) {
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
const LOOK_MS$1 = 1;
async function outgrown({ clock, rss }, bytes) {
while(rss() <= bytes)await new Promise((resume)=>clock.after(LOOK_MS$1, resume));
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
const MIB$1 = 1_048_576;
const CALLS_PART = 1 / 8;
const LAST_WORDS_MS$1 = 50;
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
callBytes: ()=>Math.max(this.#table.message_bytes, args.memory_mb * MIB$1 * CALLS_PART),
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
const answer = refusal$3(fault("rate_limited", text));
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
const said = this.#links.flush(LAST_WORDS_MS$1);
if (limit === "memory_mb") await Promise.race([
said,
outgrown(this.#powers, (allowed + LAST_WORDS_MB) * MIB$1)
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
this.#links.flush(LAST_WORDS_MS$1),
withinMs(this.#powers.clock, LAST_WORDS_MS$1, this.#sink.drain())
]);
this.#powers.exit(code);
}
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
DOORS.filter((door)=>door.code !== undefined);
const { load, store } = Atomics;
const RUNNING = 0;
const BEGUN = 1;
const STOPPED = 2;
function newRunningMark() {
return new Int32Array(new SharedArrayBuffer(12));
}
function begin(mark, serial) {
store(mark, BEGUN, serial | 0);
if (load(mark, STOPPED) !== 0) return false;
store(mark, RUNNING, serial | 0);
return true;
}
function pause$1(mark) {
store(mark, RUNNING, 0);
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
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
new Map([
...DIGITS
].map((digit, value)=>[
digit,
value
]));
`the module's files are larger than ${SOURCES.total_bytes} characters together`;
class RunSerial {
#last = Promise.resolve();
#waiting = 0;
get size() {
return this.#waiting;
}
run(job) {
this.#waiting++;
const done = this.#last.then(job).finally(()=>this.#waiting--);
this.#last = done.catch(()=>{});
return done;
}
async idle() {
let seen;
while(seen !== this.#last){
seen = this.#last;
await seen;
}
}
}
const { bind, call } = Function.prototype;
const uncurry = bind.bind(call);
const { apply, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { setPrototypeOf } = Reflect;
const { create, freeze, hasOwn } = Object;
const isArray = Array.isArray;
uncurry(String.prototype.charCodeAt);
uncurry(String.prototype.indexOf);
uncurry(String.prototype.lastIndexOf);
uncurry(String.prototype.slice);
uncurry(String.prototype.startsWith);
const schedule = queueMicrotask;
const after = setTimeout;
const every = setInterval;
const cancelAfter = clearTimeout;
const cancelEvery = clearInterval;
const monotonicNow = uncurry(performance.now);
const clock = performance;
function monotonic() {
return monotonicNow(clock);
}
const wallClock = Date.now;
class SafeMap extends Map {
}
for (const key of ownKeys(Map.prototype)){
if (key !== "constructor") {
defineProperty(SafeMap.prototype, key, getOwnPropertyDescriptor(Map.prototype, key));
}
}
setPrototypeOf(SafeMap.prototype, null);
freeze(SafeMap.prototype);
const ADRIFT_FACTOR = 16;
function openAdriftCalls(api, { calls_in_flight }) {
const counts = new SafeMap();
const most = calls_in_flight * ADRIFT_FACTOR;
return {
began: (caller)=>void counts.set(caller, (counts.get(caller) ?? 0) + 1),
ended (caller) {
const left = (counts.get(caller) ?? 0) - 1;
if (left > 0) counts.set(caller, left);
else counts.delete(caller);
},
refuse (caller) {
const count = counts.get(caller) ?? 0;
if (count < most) return undefined;
const text = `${count} calls of '${caller}' that were given up still run in '${api}'; no more may`;
return fault("rate_limited", text, {
hint: "give up fewer calls; a service should end when caller().signal does"
});
}
};
}
const { AbortController: Controller } = globalThis;
class ServedCall {
id;
caller;
trace;
deadline;
over = false;
#controller;
#cancelled = false;
constructor(id, caller, trace, deadline){
this.id = id;
this.caller = caller;
this.trace = trace;
this.deadline = deadline;
}
get signal() {
if (this.#controller === undefined) {
this.#controller = new Controller();
if (this.#cancelled) this.#controller.abort();
}
return this.#controller.signal;
}
cancel() {
this.#cancelled = true;
this.#controller?.abort();
}
}
function openCallContext() {
const storage = new AsyncLocalStorage();
return {
run: (call, then)=>storage.run(call, then),
current () {
const call = storage.getStore();
return call === undefined || call.over ? undefined : call;
}
};
}
function bearerCalls(made, token) {
const target = {
api: KERNEL_API,
aspect: "default",
name: "bearer",
kind: "call"
};
const show = ()=>made.call(target, [
token
]);
const call = async (target, args, more = {})=>{
let served = false;
const answered = (live)=>{
served = live;
more.answered?.(live);
};
const shown = {
...more,
bearer: token,
answered
};
try {
return await made.call(target, args, shown);
} catch (error) {
if (served || !isUnknown(error)) throw error;
}
await show();
return await made.call(target, args, shown);
};
return {
show,
calls: {
call
}
};
}
function isUnknown(error) {
return error instanceof FaultError && error.fault.code === "denied" && error.fault.retriable && !error.fault.maybe_ran;
}
class ModuleHandle {
}
const { Promise: NativePromise$6, Proxy: NativeProxy } = globalThis;
const target = freeze(create(ModuleHandle.prototype));
function serviceHandle(calls, api, aspect, authority = {}) {
let access_count = 0;
let last_access_time = null;
let disposed = false;
function ask(name, kind, args) {
if (disposed) return refusal$2("cancelled", `The handle of '${api}' (aspect '${aspect}') has been disposed`);
if (isPrivateName(name) || name === "__proto__") {
return refusal$2("private_name", `Access to private attribute '${name}' is not allowed`);
}
if (authority.parent?.over) {
return refusal$2("cancelled", `The call for whose caller '${name}' of '${api}' was to be called is over`);
}
return calls.call({
api,
aspect,
name,
kind
}, args, {
...authority,
answered (live) {
if (!live) return;
access_count++;
last_access_time = wallClock() / 1000;
}
});
}
const asAspect = (name)=>serviceHandle(calls, api, String(name), authority);
const getStats = ()=>NativePromise$6.resolve({
api_name: api,
access_count,
last_access_time,
active_aspect: aspect
});
const dispose = ()=>{
disposed = true;
};
const reserved = new SafeMap();
reserved.set("then", undefined);
reserved.set("asAspect", asAspect);
reserved.set("as_aspect", asAspect);
reserved.set("getStats", getStats);
reserved.set("get_stats", getStats);
reserved.set("get", (name)=>ask(String(name), "get", []));
reserved.set("call", (name, ...args)=>ask(String(name), "call", args));
reserved.set(Symbol.dispose, dispose);
reserved.set(Symbol.asyncDispose, ()=>NativePromise$6.resolve(dispose()));
return new NativeProxy(target, {
get (_, name) {
if (typeof name === "symbol" || reserved.has(name)) return reserved.get(name);
if (isPrivateName(name)) {
throw new FaultError(fault("private_name", `Access to private attribute '${name}' is not allowed`));
}
return (...args)=>ask(name, "call", args);
},
has: (_, name)=>typeof name === "string" && name !== "then" && !isPrivateName(name),
set: ()=>false,
deleteProperty: ()=>false,
defineProperty: ()=>false,
setPrototypeOf: ()=>false
});
}
function refusal$2(code, message) {
return NativePromise$6.reject(new FaultError(fault(code, message)));
}
const TOOL_ASPECT = "tool";
function listedTool({ name, api, spec }) {
const { description, params, readOnly, destructive } = spec;
return {
name,
api,
description,
params,
readOnly,
destructive
};
}
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
function toolName(api, entry) {
const name = `${api.replaceAll("/", "_")}_${entry}`;
return TOOL_NAME.test(name) ? name : undefined;
}
const CODES = Object.freeze({
__proto__: null,
module_error: "tool_error",
invalid_argument: "invalid_params"
});
function toolSucceeded(request, data) {
return {
...named(request),
status: "success",
data
};
}
function toolFailed(request, { code, message, retriable, hint }) {
return {
...named(request),
status: "error",
error: {
code: CODES[code] ?? code,
message,
retriable,
hint
}
};
}
function named(request) {
const { tool, id } = Object(request);
return {
result: typeof tool === "string" ? tool : "",
...typeof id === "string" && {
id
}
};
}
function toolAuthority$1(calls, authority) {
return freeze({
listTools: ()=>calls.call({
api: KERNEL_API,
aspect: "default",
name: "tools",
kind: "call"
}, [], authority),
callTool: async (request, { signal } = {})=>{
const refused = misread(request);
if (refused !== undefined) return toolFailed(request, refused);
const { tool, params = {} } = request;
try {
const target = {
api: TOOLS_API,
aspect: TOOL_ASPECT,
name: tool,
kind: "call"
};
return toolSucceeded(request, await calls.call(target, [
params
], {
...authority,
signal
}));
} catch (error) {
if (error instanceof FaultError) return toolFailed(request, error.fault);
throw error;
}
}
});
}
function misread(request) {
const { tool, params = {}, id } = Object(request);
if (typeof tool !== "string" || tool === "") return fault("unknown_tool", "the request names no tool");
if (!isRecord(params)) return fault("invalid_argument", `the params of '${tool}' are no map`);
if (id !== undefined && typeof id !== "string") return fault("invalid_argument", `the id of '${tool}' is no text`);
return undefined;
}
const MAY = {
api: KERNEL_API,
aspect: "default",
name: "may",
kind: "call"
};
async function bearerKernel(made, token, signal) {
const bearer = bearerCalls(made, token);
const { principal } = await bearer.show();
const calls = {
call: (target, args, more)=>bearer.calls.call(target, args, {
...more,
until: signal
})
};
const getApi = (name)=>serviceHandle(calls, String(name), "default");
const mayCall = (asked)=>calls.call(MAY, [
asked
]);
return freeze({
...toolAuthority$1(calls, {}),
principal,
getApi,
get_api: getApi,
mayCall
});
}
const AGAIN_MS = 250;
async function* eventStream(kinds, fetch, sleep) {
let after;
for(;;){
try {
const { events, mark } = await fetch({
kinds,
...after !== undefined && {
after
}
});
after = mark;
yield* events;
} catch (error) {
if (!(error instanceof FaultError && error.fault.retriable)) throw error;
await sleep(AGAIN_MS);
}
}
}
function kernelObject(calls, context, sleep) {
const ask = (name, ...args)=>calls.call({
api: KERNEL_API,
aspect: "default",
name,
kind: "call"
}, args);
const getApi = (name)=>serviceHandle(calls, String(name), "default");
const asCaller = ()=>{
const call = context.current();
if (call === undefined) throw new FaultError(noCaller());
const options = {
as_caller: true,
parent: call
};
const getApi = (name)=>serviceHandle(calls, String(name), "default", options);
return freeze({
...kernel,
...toolAuthority$1(calls, options),
getApi,
get_api: getApi
});
};
const asBearer = (token, { signal } = {})=>bearerKernel(calls, String(token), signal);
const caller = ()=>{
const call = context.current();
return call && callerOf(call);
};
const kernel = {
getApi,
get_api: getApi,
caller,
asCaller,
as_caller: asCaller,
asBearer,
...toolAuthority$1(calls, {}),
sleep,
secret: (name)=>ask("secret", name),
prompt: (name)=>ask("prompt", name),
log: (name)=>freeze({
read: (options = {})=>ask("log_read", name, options),
append: (record)=>ask("log_append", name, record)
}),
status: ()=>ask("status"),
events: (kinds)=>eventStream(kinds, (asked)=>ask("events", asked), sleep),
reportLimit: (hit)=>ask("limit", hit),
propose: (change)=>ask("propose", change),
proposals: ()=>ask("proposals"),
shadow: (asked)=>ask("shadow", asked),
adopt: (id)=>ask("adopt", id),
routeShare: (asked)=>ask("route_share", asked),
route_share: (asked)=>ask("route_share", asked),
judged: (id, findings)=>ask("judged", {
id,
findings
}),
reject: (id, why)=>ask("reject", {
id,
why
}),
rollback: (api)=>ask("rollback", api),
reload: (...api)=>ask("reload", ...api)
};
return freeze(kernel);
}
function noCaller() {
return fault("not_granted", "kernel.asCaller(): no call is being served here", {
hint: "call it while a call is served, before its answer is out; use kernel.getApi() elsewhere"
});
}
function callerOf(call) {
const caller = {
api: call.caller.api,
principal: call.caller.principal,
trace_id: call.trace
};
defineProperty(caller, "signal", {
get: ()=>call.signal
});
return freeze(caller);
}
const MOST_KEPT$1 = LOANS.names;
function openKeptFunctions(post) {
const kept = new SafeMap();
const names = new WeakMap();
function revoke(name) {
const known = kept.get(name);
if (known === undefined) return;
kept.delete(name);
names.delete(known.fn);
if (known.lent_to.size > 0) post({
t: "revoke",
name
});
}
return {
nameOf: (fn)=>names.get(fn),
keep (name, fn) {
revoke(name);
if (kept.size >= MOST_KEPT$1) throw new RangeError(`keep: ${MOST_KEPT$1} functions are kept; no more may be`);
kept.set(name, {
fn,
lent_to: new Set()
});
names.set(fn, name);
return ()=>{
if (kept.get(name)?.fn === fn) revoke(name);
};
},
lentTo (lent, api) {
for (const name of lent)kept.get(name)?.lent_to.add(api);
},
find (name, api) {
const known = kept.get(name);
if (known?.lent_to.has(api)) return {
ok: true,
value: known.fn
};
return refuse(fault("cancelled", `the function '${name}' was revoked, or never lent to '${api}'`));
},
count: ()=>kept.size
};
}
const TAG_KEY = "$";
const TAGS = Object.freeze({
bigint: "n",
date: "d",
undefined: "u",
bytes: "b"
});
const LENT_TAGS = Object.freeze({
function: "f",
kept: "k",
stream: "s",
signal: "a"
});
const BIGINT_DIGITS = 4_096;
const WITH_BYTES = 0;
const DOLLARS = /^\$+$/;
function isDollars(key) {
return key.charCodeAt(0) === 36 && DOLLARS.test(key);
}
function setOwn(target, key, value) {
if (key === "__proto__") {
Object.defineProperty(target, key, {
value,
enumerable: true,
writable: true,
configurable: true
});
} else target[key] = value;
}
const MOST_BIGINT = 10n ** BigInt(BIGINT_DIGITS);
const REFUSED = Symbol("refused");
function preparePlain(value, max_bytes, lend) {
const walk = new Walk$1(max_bytes, lend);
const json = walk.value(value, 0);
if (json === REFUSED) return walk.refusal();
return {
json,
blobs: walk.blobs,
blob_bytes: walk.blob_bytes
};
}
const NO_BLOBS = Object.freeze([]);
let Walk$1 = class Walk {
#blobs;
blob_bytes = 0;
#left;
#max_bytes;
#lend;
#kind = "not_plain";
#what = "";
#path;
#deepest;
constructor(max_bytes, lend){
this.#max_bytes = max_bytes;
this.#lend = lend;
this.#left = max_bytes;
}
get blobs() {
return this.#blobs ?? NO_BLOBS;
}
refusal() {
return {
kind: this.#kind,
what: this.#what,
path: this.#path?.reverse() ?? []
};
}
value(value, depth) {
if (--this.#left < 0) return this.#refuseLarge();
switch(typeof value){
case "string":
return (this.#left -= value.length) < 0 ? this.#refuseLarge() : value;
case "number":
return Number.isFinite(value) ? value : this.#refuse(`is ${value}`);
case "boolean":
return value;
case "object":
return value === null ? null : this.#object(value, depth);
case "undefined":
return this.#tag({
[TAG_KEY]: TAGS.undefined
}, depth + 1);
case "bigint":
if (value >= MOST_BIGINT || value <= -MOST_BIGINT) {
return this.#refuse(`is a bigint of more than ${BIGINT_DIGITS} digits`);
}
return this.#tag({
[TAG_KEY]: TAGS.bigint,
v: value.toString()
}, depth + 1);
case "function":
return this.#lent(value, depth) ?? this.#refuse("is a function");
case "symbol":
return this.#refuse("is a symbol");
}
}
#object(value, depth) {
if (Array.isArray(value)) {
if (Object.getPrototypeOf(value) !== Array.prototype) return this.#refuse("is an array of a class of its own");
return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#array(value, depth + 1);
}
const prototype = Object.getPrototypeOf(value);
if (prototype === Object.prototype || prototype === null) {
const lent = Object.getOwnPropertyDescriptor(value, Symbol.asyncIterator) && this.#lent(value, depth);
if (lent !== undefined) return lent;
return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#record(value, depth + 1);
}
if (value instanceof Uint8Array) return this.#bytes(value, depth);
if (value instanceof Date) {
const ms = Date.prototype.getTime.call(value);
return Number.isNaN(ms) ? this.#refuse("is an invalid Date") : this.#tag({
[TAG_KEY]: TAGS.date,
v: ms
}, depth + 1);
}
return this.#lent(value, depth) ?? this.#refuse(`is ${kindOf(value)}`);
}
#lent(value, depth) {
const lent = this.#lend?.(value);
if (lent === undefined) return undefined;
const v = lent.kind === "signal" ? undefined : lent.kind === "kept" ? lent.name : lent.no;
return this.#tag({
[TAG_KEY]: LENT_TAGS[lent.kind],
...v !== undefined && {
v
}
}, depth + 1);
}
#array(list, depth) {
let copy;
const length = list.length;
for(let i = 0; i < length; i++){
const property = Object.getOwnPropertyDescriptor(list, i);
const from = property?.value;
const to = property === undefined ? this.#refuse("is a hole in an array") : property.get !== undefined || property.set !== undefined ? this.#refuse("is an accessor") : this.value(from, depth);
if (to === REFUSED) return this.#unwind(list, i);
if (copy !== undefined) copy.push(to);
else if (to !== from) {
copy = list.slice(0, i);
copy.push(to);
}
}
return copy ?? list;
}
#record(record, depth) {
let copy;
const keys = Object.keys(record);
for(let i = 0; i < keys.length; i++){
const key = keys[i];
this.#left -= key.length;
const property = Object.getOwnPropertyDescriptor(record, key);
const from = property?.value;
const to = property !== undefined && (property.get !== undefined || property.set !== undefined) ? this.#refuse("is an accessor") : this.value(from, depth);
if (to === REFUSED) return this.#unwind(record, key);
const escaped = isDollars(key);
if (copy === undefined) {
if (to === from && !escaped) continue;
copy = copyOf(record, keys, i);
}
setOwn(copy, escaped ? key + TAG_KEY : key, to);
}
return copy ?? record;
}
#bytes(bytes, depth) {
if (!(bytes.buffer instanceof ArrayBuffer)) return this.#refuse("is bytes in shared memory");
const length = bytes.length;
if ((this.#left -= length) < 0) return this.#refuseLarge();
const tag = this.#tag({
[TAG_KEY]: TAGS.bytes,
v: [
this.blob_bytes,
length
]
}, depth + 2);
if (tag !== REFUSED) {
(this.#blobs ??= []).push(bytes);
this.blob_bytes += length;
}
return tag;
}
#tag(tag, depth) {
return depth > WIRE.depth ? this.#refuseDeep(undefined) : tag;
}
#unwind(container, key) {
(this.#path ??= []).push(key);
if (this.#deepest === container) {
this.#kind = "not_plain";
this.#what = "contains itself";
this.#path = undefined;
}
return REFUSED;
}
#refuse(what) {
this.#kind = "not_plain";
this.#what = what;
return REFUSED;
}
#refuseLarge() {
this.#kind = "too_large";
this.#what = `makes more than ${this.#max_bytes} bytes`;
return REFUSED;
}
#refuseDeep(container) {
this.#kind = "too_deep";
this.#what = `is nested more than ${WIRE.depth} levels deep`;
this.#deepest = container;
return REFUSED;
}
};
function copyOf(record, keys, count) {
const copy = {};
for(let i = 0; i < count; i++){
const key = keys[i];
setOwn(copy, key, record[key]);
}
return copy;
}
function kindOf(value) {
const prototype = Object.getPrototypeOf(value);
const maker = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
const name = typeof maker === "function" ? Object.getOwnPropertyDescriptor(maker, "name")?.value : undefined;
if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return "an object of a class";
return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}
const NAME$2 = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const PATH_UNITS = 200;
function refusalFault(root, refusal) {
const text = `${spellPath(root, refusal.path)} ${refusal.what}`;
switch(refusal.kind){
case "not_plain":
return fault("invalid_argument", `${text}; pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects`);
case "too_deep":
return fault("too_deep", text, {
hint: `nest data at most ${WIRE.depth} levels deep`
});
case "too_large":
return fault("too_large", text);
}
}
function spellPath(root, path) {
let text = root;
for (const key of path){
text += typeof key === "number" ? `[${key}]` : NAME$2.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 64))}]`;
if (text.length > PATH_UNITS) return `${text.slice(0, PATH_UNITS)}\u2026`;
}
return text;
}
const utf8$1 = new TextEncoder();
const ENCODE_BYTES = 67_108_864;
function encodeValue(value, root = "value", { max_bytes = ENCODE_BYTES, lend } = {}) {
try {
const prepared = preparePlain(value, max_bytes, lend);
if ("kind" in prepared) return refuse(refusalFault(root, prepared));
const text = JSON.stringify(prepared.json);
const payload = prepared.blobs.length === 0 ? text : withBlobs(utf8$1.encode(text), prepared.blobs, prepared.blob_bytes);
if (exceedsBytes(payload, max_bytes)) {
return refuse(fault("too_large", `${root} makes more than ${max_bytes} bytes`));
}
return ok(payload);
} catch (error) {
return refuse(fault("invalid_argument", `${root} can't be read: ${words$1(error)}`));
}
}
function withBlobs(text, blobs, blob_bytes) {
const bytes = new Uint8Array(5 + text.length + blob_bytes);
bytes[0] = WITH_BYTES;
writeUint32(bytes, 1, text.length);
bytes.set(text, 5);
let at = 5 + text.length;
for (const blob of blobs){
bytes.set(blob, at);
at += blob.length;
}
return bytes;
}
function words$1(error) {
try {
return error instanceof Error ? String(error.message).slice(0, 200) : "something was thrown that is no error";
} catch  {
return "something was thrown that is no error";
}
}
function reviveTags(value, blobs, borrow) {
const walk = new Walk(blobs, borrow);
const revived = walk.value(value);
walk.finish();
return walk.violation === undefined ? {
ok: true,
value: revived
} : {
ok: false,
violation: walk.violation
};
}
const DECIMAL = /^-?[0-9]+$/;
const LATEST_MS = 8_640_000_000_000_000;
class Walk {
violation;
#blobs;
#blobs_left;
#borrow;
constructor(blobs, borrow){
this.#blobs = blobs;
this.#borrow = borrow;
this.#blobs_left = blobs.length;
}
value(value) {
if (typeof value !== "object" || value === null || this.violation !== undefined) return value;
return Array.isArray(value) ? this.#list(value) : this.#map(value);
}
finish() {
if (this.#blobs_left > 0) this.violation ??= "it has bytes nobody names";
}
#list(list) {
for(let i = 0; i < list.length; i++){
const from = list[i];
if (typeof from === "object" && from !== null) list[i] = this.value(from);
}
return list;
}
#map(map) {
if (Object.hasOwn(map, TAG_KEY)) return this.#tag(map);
const keys = Object.keys(map);
let escaped = false;
for (const key of keys){
const from = map[key];
if (typeof from === "object" && from !== null) setOwn(map, key, this.value(from));
escaped ||= isDollars(key);
}
return escaped ? unescape(map, keys) : map;
}
#tag(tag) {
const kind = tag[TAG_KEY];
const v = tag["v"];
const keys = Object.keys(tag).length;
if (kind === TAGS.undefined && keys === 1) return undefined;
if (keys === 2 && Object.hasOwn(tag, "v")) {
if (kind === TAGS.bigint && typeof v === "string" && v.length <= BIGINT_DIGITS + 1 && DECIMAL.test(v)) {
return BigInt(v);
}
if (kind === TAGS.date && typeof v === "number" && Number.isInteger(v) && Math.abs(v) <= LATEST_MS) {
return new Date(v);
}
if (kind === TAGS.bytes && Array.isArray(v) && v.length === 2) return this.#bytes(v[0], v[1]);
}
const ref = lentRef(kind, v, keys);
const borrowed = ref && this.#borrow?.(ref);
if (borrowed !== undefined) return borrowed;
this.violation ??= `it has an unknown tag ${String(JSON.stringify(kind)).slice(0, 40)}`;
return undefined;
}
#bytes(offset, length) {
if (typeof offset !== "number" || typeof length !== "number" || !Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || offset + length > this.#blobs.length || (this.#blobs_left -= length) < 0) {
this.violation ??= "it names bytes that are not there";
return undefined;
}
return this.#blobs.slice(offset, offset + length);
}
}
function lentRef(kind, v, keys) {
if (kind === LENT_TAGS.signal && keys === 1) return {
kind: "signal"
};
if (keys !== 2) return undefined;
if (kind === LENT_TAGS.kept && typeof v === "string") return {
kind: "kept",
name: v
};
if (typeof v !== "number" || !Number.isSafeInteger(v) || v < 0) return undefined;
if (kind === LENT_TAGS.function) return {
kind: "function",
no: v
};
return kind === LENT_TAGS.stream ? {
kind: "stream",
no: v
} : undefined;
}
function unescape(map, keys) {
const plain = {};
for (const key of keys)setOwn(plain, isDollars(key) ? key.slice(1) : key, map[key]);
return plain;
}
const utf8 = new TextDecoder("utf-8", {
fatal: true,
ignoreBOM: true
});
const NO_BYTES = new Uint8Array(0);
function decodeValue(payload, borrow) {
if (typeof payload === "string") return read$2(payload, NO_BYTES, borrow);
if (payload[0] !== WITH_BYTES || payload.length < 5) return refuse(malformed("its first five bytes are missing"));
const end = 5 + readUint32(payload, 1);
if (end > payload.length) return refuse(malformed("its JSON text is longer than the payload"));
let text;
try {
text = utf8.decode(payload.subarray(5, end));
} catch  {
return refuse(malformed("it is not UTF-8"));
}
return read$2(text, payload.subarray(end), borrow);
}
function read$2(text, blobs, borrow) {
if (!nestsAtMost(WIRE.depth, text)) {
const hint = `nest data at most ${WIRE.depth} levels deep`;
return refuse(fault("too_deep", `the payload is nested more than ${WIRE.depth} levels deep`, {
hint
}));
}
let value;
try {
value = JSON.parse(text);
} catch  {
return refuse(malformed("it is not JSON"));
}
if (!mayHoldTags(text)) {
return blobs.length === 0 ? ok(value) : refuse(malformed("it has bytes nobody names"));
}
const revived = reviveTags(value, blobs, borrow);
return revived.ok ? ok(revived.value) : refuse(malformed(revived.violation));
}
function mayHoldTags(text) {
return text.includes('"$') || text.includes('"\\u0024');
}
function malformed(why) {
return fault("invalid_argument", `the payload is malformed: ${why}`);
}
function valueOfReply(payload, borrow) {
return decodeValue(payload, borrow);
}
function faultOfReply(reply) {
return readFault$1(reply.code, reply.payload);
}
function readFault$1(told_code, payload) {
const told = decodeValue(payload);
const map = told.ok && typeof told.value === "object" && told.value !== null ? told.value : {};
const { code, message, hint, retriable, maybe_ran, name } = map;
const known = told_code ?? (isFaultCode(code) ? code : "internal");
return fault(known, typeof message === "string" ? message : "the call failed without a message", {
...typeof hint === "string" && {
hint
},
...typeof retriable === "boolean" && {
retriable
},
maybe_ran: maybe_ran !== false,
...typeof name === "string" && {
name
}
});
}
const MESSAGE_UNITS = 8_192;
const STACK_UNITS = 16_384;
const HOST_FRAME = /^\s+at (?:.* \()?(?:file:|ext:)/;
const CLASS_NAME = /^[A-Za-z_$][A-Za-z0-9_$.-]{0,63}$/;
function describeError(thrown) {
if (typeof thrown !== "object" || thrown === null) {
return {
name: "Error",
message: clip(words(thrown), MESSAGE_UNITS)
};
}
const stack = text(withoutHostFrames(read$1(thrown, "stack")), STACK_UNITS);
return {
name: className(thrown),
message: text(read$1(thrown, "message"), MESSAGE_UNITS) ?? "something was thrown that is no error",
...stack !== undefined && {
stack: stack + cause(thrown)
}
};
}
function withoutHostFrames(stack) {
if (typeof stack !== "string") return stack;
return stack.split("\n").filter((line)=>!HOST_FRAME.test(line)).join("\n");
}
function className(thrown) {
const named = read$1(thrown, "name");
if (isClassName(named) && named !== "Error") return named;
const maker = read$1(thrown, "constructor");
const made = typeof maker === "function" ? read$1(maker, "name") : undefined;
return isClassName(made) && made !== "Object" ? made : "Error";
}
function cause(thrown) {
const from = read$1(thrown, "cause");
if (from === undefined || from === null || from === thrown) return "";
if (typeof from !== "object") return `\nCaused by: ${clip(words(from), MESSAGE_UNITS)}`;
return `\nCaused by: ${text(withoutHostFrames(read$1(from, "stack")), STACK_UNITS) ?? text(read$1(from, "message"), MESSAGE_UNITS) ?? "an object"}`;
}
function isClassName(value) {
return typeof value === "string" && CLASS_NAME.test(value);
}
function text(value, units) {
return typeof value === "string" ? clip(value, units) : undefined;
}
function clip(value, units) {
return value.length > units ? `${value.slice(0, units)}\u2026` : value;
}
function words(value) {
return typeof value === "function" ? "a function" : String(value);
}
function read$1(from, key) {
try {
return from[key];
} catch  {
return undefined;
}
}
const MODULE_CODES = [
"not_found",
"invalid_argument",
"conflict",
"quota",
"denied",
"too_large",
"rate_limited",
"approval_required",
"unknown_tool"
];
function faultOfError(thrown) {
const { name, message, stack } = describeError(thrown);
const code = codeOf(thrown);
const log = stack ?? `${name}: ${message}`;
if (code === undefined) {
const told = fault("module_error", message, {
name,
maybe_ran: true,
...hintOf(thrown)
});
return {
fault: told,
stack: log,
refusal: false
};
}
const retriable = read$1(thrown, "retriable");
return {
fault: fault(code, message, {
maybe_ran: read$1(thrown, "maybe_ran") !== false,
...hintOf(thrown),
...typeof retriable === "boolean" && {
retriable
}
}),
stack: log,
refusal: true
};
}
function hintOf(thrown) {
if (typeof thrown !== "object" || thrown === null) return {};
const hint = read$1(thrown, "hint");
return typeof hint === "string" && hint !== "" ? {
hint: hint.slice(0, 1_024)
} : {};
}
function codeOf(thrown) {
if (typeof thrown !== "object" || thrown === null) return undefined;
const code = read$1(thrown, "code");
return MODULE_CODES.find((allowed)=>allowed === code);
}
const STREAM = Object.freeze({
items: WIRE.items_ahead,
bytes: WIRE.items_ahead_bytes,
item_bytes: WIRE.item_bytes,
batch_items: 256,
batch_bytes: 32_768
});
const DONE = Object.freeze({
done: true,
value: undefined
});
const { Promise: NativePromise$5 } = globalThis;
class StreamConsumer {
#voice;
#items = [];
#at = 0;
#waiting = [];
#taken = 0;
#batches = [];
#arrived = 0;
#read_bytes = 0;
#upto = 0;
#upto_bytes = 0;
#state = "open";
#why;
constructor(voice){
this.#voice = voice;
}
get over() {
return this.#state === "over";
}
items(payload, count) {
if (this.#state !== "open") return;
const decoded = decodeValue(payload);
if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== count) {
this.#voice.stop();
return this.end(fault("internal", "a stream brought what is no list of items"));
}
this.#arrived += count;
this.#batches.push({
ends: this.#arrived,
bytes: payload.length
});
if (this.#at === this.#items.length) {
this.#items = decoded.value;
this.#at = 0;
} else this.#items.push(...decoded.value);
while(this.#waiting.length > 0 && this.#at < this.#items.length)this.#waiting.shift().resolve(this.#take());
this.#pull();
}
end(why, error) {
if (this.#state !== "open") return;
this.#state = "ending";
this.#why = error ?? (why && new FaultError(why));
if (error !== undefined) this.#at = this.#items.length;
if (this.#at === this.#items.length && (this.#waiting.length > 0 || this.#why === undefined)) this.#finish();
}
next() {
if (this.#at < this.#items.length) {
const result = this.#take();
this.#pull();
return NativePromise$5.resolve(result);
}
if (this.#state === "over") return NativePromise$5.resolve(DONE);
if (this.#state === "ending") {
const why = this.#why;
this.#finish();
return why === undefined ? NativePromise$5.resolve(DONE) : NativePromise$5.reject(why);
}
return new NativePromise$5((resolve, reject)=>{
this.#waiting.push({
resolve,
reject
});
this.#pull();
});
}
stop() {
if (this.#state === "open") this.#voice.stop();
this.#why = undefined;
this.#finish();
}
#take() {
const value = this.#items[this.#at];
this.#items[this.#at++] = undefined;
this.#taken++;
if (this.#taken === this.#batches[0]?.ends) this.#read_bytes += this.#batches.shift().bytes;
if (this.#at === this.#items.length) {
this.#items = [];
this.#at = 0;
}
return {
done: false,
value
};
}
#pull() {
if (this.#state !== "open") return;
const items_left = this.#upto - this.#taken;
const bytes_left = this.#upto_bytes - this.#read_bytes;
if (this.#upto > 0 && items_left > STREAM.items / 2 && bytes_left > STREAM.bytes / 2) return;
const upto = this.#taken + STREAM.items;
const bytes = this.#read_bytes + STREAM.bytes;
if (upto === this.#upto && bytes === this.#upto_bytes) return;
this.#upto = upto;
this.#upto_bytes = bytes;
this.#voice.pull(upto, bytes);
}
#finish() {
this.#state = "over";
this.#items = [];
this.#at = 0;
const [first, ...rest] = this.#waiting.splice(0);
if (first === undefined) return;
if (this.#why === undefined) first.resolve(DONE);
else first.reject(this.#why);
this.#why = undefined;
for (const { resolve } of rest)resolve(DONE);
}
}
class StreamReader {
#consumer;
constructor(consumer){
this.#consumer = consumer;
Object.freeze(this);
}
next() {
return this.#consumer.next();
}
return(value) {
this.#consumer.stop();
return NativePromise$5.resolve({
done: true,
value
});
}
throw(error) {
this.#consumer.stop();
return NativePromise$5.reject(error);
}
[Symbol.asyncIterator]() {
return this;
}
[Symbol.asyncDispose]() {
this.#consumer.stop();
return NativePromise$5.resolve();
}
}
const QUIET_TURNS = 8;
class StreamProducer {
#voice;
#iterator;
#unopened;
#texts = [];
#text_bytes = 0;
#sent = 0;
#sent_bytes = 0;
#upto = 0;
#upto_bytes = 0;
#quiet = 0;
#settling = false;
#running = false;
#told;
#over = false;
#pulled;
constructor(iterable, voice){
this.#voice = voice;
try {
this.#iterator = iterable[Symbol.asyncIterator]();
} catch (error) {
this.#unopened = error;
}
}
pull(upto, bytes) {
this.#upto = upto;
this.#upto_bytes = bytes;
if (!this.#running) this.#told = this.#run();
this.#pulled?.();
}
stop() {
if (this.#over) return;
this.#over = true;
this.#pulled?.();
void this.#linger(this.#voice.lingers());
this.#voice.end(undefined);
}
async #linger(over) {
await this.#close();
await this.#told;
over();
}
async #run() {
this.#running = true;
try {
const iterator = this.#iterator;
if (iterator === undefined) throw this.#unopened;
while(!this.#over){
if (this.#isAhead()) await this.#nextPull();
if (this.#over) return;
const { done, value } = await iterator.next();
if (this.#over) return;
if (done) return this.#end(undefined);
const refused = this.#take(value);
if (refused === undefined) continue;
this.#end(refused);
return await this.#close();
}
} catch (error) {
if (!this.#over) this.#end(this.#voice.faultOf(error));
}
}
#isAhead() {
return this.#sent >= this.#upto || this.#sent_bytes >= this.#upto_bytes && this.#sent > 0;
}
#nextPull() {
this.#flush();
return new Promise((resolve)=>{
this.#pulled = ()=>{
if (!this.#over && this.#isAhead()) return;
this.#pulled = undefined;
resolve();
};
});
}
#take(value) {
const encoded = encodeValue([
value
], "item", {
max_bytes: STREAM.item_bytes
});
if (!encoded.ok) return told(encoded.fault, this.#sent);
const { value: payload } = encoded;
this.#sent++;
this.#sent_bytes += this.#texts.length > 0 && typeof payload === "string" ? payload.length - 1 : payload.length;
if (typeof payload !== "string") {
this.#flush();
this.#voice.items(payload, 1);
return undefined;
}
this.#texts.push(payload.slice(1, -1));
this.#text_bytes += payload.length;
this.#quiet = 0;
if (this.#texts.length >= STREAM.batch_items || this.#text_bytes >= STREAM.batch_bytes) this.#flush();
else if (!this.#settling) this.#settle();
return undefined;
}
#settle() {
this.#settling = this.#texts.length > 0;
if (!this.#settling) return;
if (this.#quiet++ < QUIET_TURNS) return schedule(()=>this.#settle());
this.#settling = false;
this.#flush();
}
#flush() {
const count = this.#texts.length;
if (count === 0) return;
const payload = `[${this.#texts.join(",")}]`;
this.#texts = [];
this.#text_bytes = 0;
this.#voice.items(payload, count);
}
#end(why) {
this.#over = true;
this.#flush();
this.#voice.end(why);
}
async #close() {
try {
await this.#iterator?.return?.();
} catch  {
}
}
}
function told(why, no) {
const message = why.message.replace(/^item\[0\]/, `item ${no} of the stream`).replace(/^item makes/, `item ${no} makes`);
const hint = why.code === "too_large" ? "yield several smaller items in its place" : why.hint;
return fault(why.code, message, {
hint,
maybe_ran: true
});
}
const UNCOUNTED = ()=>()=>{};
const { WeakRef: NativeWeakRef, FinalizationRegistry: NativeRegistry } = globalThis;
function openStreams(outbox) {
const entries = new SafeMap();
let open = 0;
const dropped = new NativeRegistry((consumer)=>consumer.stop());
const keyOf = (at, id)=>at === "caller" ? id : -id;
function entryOf(at, id) {
const key = keyOf(at, id);
let entry = entries.get(key);
if (entry === undefined) {
entry = {
producers: [],
consumers: new SafeMap(),
readers: new SafeMap(),
ended: ()=>{},
telling: 0
};
entries.set(key, entry);
}
return entry;
}
function tidy(at, id, entry) {
if (entry.telling === 0 && entry.consumers.size === 0) entries.delete(keyOf(at, id));
}
function produce(at, id, iterables, ended, lingers) {
const entry = entryOf(at, id);
entry.ended = ended;
for(let no = 0; no < iterables.length; no++){
entry.telling++;
open++;
entry.producers[no] = new StreamProducer(iterables[no], {
items: (payload, count)=>outbox.post({
t: "items",
at,
id,
no,
count,
payload
}),
end (why) {
const told = why && encodeValue(why, "fault");
const payload = told?.ok ? told.value : "";
outbox.post({
t: "end",
at,
id,
no,
payload,
...why && {
code: why.code
}
});
entry.producers[no] = undefined;
open--;
if (--entry.telling === 0) entry.ended();
tidy(at, id, entry);
},
lingers,
faultOf: (error)=>faultOfError(error).fault
});
}
}
function consume(at, id, no, count) {
if (no >= count) return undefined;
const entry = entryOf(at, id);
const known = entry.readers.get(no)?.deref();
if (known !== undefined) return known;
const consumer = new StreamConsumer({
pull: (upto, bytes)=>outbox.post({
t: "pull",
at,
id,
no,
upto,
bytes
}),
stop () {
outbox.post({
t: "stop",
at,
id,
no
});
forget(at, id, no, entry);
}
});
open++;
entry.consumers.set(no, consumer);
const reader = new StreamReader(consumer);
entry.readers.set(no, new NativeWeakRef(reader));
dropped.register(reader, consumer);
return reader;
}
function forget(at, id, no, entry) {
if (entry.consumers.delete(no)) open--;
tidy(at, id, entry);
}
return {
of: (at, id)=>({
produce: (iterables, ended, lingers = UNCOUNTED)=>produce(at, id, iterables, ended, lingers),
consume: (no, count)=>consume(at, id, no, count),
close (why, error) {
const entry = entries.get(keyOf(at, id));
if (entry === undefined) return;
entry.consumers.forEach((consumer, no)=>{
consumer.end(why ?? fault("cancelled", "the call that this stream belongs to is over"), error);
forget(at, id, no, entry);
});
for (const producer of [
...entry.producers
])producer?.stop();
entries.delete(keyOf(at, id));
},
get reading () {
return entries.get(keyOf(at, id))?.consumers.size ?? 0;
}
}),
has: (at, id)=>entries.has(keyOf(at, id)),
word (word) {
const { at, id, no } = word;
const entry = entries.get(keyOf(at, id));
if (entry === undefined) return;
switch(word.t){
case "items":
return entry.consumers.get(no)?.items(word.payload, word.count);
case "end":
{
const consumer = entry.consumers.get(no);
consumer?.end(word.code === undefined ? undefined : readFault$1(word.code, word.payload));
return forget(at, id, no, entry);
}
case "pull":
return entry.producers[no]?.pull(word.upto, word.bytes);
case "stop":
return entry.producers[no]?.stop();
}
},
count: ()=>open
};
}
const Signal = AbortSignal;
function openLending(keptName) {
const lent = {
functions: undefined,
streams: undefined,
signals: undefined,
kept: undefined
};
const lend = (value)=>{
if (typeof value === "function") {
if (keptName === undefined) return undefined;
const name = keptName(value);
if (name !== undefined) {
(lent.kept ??= []).push(name);
return {
kind: "kept",
name
};
}
const functions = lent.functions ??= [];
return {
kind: "function",
no: numberOf(functions, value)
};
}
if (value instanceof Signal) {
if (keptName === undefined) return undefined;
(lent.signals ??= []).push(value);
return {
kind: "signal"
};
}
if (!isStream(value)) return undefined;
const streams = lent.streams ??= [];
return {
kind: "stream",
no: numberOf(streams, value)
};
};
return {
lent,
lend
};
}
function numberOf(list, item) {
const at = list.indexOf(item);
return at >= 0 ? at : list.push(item) - 1;
}
function isStream(value) {
return typeof value[Symbol.asyncIterator] === "function";
}
const OUTSTANDING_FACTOR = 16;
class Refused {
fault;
constructor(fault){
this.fault = fault;
}
}
const { Promise: NativePromise$4 } = globalThis;
const then = uncurry(Promise.prototype.then);
const { ceil } = Math;
const { stringify } = JSON;
const NAMES_BYTES = WIRE.header_bytes - 1_024;
function openMadeCalls({ outbox, context, streams, kept }, limits) {
const waiting = new SafeMap();
const most = limits.calls_in_flight * OUTSTANDING_FACTOR;
const crowded = fault("rate_limited", `${most} calls of this module wait for an answer; no more may`);
let last = 0;
function call(target, args, more = {}) {
const answer = new NativePromise$4((resolve, reject)=>{
if (waiting.size >= most) return reject(new Refused(crowded));
const parent = more.parent ?? context.current();
const left = parent === undefined ? undefined : ceil(parent.deadline - monotonic());
const refusal = unsendable(target) ?? late(target, left);
if (refusal) return reject(new Refused(refusal));
const { lent, lend } = openLending(kept.nameOf);
const payload = encodeValue(args, "arguments", {
lend
});
if (!payload.ok) return reject(new Refused(payload.fault));
const lends = lendsOf(lent, more);
const unlent = unlendable(target, lends?.kept);
if (unlent) return reject(new Refused(unlent));
const signals = signalsOf(more, lent);
const aborted = signals?.find((signal)=>signal.aborted);
if (aborted !== undefined) return reject(aborted.reason);
const id = ++last;
waiting.set(id, {
...{
resolve,
reject,
answered: more.answered,
functions: lent.functions,
streaming: false
},
deafen: signals && listen(signals, (reason)=>giveUp(id, reason))
});
if (lent.kept !== undefined) kept.lentTo(lent.kept, target.api);
outbox.post(parent === undefined ? {
t: "call",
id,
...target,
payload: payload.value,
...lends && {
lends
}
} : {
...{
t: "call",
id,
...target,
payload: payload.value,
parent: parent.id,
trace: parent.trace
},
...left < Infinity && {
timeout: left
},
...lends && {
lends
}
});
if (lent.streams !== undefined) streams.of("caller", id).produce(lent.streams, ()=>{});
});
return then(answer, undefined, rethrow);
}
function giveUp(id, reason) {
const call = waiting.get(id);
if (call === undefined) return;
outbox.post({
t: "cancel",
id
});
end(id, call, undefined, reason);
call.reject(reason);
}
function end(id, call, why, error) {
waiting.delete(id);
call.deafen?.();
if (streams.has("caller", id)) streams.of("caller", id).close(why, error);
}
return {
call,
settle (reply) {
const { id } = reply;
const call = waiting.get(id);
if (call === undefined) return;
if (!call.streaming) call.answered?.(reply.live);
if (!reply.ok) {
const why = faultOfReply(reply);
end(id, call, why);
return call.reject(new Refused(why));
}
const named = [];
const borrow = reply.streams === 0 ? undefined : (ref)=>{
if (ref.kind !== "stream") return undefined;
named[ref.no] = true;
return streams.of("caller", id).consume(ref.no, reply.streams);
};
const answer = valueOfReply(reply.payload, borrow);
if (!answer.ok && reply.streams > 0) outbox.post({
t: "cancel",
id
});
for(let no = 0; answer.ok && no < reply.streams; no++){
if (named[no] !== true) outbox.post({
t: "stop",
at: "caller",
id,
no
});
}
call.streaming = answer.ok && reply.streams > 0 && streams.of("caller", id).reading > 0;
if (!call.streaming) end(id, call, answer.ok ? undefined : answer.fault);
if (answer.ok) call.resolve(answer.value);
else call.reject(new Refused(answer.fault));
},
lent: (id, no)=>waiting.get(id)?.functions?.[no],
streamEnded (id) {
const call = waiting.get(id);
if (call?.streaming && streams.of("caller", id).reading === 0) end(id, call, undefined);
}
};
}
function signalsOf({ signal, until }, { signals }) {
if (signal === undefined && until === undefined) return signals;
return [
...signal ? [
signal
] : [],
...until ? [
until
] : [],
...signals ?? []
];
}
function lendsOf({ functions, kept, streams }, { as_caller, bearer }) {
const acts = as_caller === true || bearer !== undefined;
if (functions === undefined && kept === undefined && streams === undefined && !acts) return undefined;
return {
...functions && {
functions: functions.length
},
...kept && {
kept: [
...new Set(kept)
]
},
...streams && {
streams: streams.length
},
...as_caller && {
as_caller: true
},
...bearer !== undefined && {
bearer
}
};
}
function rethrow(why) {
throw why instanceof Refused ? new FaultError(why.fault) : why;
}
function listen(signals, aborted) {
const listeners = signals.map((signal)=>{
const listener = ()=>aborted(signal.reason);
signal.addEventListener("abort", listener, {
once: true
});
return ()=>signal.removeEventListener("abort", listener);
});
return ()=>listeners.forEach((remove)=>remove());
}
function unsendable({ api, aspect, name }) {
if (api.length > HEADER_BOUNDS.api) {
return fault("service_down", `Service '${api.slice(0, HEADER_BOUNDS.api)}\u2026' is not active or failed to load.`);
}
if (aspect.length > HEADER_BOUNDS.aspect) {
return fault("no_aspect", `Service '${api}' does not have aspect '${aspect.slice(0, HEADER_BOUNDS.aspect)}\u2026'.`);
}
if (name.length > HEADER_BOUNDS.name) {
const clipped = name.slice(0, HEADER_BOUNDS.name);
return fault("no_attribute", `Service '${api}' (aspect '${aspect}') does not have attribute '${clipped}\u2026'`);
}
}
function unlendable({ api, aspect, name }, kept) {
if (kept === undefined) return undefined;
if (kept.length > HEADER_BOUNDS.kept) {
const text = `the call lends ${kept.length} functions that are kept by name; one call may lend ${HEADER_BOUNDS.kept}`;
return fault("quota", text, {
hint: "lend the others with further calls"
});
}
if (!exceedsBytes(stringify([
api,
aspect,
name,
kept
]), NAMES_BYTES)) return undefined;
return fault("too_large", `the names of the ${kept.length} functions that the call lends are too long together`, {
hint: "keep functions under shorter names, or lend them with several calls"
});
}
function late({ api, name }, left) {
if (left === undefined || left > 0) return undefined;
return fault("timeout", `'${name}' of '${api}' was not called: the time of the call being served is over`);
}
const LIFECYCLE = [
"run",
"shutdown",
"getAspect",
"get_aspect",
"exportState",
"importState"
];
function privateName$1(name) {
if (!isPrivateName(name) && name !== "__proto__") return undefined;
return fault("private_name", `Access to private attribute '${name}' is not allowed`);
}
function findAspect(instance, api, aspect) {
const { getAspect, get_aspect } = instance;
const resolve = getAspect ?? get_aspect;
if (typeof resolve !== "function") return aspect === "default" ? ok(instance) : refuse(noAspect(api, aspect));
try {
const face = resolve.call(instance, aspect);
if (!(face instanceof NativePromise$3)) return resolved(face, api, aspect);
return face.then((late)=>resolved(late, api, aspect), ()=>refuse(noAspect(api, aspect)));
} catch  {
return refuse(noAspect(api, aspect));
}
}
function resolved(face, api, aspect) {
if (typeof face === "object" && face !== null || typeof face === "function") return ok(face);
return refuse(fault("no_aspect", `Could not resolve aspect '${aspect}' for service '${api}'.`));
}
const { Promise: NativePromise$3 } = globalThis;
function noAspect(api, aspect) {
return fault("no_aspect", `Service '${api}' does not have aspect '${aspect}'.`);
}
function hasAttribute(face, name) {
if (isLifecycleName(name)) return false;
for(let from = face; from !== null && !isRoot(from); from = getPrototypeOf(from)){
if (hasOwn(from, name)) return true;
}
return false;
}
function isLifecycleName(name) {
return LIFECYCLE.includes(name);
}
function isRoot(object) {
return ROOTS.includes(object);
}
const ROOTS = [
Object.prototype,
Function.prototype,
Array.prototype,
Map.prototype,
Set.prototype,
Promise.prototype
];
const TOLD = 10;
const LOOKED_AT = 128;
const CLASSES = 32;
const PLAIN_NAME = /^[\p{L}$][\p{L}\p{N}_$]{0,63}$/u;
function noAttribute(asked, face, tools) {
const { api, aspect, name } = asked;
const message = `Service '${api}' (aspect '${aspect}') does not have attribute '${name}'`;
try {
const hint = hintFor(asked, face, tools);
if (typeof hint === "string") return fault("no_attribute", message, {
hint
});
} catch  {
}
return fault("no_attribute", message);
}
function hintFor({ api, aspect, name, kind }, face, tools) {
if (aspect === "tool") return listed("its tools are", name, tools);
const { methods, others } = namesOf(face);
if (kind === "get") return listed("its attributes are", name, others) ?? listed("its methods are", name, methods);
if (others.includes(name)) return `${name} is no method; a handle reads it by get("${name}")`;
if (tools.includes(name)) {
return `${name} is a tool: add --aspect tool on the command line, or call it by getApi("${api}").asAspect("tool")`;
}
return listed("its methods are", name, methods);
}
function listed(words, name, names) {
if (names.length === 0) return undefined;
const told = closestFirst(name, names).slice(0, TOLD);
const more = names.length - told.length;
return `${words} ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
function namesOf(face) {
const methods = [];
const others = [];
if (isArray(face) || ArrayBuffer.isView(face)) return {
methods,
others
};
const seen = new Set();
let from = face;
for(let depth = 0; from !== null && depth < CLASSES && !isRoot(from); depth++, from = getPrototypeOf(from)){
for (const key of ownKeys(from)){
if (seen.size === LOOKED_AT) return {
methods,
others
};
if (typeof key !== "string" || !PLAIN_NAME.test(key) || isPrivateName(key) || isLifecycleName(key)) continue;
if (seen.has(key)) continue;
seen.add(key);
const isMethod = typeof getOwnPropertyDescriptor(from, key)?.value === "function";
(isMethod ? methods : others).push(key);
}
}
return {
methods,
others
};
}
const { Promise: NativePromise$2 } = globalThis;
function serveCall(served, order, call, borrow) {
if (order.kind === "lent" || order.kind === "kept") {
const lent = served.lent(order);
return lent.ok ? act(served, order, borrow, (args)=>ok(()=>Reflect.apply(lent.value, undefined, args))) : lent;
}
const refusal = privateName$1(order.name);
if (refusal) return refuse(refusal);
const face = findAspect(served.instance, served.api, order.aspect);
if (face instanceof NativePromise$2) return face.then((late)=>serveFace(served, order, call, borrow, late));
return serveFace(served, order, call, borrow, face);
}
function serveFace(served, order, call, borrow, face) {
if (!face.ok) return face;
const isTool = order.kind === "call" && order.aspect === TOOL_ASPECT;
return act(served, order, borrow, (args)=>isTool ? toolCall(served, face.value, order.name, args, call) : attributeCall(served, face.value, order, args));
}
function act(served, order, borrow, find) {
try {
const args = decodeValue(order.payload, borrow);
if (!args.ok) return args;
const found = find(Array.isArray(args.value) ? args.value : [
args.value
]);
if (found instanceof NativePromise$2) {
return found.then((late)=>run(served, late), (error)=>thrown(served, error));
}
return run(served, found);
} catch (error) {
return thrown(served, error);
}
}
function run(served, found) {
if (!found.ok) return found;
try {
const value = found.value();
if (!isThenable(value)) return encoded(value);
return NativePromise$2.resolve(value).then(encoded, (error)=>thrown(served, error));
} catch (error) {
return thrown(served, error);
}
}
function isThenable(value) {
return typeof value === "object" && value !== null && typeof value.then === "function";
}
async function toolCall({ tools }, face, entry, args, call) {
const prepared = await tools.prepare(face, entry, args);
if (!prepared.ok) return prepared;
return ok(()=>prepared.value({
caller: callerOf(call),
signal: call.signal
}));
}
function attributeCall(served, face, order, args) {
const { name, kind } = order;
if (!hasAttribute(face, name)) return missing(served, face, order);
const value = face[name];
if (kind === "get") return ok(()=>value);
if (typeof value !== "function") return missing(served, face, order);
return ok(()=>Reflect.apply(value, face, args));
}
function missing({ api, tools }, face, { aspect, name, kind }) {
return refuse(noAttribute({
api,
aspect,
name,
kind
}, face, tools.entries()));
}
function encoded(value) {
const { lent, lend } = openLending();
const payload = encodeValue(value, "result", {
lend
});
if (!payload.ok) return refuse({
...payload.fault,
maybe_ran: true
});
return ok({
payload: payload.value,
streams: lent.streams
});
}
function thrown(served, error) {
const { fault, stack, refusal } = faultOfError(error);
if (!refusal) served.failed(stack);
return refuse(fault);
}
const { Promise: NativePromise$1 } = globalThis;
function countError(tally) {
tally.error_count++;
tally.last_error_time = wallClock() / 1000;
}
function findLent(calls, kept) {
return ({ kind, name, made, caller })=>{
if (kind === "kept") return kept.find(name, caller.api);
const fn = made === undefined ? undefined : calls.lent(made, Number(name));
if (fn !== undefined) return {
ok: true,
value: fn
};
return refuse(fault("cancelled", "the call with which this function was lent is over, or lent no such function"));
};
}
function hostModule(hosted) {
const { served, life, state, calls, adrift, streams, mark, context, outbox, tally, timers, crypto_calls } = hosted;
const serving = new SafeMap();
function serve(order) {
const { id, caller, trace, ms } = order;
const crowded = adrift.refuse(caller.api);
if (crowded !== undefined) return outbox.post(refusal$1(id, crowded));
if (!begin(mark, id)) return;
const call = new ServedCall(id, caller, trace, monotonic() + ms);
serving.set(id, call);
const answer = context.run(call, ()=>serveCall(served, order, call, borrowing(order, call)));
pause$1(mark);
if (answer instanceof NativePromise$1) void answer.then((late)=>answered(call, late));
else answered(call, answer);
}
function answered(call, answer) {
const { id } = call;
if (!serving.has(id)) {
call.over = true;
return adrift.ended(call.caller.api);
}
if (!answer.ok) {
finish(call);
return outbox.post(refusal$1(id, answer.fault));
}
const { payload, streams: told } = answer.value;
outbox.post({
t: "reply",
id,
ok: true,
streams: told?.length ?? 0,
payload
});
if (told === undefined) return finish(call);
call.deadline = Infinity;
const lingers = ()=>{
adrift.began(call.caller.api);
return ()=>adrift.ended(call.caller.api);
};
context.run(call, ()=>streams.of("callee", id).produce(told, ()=>finish(call), lingers));
}
function finish(call) {
call.over = true;
serving.delete(call.id);
if (streams.has("callee", call.id)) streams.of("callee", call.id).close(undefined);
}
function borrowing({ id, streams: count, caller }, call) {
return (ref)=>{
switch(ref.kind){
case "signal":
return call.signal;
case "stream":
return streams.of("callee", id).consume(ref.no, count);
case "function":
{
const target = {
api: "",
aspect: "",
name: `${ref.no}`,
kind: "lent"
};
return (...args)=>call.over ? revoked() : calls.call(target, args, {
parent: call
});
}
case "kept":
{
const target = {
api: caller.api,
aspect: "",
name: ref.name,
kind: "kept"
};
return (...args)=>calls.call(target, args);
}
}
};
}
function cancel(id) {
const call = serving.get(id);
if (call === undefined) return;
serving.delete(id);
if (call.deadline < Infinity) adrift.began(call.caller.api);
call.cancel();
if (!streams.has("callee", id)) return;
call.over = true;
streams.of("callee", id).close(fault("cancelled", "the caller gave the call up"));
}
async function end() {
await life.shutdown();
timers.close();
}
return (message)=>{
switch(message.t){
case "call":
return serve(message);
case "reply":
return calls.settle(message);
case "items":
case "pull":
case "stop":
return streams.word(message);
case "end":
streams.word(message);
if (message.at === "caller") calls.streamEnded(message.id);
return;
case "cancel":
return cancel(message.id);
case "run":
return void life.run();
case "shutdown":
return void end();
case "export":
case "import":
return void state.obey(message);
case "release":
return releaseMemory();
case "ping":
{
const active_tasks = serving.size + timers.count() + crypto_calls() + (life.running() ? 1 : 0);
return outbox.post({
t: "pong",
seq: message.seq,
active_tasks,
timers: timers.count(),
...tally
});
}
}
};
}
function revoked() {
const why = fault("cancelled", "this function was lent for a call that is over; ask for one that is kept by name", {
hint: "whoever lends it passes keep(name, fn)",
retriable: false
});
return NativePromise$1.reject(new FaultError(why));
}
function refusal$1(id, why) {
const told = encodeValue(why, "fault");
return {
t: "reply",
id,
ok: false,
code: why.code,
streams: 0,
payload: told.ok ? told.value : ""
};
}
const LAST_SLEEP_MS = 20;
const { Promise: NativePromise } = globalThis;
function openSleeps(timers) {
const sleepers = new SafeMap();
let last = 0;
let ending = false;
return {
sleep: (ms)=>new NativePromise((resolve)=>{
const id = ++last;
const wake = ()=>{
sleepers.delete(id);
cancel();
resolve();
};
const cancel = timers.set(wake, ending ? Math.min(Number(ms), LAST_SLEEP_MS) : Number(ms));
if (!ending) sleepers.set(id, wake);
}),
wakeAll () {
ending = true;
sleepers.forEach((wake)=>wake());
}
};
}
function openModuleLife(instance, sleeps, post, failed) {
const stop = new AbortController();
let running;
let ended = false;
async function attempt(phase, act) {
try {
await act();
} catch (error) {
failed();
const told = faultOfError(error);
post({
t: "failed",
phase,
fault: told.fault,
stack: told.stack
});
return;
}
if (phase === "run") post({
t: "ended",
what: "run"
});
}
return {
has_run: typeof instance.run === "function",
running: ()=>running !== undefined && !ended,
async run () {
const { run } = instance;
if (running !== undefined || typeof run !== "function") return;
running = attempt("run", ()=>run.call(instance, stop.signal));
await running;
ended = true;
},
async shutdown () {
const { shutdown } = instance;
const asked = typeof shutdown === "function" ? attempt("shutdown", ()=>shutdown.call(instance)) : undefined;
stop.abort(new DOMException("the module is shut down", "AbortError"));
sleeps.wakeAll();
await asked;
await running;
post({
t: "ended",
what: "shutdown"
});
}
};
}
function openModuleState(instance, state_bytes, post, failed) {
const most = Math.min(state_bytes, ENCODE_BYTES);
async function exported() {
const { exportState } = instance;
if (typeof exportState !== "function") return refuse(lacks("exportState"));
const encoded = encodeValue(await exportState.call(instance), "state", {
max_bytes: most
});
if (encoded.ok || encoded.fault.code !== "too_large") return encoded;
const hint = "keep less in the state, or raise limits.state_bytes";
return refuse(fault("too_large", `the state makes more than limits.state_bytes, ${most} bytes`, {
hint
}));
}
async function imported(from, payload) {
const { importState } = instance;
if (typeof importState !== "function") return refuse(lacks("importState"));
const state = decodeValue(payload);
if (!state.ok) return state;
await importState.call(instance, state.value, from);
return ok(NO_PAYLOAD);
}
function thrown(error) {
const told = faultOfError(error);
failed(told.stack);
return refuse(fault("module_error", `${told.fault.name ?? told.fault.code}: ${told.fault.message}`));
}
return {
methods: methodsOf(instance),
async obey (order) {
const done = order.t === "export" ? exported() : imported(order.from, order.payload);
const outcome = await done.catch(thrown);
const payload = outcome.ok ? outcome.value : faultPayload$1(outcome.fault);
post({
t: "state",
id: order.id,
ok: outcome.ok,
payload
});
}
};
}
function methodsOf(instance) {
const exports = typeof instance.exportState === "function";
const imports = typeof instance.importState === "function";
if (exports && imports) return "both";
return exports ? "export" : imports ? "import" : undefined;
}
function lacks(name) {
return fault("no_attribute", `the module has no ${name}()`);
}
function faultPayload$1(why) {
const encoded = encodeValue(why, "fault");
return encoded.ok ? encoded.value : NO_PAYLOAD;
}
const AWAKE_MS = 100;
function openModuleTimers(most, reports) {
const pending = new SafeMap();
let last = 0;
let closed = false;
let announced = -AWAKE_MS;
function announce() {
const now = monotonic();
if (now - announced < AWAKE_MS) return;
announced = now;
}
function fire(callback, args) {
announce();
try {
apply(callback, globalThis, args);
} catch (error) {
reports.uncaught(error);
}
}
function admit(name, callback) {
if (typeof callback !== "function") {
throw new TypeError(`${name}: the handler is ${typeof callback}; pass a function, code is not made from text here`);
}
if (pending.size < most) return;
reports.refused(pending.size + 1);
throw new FaultError(fault("quota", `${name}: ${most} timers are set; limits.timers allows no more`));
}
function setTimeout(callback, ms, ...args) {
admit("setTimeout", callback);
const id = ++last;
if (closed) return id;
const timer = after(()=>{
pending.delete(id);
fire(callback, args);
}, Number(ms));
pending.set(id, ()=>cancelAfter(timer));
return id;
}
function setInterval(callback, ms, ...args) {
admit("setInterval", callback);
const id = ++last;
if (closed) return id;
const timer = every(()=>fire(callback, args), Number(ms));
pending.set(id, ()=>cancelEvery(timer));
return id;
}
function clear(id) {
const key = Number(id);
const cancel = pending.get(key);
pending.delete(key);
cancel?.();
}
function queueMicrotask(callback) {
if (typeof callback !== "function") throw new TypeError("queueMicrotask: pass a function");
schedule(()=>{
try {
apply(callback, undefined, []);
} catch (error) {
reports.uncaught(error);
}
});
}
return {
globals: {
setTimeout,
setInterval,
clearTimeout: (id)=>clear(id),
clearInterval: (id)=>clear(id),
queueMicrotask
},
count: ()=>pending.size,
set (callback, ms) {
const id = setTimeout(callback, ms);
return ()=>clear(id);
},
close () {
closed = true;
pending.forEach((cancel)=>cancel());
pending.clear();
}
};
}
function openInstance(order, listener, make) {
let ended = false;
const post = (message)=>queueMicrotask(()=>ended || tell(listener, message));
const tally = {
error_count: 0,
last_error_time: null
};
const failed = ()=>countError(tally);
const outbox = {
post,
postNow: post
};
const context = openCallContext();
const streams = openStreams(outbox);
const kept = openKeptFunctions(post);
const calls = openMadeCalls({
outbox,
context,
streams,
kept
}, order.limits);
const timers = openModuleTimers(order.limits.timers, {
awake () {},
uncaught: failed,
refused () {}
});
const sleeps = openSleeps(timers);
const instance = make(order.api, kernelObject(calls, context, sleeps.sleep));
const life = openModuleLife({}, sleeps, post, failed);
const state = openModuleState({}, order.limits.state_bytes, post, failed);
const crypto_calls = ()=>0;
const mark = newRunningMark();
const served = {
api: order.api,
instance,
tools: PLAIN_TOOLS,
lent: findLent(calls, kept),
failed
};
const receive = hostModule({
served,
life,
state,
calls,
adrift: openAdriftCalls(order.api, order.limits),
streams,
mark,
context,
outbox,
tally,
timers,
crypto_calls
});
post({
t: "ready",
tools: [],
has_run: false
});
const thread = {
untaken_bytes: 0,
post: (message)=>queueMicrotask(()=>ended || receive(message)),
ping: ()=>thread.post({
t: "ping",
seq: 0
}),
ponged () {},
stop: ()=>stop(mark),
terminate () {
ended = true;
timers.close();
}
};
return thread;
}
function tell(listener, message) {
const { payload = NO_PAYLOAD, ...header } = {
payload: undefined,
...message
};
listener.word(header, payload);
listener.turn();
}
const PLAIN_TOOLS = {
list: ()=>Promise.resolve([]),
entries: ()=>[],
prepare: (face, entry, args)=>{
const run = face[entry];
if (typeof run === "function") return Promise.resolve(ok(()=>Reflect.apply(run, face, args)));
const missing = fault("no_attribute", `the stand-in has no tool '${entry}'`);
return Promise.resolve({
ok: false,
fault: missing
});
}
};
const NO_BOUND_MB = 1_000_000_000;
const NEVER = new Promise(()=>{});
function startOpenCell({ cell, token, socket, make, ended }) {
const args = {
cell,
socket,
keeps: {
read: [],
write: [],
net: []
},
blank: false,
memory_mb: NO_BOUND_MB
};
const powers = {
...cellPowers({
args,
token,
hung_up: NEVER
}, ended),
stdout: ()=>Promise.resolve(),
stderr: ()=>{},
kill: ()=>{}
};
new CellShell(args, powers, (order, listener)=>Promise.resolve(openInstance(order, listener, make))).start();
}
const BRACKET_LIMITS = Object.freeze({
block_bytes: 1_048_576,
depth: 64,
calls: 32
});
BRACKET_LIMITS.depth - 2;
Object.freeze({
calls: BRACKET_LIMITS.calls,
rounds: 16
});
const NOBODY$1 = Object.freeze({
principal: ()=>undefined,
bearer: ()=>undefined
});
function toolAuthority(seat, lends, parent, principals) {
if (lends?.bearer !== undefined) return bearerAuthority(seat, lends.bearer, principals);
if (!lends?.as_caller) return {
ok: true,
value: ownAuthority(seat, [])
};
if (parent === undefined) {
return refuse(fault("not_granted", `'${seat.api}' can't call tools for a caller: it serves no call`, {
hint: "use kernel.callTool() there, which acts for the module itself"
}));
}
const own = speaksForOthers(seat) ? [] : [
seat.grants.services
];
return conversationOf(parent, own, principals);
}
function bearerAuthority(seat, token, principals) {
if (!seat.grants.kernel.includes("bearer")) {
return refuse(fault("not_granted", `'${seat.api}' may not act for who shows a token`, {
hint: `add to ${seat.config}: grants: {kernel: [bearer]}`
}));
}
const name = principals.bearer(token);
const found = name === undefined ? undefined : principals.principal(name);
if (found !== undefined) return {
ok: true,
value: principalAuthority(name, found, [])
};
const why = name === undefined ? "no token like that was shown to this kernel, or it was revoked" : `its principal '${name}' is not in ${PRINCIPALS_FILE} any more`;
const hint = "`token list` shows whose there are";
return refuse(fault("denied", `the token gives no authority: ${why}`, {
hint,
retriable: name === undefined
}));
}
function conversationOf(served, bounds, principals) {
const all = [
...bounds,
...served.under
];
let call = served;
while(call.from !== undefined && call.parent !== undefined && !isStamped(call) && speaksForOthers(call.from)){
call = call.parent;
all.push(...call.under);
}
if (call.from !== undefined && !isStamped(call)) return {
ok: true,
value: ownAuthority(call.from, all)
};
const name = call.caller.api === OPERATOR ? CONSOLE : call.caller.principal;
return authorityOfPrincipal(name, principals, all);
}
function authorityOfPrincipal(name, principals, bounds = []) {
const found = principals.principal(name);
if (found !== undefined) return {
ok: true,
value: principalAuthority(name, found, bounds)
};
return refuse(fault("denied", `the principal '${name}' is not in ${PRINCIPALS_FILE}`, {
hint: "name it there with its grants"
}));
}
function isStamped({ caller, from }) {
return from !== undefined && caller.api === principalStamp(caller.principal);
}
function speaksForOthers({ grants }) {
return grants.kernel.includes("tools");
}
function ownAuthority({ api, config, grants }, bounds) {
return {
api,
principal: api,
config,
bounds: [
grants.services,
...bounds
]
};
}
function principalAuthority(name, services, bounds) {
return {
api: principalStamp(name),
principal: name,
config: PRINCIPALS_FILE,
bounds: [
services,
...bounds
]
};
}
function coversApi(granted, api) {
if (granted.endsWith("/*")) return api.startsWith(granted.slice(0, -1)) && api.length > granted.length - 1;
return granted === api;
}
function isServiceGranted(grants, api, aspect, method) {
return grants.some((grant)=>coversApi(grant.api, api) && (grant.methods === undefined || grant.methods.includes(method)) && (grant.aspects === undefined || grant.aspects.includes(aspect)));
}
const NO_TOOLS = Object.freeze({
find: ()=>undefined,
offered: ()=>[]
});
const NAME_UNITS = 64;
function nameTool(message, tools) {
const found = tools.find(message.name);
if (found === undefined) return {
...message,
tool: message.name
};
const { api, spec: { entry } } = found;
return {
...message,
api,
aspect: TOOL_ASPECT,
name: entry,
kind: "call",
tool: message.name
};
}
function bindTool(name, authority, tools) {
const found = tools.find(name);
if (found === undefined) return refuse(unknownTool(name, authority, tools));
if (mayUse(authority, found)) return {
ok: true,
value: found
};
return refuse(fault("denied", `'${authority.principal}' may not call the tool '${name}'`, {
hint: `add to ${authority.config}: {api: ${found.api}, aspects: [${TOOL_ASPECT}], methods: [${found.spec.entry}]}`
}));
}
function catalogOf(authority, tools) {
return tools.offered().filter((tool)=>mayUse(authority, tool)).map(listedTool);
}
function asksFirst({ approve, origin, spec }) {
return approve === "ask" && !(origin === "shipped" && spec.readOnly);
}
function mayUse({ bounds }, { api, spec }) {
return bounds.every((services)=>isServiceGranted(services, api, TOOL_ASPECT, spec.entry));
}
function unknownTool(name, authority, tools) {
const nearest = nearestNames(name, catalogOf(authority, tools).map((tool)=>tool.name));
const instead = nearest.length === 0 ? "there is none like it" : `nearest: ${nearest.join(", ")}`;
return fault("unknown_tool", `there is no tool '${clipText(name, NAME_UNITS)}'; ${instead}`, {
hint: "`tools --as PRINCIPAL` lists those that a conversation may call"
});
}
const SHARE$1 = 3 / 4;
function privateName(name) {
return fault("private_name", `Access to private attribute '${name}' is not allowed`);
}
function notGranted$1(caller, api, config) {
return fault("not_granted", `'${caller}' may not call '${api}'`, {
hint: `add to ${config}: grants: {services: [${api}]}`
});
}
function notGrantedToCaller(caller, api) {
return fault("not_granted", `'${caller}' may not call '${api}' for the caller that it serves`, {
hint: `whoever asked '${caller}' for this needs a grant for '${api}' too`
});
}
function serviceDown(api, route) {
const because = route?.to === "down" ? route.because : undefined;
const message = `Service '${api}' is not active or failed to load.`;
if (because === "quarantined") return fault("quarantined", message);
if (because === "failed") return fault("service_down", message, {
hint: refusedHint(api)
});
if (route !== undefined) return fault("service_down", message);
return fault("service_down", message, {
hint: api === HTTP_SERVICE.api ? NO_HTTP : UNCLAIMED
});
}
function refusedHint(api) {
return `its newest source was refused or failed to load: \`status ${api}\` says why, \`logs ${api}\` has more`;
}
const NO_HTTP = "`fetch` goes through the http service, and no config of this home names it; add configs/services/http.yml: " + `{api: ${HTTP_SERVICE.api}, prog: ${HTTP_SERVICE.prog}, start: on_call, grants: {builtins: ["node:net", "node:tls", "node:dns"]}}`;
const UNCLAIMED = "no config that could be read claims this name; `status` lists what there is, `events` tells which configs were refused";
function admitCall(request, caller, route, held) {
const { api, aspect, name } = request;
if (isPrivateName(name)) return refuse(privateName(name));
if (caller.services !== "all" && !isServiceGranted(caller.services, api, aspect, name)) {
return refuse(notGranted$1(caller.api, api, caller.config));
}
if (caller.under?.some((services)=>!isServiceGranted(services, api, aspect, name))) {
return refuse(notGrantedToCaller(caller.api, api));
}
return admitWithin(request, caller, route, held);
}
function admitWithin(request, caller, route, held) {
const { api, name } = request;
if (route === undefined || route.to === "down" || !isApiName(api)) {
return refuse(serviceDown(api, route));
}
const limits = route.to === "seat" ? route.seat.limits : route.limits;
const depth = (caller.serving?.depth ?? 0) + 1;
const busy = route.to === "seat" ? route.seat.in_flight : held;
const again = request.again === true;
const refused = again ? undefined : refuseBusy(api, caller, limits, {
depth,
busy
});
if (refused !== undefined) return refused;
const ms = Math.min(request.timeout ?? Infinity, caller.serving?.remaining_ms ?? Infinity, limits.call_timeout_ms);
if (ms <= 0) return refuse(fault("timeout", `the time for '${api}.${name}' had passed before it was called`));
const seat = route.to === "seat" ? route.seat : undefined;
return {
ok: true,
value: {
api,
depth,
ms,
seat
}
};
}
function refuseBusy(api, caller, { call_depth, calls_in_flight: allowed }, { depth, busy }) {
if (depth > call_depth) {
const text = `'${caller.api}' called '${api}' at depth ${depth}; limits.call_depth allows ${call_depth}`;
return overLimit(fault("too_deep", text), {
limit: "call_depth",
found: depth,
allowed: call_depth
}, caller);
}
if (busy >= allowed) {
const text = `'${api}' has ${busy} calls in flight; limits.calls_in_flight allows ${allowed}`;
return overLimit(fault("rate_limited", text), {
limit: "calls_in_flight",
found: busy + 1,
allowed
}, caller);
}
const share = Math.ceil(allowed * SHARE$1);
const own = busy >= share ? caller.share?.() ?? 0 : 0;
if (own < share) return undefined;
const text = `'${caller.api}' has ${own} calls in flight at '${api}'; one caller may have ${share} of limits.calls_in_flight ${allowed}`;
return overLimit(fault("rate_limited", text), {
limit: "calls_in_flight",
found: own + 1,
allowed: share
}, caller);
}
function overLimit(why, hit, { api: caller }) {
return {
ok: false,
fault: why,
hit: {
...hit,
about: {
caller
}
}
};
}
function hadFound(route, why) {
return route?.to === "seat" && why.code !== "private_name" && why.code !== "not_granted";
}
const APPROVAL_MS = 600_000;
const MOST_ASKED = 64;
const MOST_ASKED_BY_ONE = 16;
const SHOWN_UNITS = 500;
class Approvals {
#flow;
#emit;
#salt;
#asked = new Map();
#bytes = 0;
#count = 0;
constructor(flow, emit, salt){
this.#flow = flow;
this.#emit = emit;
this.#salt = salt.slice(0, 4);
}
refuses(principal) {
if (this.#asked.size >= MOST_ASKED) return `${MOST_ASKED} calls wait for the operator's yes already`;
let own = 0;
for (const { entry } of this.#asked.values())if (entry.caller.principal === principal) own++;
if (own < MOST_ASKED_BY_ONE) return undefined;
return `${own} calls of '${principal}' wait for the operator's yes; one principal may ask for ${MOST_ASKED_BY_ONE}`;
}
ask(entry, tool, now) {
const id = `${this.#salt}${(++this.#count).toString(36)}`;
this.#asked.set(entry, {
id,
entry,
tool,
since: now
});
this.#bytes += bytesOf$1(entry);
const { api, principal } = entry.caller;
this.#emit({
kind: "approval.asked",
api: tool.api,
message: `'${principal}' asks for ${tool.name}`,
detail: {
id,
tool: tool.name,
principal,
caller: api,
params: shownParams(entry, SHOWN_UNITS)
}
});
this.#bound(entry);
}
waits(entry) {
return this.#asked.has(entry);
}
piece(entry, more, payload) {
const own = ownPayload(payload);
entry.held.push({
payload: own,
more
});
this.#bytes += own.length + MESSAGE_COST_BYTES;
this.#bound(entry);
}
params({ entry }, most) {
return shownParams(entry, most);
}
all() {
return [
...this.#asked.values()
];
}
answer(id, given) {
const found = this.all().find((asked)=>asked.id === id);
if (found === undefined) return undefined;
const { entry, tool } = found;
this.forget(entry);
const { principal } = entry.caller;
this.#emit({
kind: "approval.given",
api: tool.api,
message: `${tool.name} for '${principal}': ${given}`,
detail: {
id,
tool: tool.name,
principal,
given
}
});
if (given === "denied") this.#flow.fail(entry, fault("denied", `the operator refused '${tool.name}'`));
else this.#flow.beginAnew(entry, limitsOf(this.#flow.routes.of(entry.api))?.call_timeout_ms ?? Infinity);
return found;
}
unanswered(entry) {
const { id, tool } = this.#asked.get(entry);
this.#flow.fail(entry, fault("approval_required", `nobody answered whether '${tool.name}' may be called (${id})`, {
hint: "the operator approves with `approve ID` while the call waits, or for good with `approve: never` in the config"
}));
}
forget(entry) {
if (this.#asked.size > 0 && this.#asked.delete(entry)) this.#bytes -= bytesOf$1(entry);
}
#bound(entry) {
if (this.#bytes <= WIRE.queue_bytes) return;
this.#flow.fail(entry, fault("rate_limited", "too much waits for the operator's yes already"));
}
}
function limitsOf(route) {
return route?.to === "seat" ? route.seat.limits : route?.to === "hold" ? route.limits : undefined;
}
function shownParams({ held }, most) {
const first = held[0]?.payload;
if (held.length !== 1 || typeof first !== "string") {
return `${held.reduce((sum, { payload })=>sum + payload.length, 0)} bytes`;
}
return clipText(first, most);
}
function bytesOf$1({ held }) {
return held.reduce((sum, { payload })=>sum + payload.length + MESSAGE_COST_BYTES, 0);
}
function boundCall(message, { api, principal, config, bounds }) {
const [services = []] = bounds;
return {
message,
caller: {
api,
principal
},
as: {
api,
config,
services
},
under: bounds
};
}
function boundTool(message, { api, principal, config, bounds }) {
return {
message,
caller: {
api,
principal
},
as: {
api,
config,
services: "all"
},
under: bounds
};
}
function askingMs({ timeout }, remaining_ms) {
return Math.min(APPROVAL_MS, timeout ?? Infinity, remaining_ms ?? Infinity);
}
function newEntry(call, payload, { more, waits }) {
return {
id: call.id,
api: call.api,
aspect: call.aspect,
name: call.name,
kind: call.kind,
caller: call.caller,
trace: call.trace,
depth: call.depth,
started: call.started,
deadline: call.deadline,
parent: call.parent,
origin: call.origin,
from: call.from,
lends: call.lends,
under: call.under,
made: call.made,
to: undefined,
held: [
{
payload: waits ? ownPayload(payload) : payload,
more
}
],
more_to_come: more,
begun_there: false,
answering: "no",
streams: undefined
};
}
function awaitsWords({ to, held }) {
return to === undefined && held.length === 0;
}
function keyOf$1({ origin: { asker, id } }) {
return callKey(asker, id);
}
class CallLedger {
#by_id = new Map();
#by_origin = new Map();
#next = 1;
nextId() {
return this.#next++;
}
open(entry) {
this.#by_id.set(entry.id, entry);
if (entry.origin.cell === OPERATOR) return;
let calls = this.#by_origin.get(entry.origin.cell);
if (calls === undefined) this.#by_origin.set(entry.origin.cell, calls = new Map());
calls.set(entry.origin.id, entry);
}
close(entry) {
if (!this.#by_id.delete(entry.id)) return false;
const calls = this.#by_origin.get(entry.origin.cell);
if (calls?.get(entry.origin.id) === entry) calls.delete(entry.origin.id);
if (entry.to !== undefined) entry.to.in_flight--;
return true;
}
takeBack(entry) {
if (entry.to !== undefined) entry.to.in_flight--;
entry.to = undefined;
}
get(id) {
return this.#by_id.get(id);
}
ofOrigin(cell, id) {
return this.#by_origin.get(cell)?.get(id);
}
all() {
return this.#by_id.values();
}
where(matches) {
return [
...this.#by_id.values()
].filter(matches);
}
countBetween(caller, api) {
let count = 0;
for (const entry of this.#by_id.values())if (entry.api === api && entry.from?.api === caller) count++;
return count;
}
forgetOrigin(cell) {
this.#by_origin.delete(cell);
}
get size() {
return this.#by_id.size;
}
}
function servedCall(ledger, seat, id) {
const entry = id === undefined ? undefined : ledger.get(id);
return entry?.to === seat ? entry : undefined;
}
function pinnedRoute(parent, api, isSeated) {
for(let call = parent; call !== undefined; call = call.parent){
const seat = call.api === api ? call.to : call.from?.api === api ? call.from : undefined;
if (seat !== undefined && isSeated(seat.instance)) return {
to: "seat",
seat
};
}
return undefined;
}
const MOST_KEPT = LOANS.names;
function seatOfLender(serving, name, isSeated) {
if (serving === undefined) {
return refuse(fault("cancelled", "the call with which this function was lent is over", {
retriable: false
}));
}
const no = Number(name);
if (!Number.isInteger(no) || no < 0 || no >= (serving.lends?.functions ?? 0)) {
return refuse(fault("not_granted", `no function '${name}' was lent with this call`, {
hint: "call what was lent"
}));
}
const { from } = serving;
if (from !== undefined && isSeated(from.instance)) return ok(from);
return refuse(fault("moved", "the instance that lent this function is gone"));
}
class KeptFunctions {
#lent = new Map();
lend(lender, names, to) {
let of_lender = this.#lent.get(lender);
if (of_lender === undefined) this.#lent.set(lender, of_lender = new Map());
for (const name of names){
const borrowers = of_lender.get(name);
if (borrowers !== undefined) borrowers.add(to);
else if (of_lender.size >= MOST_KEPT) return false;
else of_lender.set(name, new Set([
to
]));
}
return true;
}
replace(lender, loans) {
this.#lent.set(lender, new Map(loans.map(({ name, to })=>[
name,
new Set(to)
])));
}
told(lender, names, to) {
let of_lender = this.#lent.get(lender);
if (of_lender === undefined) this.#lent.set(lender, of_lender = new Map());
for (const name of names){
const borrowers = of_lender.get(name);
if (borrowers === undefined) {
if (of_lender.size < MOST_KEPT) of_lender.set(name, new Set([
to
]));
} else if (borrowers.size < LOANS.borrowers) borrowers.add(to);
}
}
revoke(lender, name) {
this.#lent.get(lender)?.delete(name);
}
forget(lender) {
this.#lent.delete(lender);
}
find(seats, api, name, borrower) {
const found = [
...seats
].findLast((seat)=>seat.api === api && this.#lent.get(seat.instance)?.get(name)?.has(borrower));
if (found !== undefined) return ok(found);
const text = `'${api}' keeps no function '${name}' for '${borrower}': it was revoked, or its instance is gone`;
return refuse(fault("cancelled", text, {
hint: "ask it to lend the function again",
retriable: false
}));
}
}
const FROM_A_CELL = new Set([
"module_error",
"module_killed",
"moved",
"private_name",
"no_aspect",
"no_attribute",
"invalid_argument",
"unknown_tool",
"not_found",
"conflict",
"quota",
"denied",
"too_large",
"too_deep",
"rate_limited",
"approval_required",
"cancelled",
"timeout"
]);
function faultPayload(f) {
return JSON.stringify(f);
}
function refusal(id, f, live) {
return {
header: {
t: "reply",
id,
ok: false,
live,
code: f.code
},
payload: faultPayload(f)
};
}
function relayed(id, reply) {
const more = reply.more === true && {
more: true
};
const { streams } = reply;
if (reply.ok) return {
t: "reply",
id,
ok: true,
live: true,
...more,
...streams !== undefined && {
streams
}
};
const code = isFaultCode(reply.code) && FROM_A_CELL.has(reply.code) ? reply.code : "module_error";
return {
t: "reply",
id,
ok: false,
live: true,
code,
...more
};
}
function doesNotRead(api, maybe_ran = false) {
return fault("rate_limited", `'${api}' does not read what it is sent; its queue is full`, {
maybe_ran
});
}
function servedFor(ledger, seat, id) {
const served = servedCall(ledger, seat, id);
if (served === undefined) return undefined;
const grants = [];
for(let call = served; call?.from !== undefined; call = call.parent){
if (isStamped(call)) return {
caller: served.caller.api,
config: PRINCIPALS_FILE,
grants: [
...grants,
NO_GRANTS
]
};
grants.push(call.from.grants);
if (call.lends?.as_caller !== true) break;
}
const config = served.from?.config;
return {
caller: served.caller.api,
...config !== undefined && {
config
},
grants
};
}
function refuseStreams(seat, more, hit) {
if (seat === undefined || seat.open_streams + more <= seat.limits.open_streams) return undefined;
const { api, open_streams, limits } = seat;
hit(api, {
limit: "open_streams",
found: open_streams + more,
allowed: limits.open_streams
});
return fault("quota", `'${api}' has ${open_streams} streams open and ${more} more would begin; limits.open_streams allows ${limits.open_streams}`, {
hint: "read streams to their end or break off, or raise the limit"
});
}
function countLentStreams({ from, lends }, sign) {
if (from !== undefined && lends?.streams !== undefined) from.open_streams += sign * lends.streams;
}
class StreamLedger {
#seats;
#open;
constructor(count, ends){
this.#seats = [
...new Set(ends)
].filter((seat)=>seat !== undefined);
this.#open = new Set(Array.from({
length: count
}, (_, no)=>no));
for (const seat of this.#seats)seat.open_streams += count;
}
has(no) {
return this.#open.has(no);
}
get size() {
return this.#open.size;
}
end(no) {
if (!this.#open.delete(no)) return false;
for (const seat of this.#seats)seat.open_streams--;
return true;
}
endAll() {
for (const no of [
...this.#open
])this.end(no);
}
}
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const ZEROS = "0000000000000000";
function hex16(n) {
const digits = n.toString(16);
return ZEROS.slice(digits.length) + digits;
}
function rootTrace(wanted, salt, id) {
const span = hex16(id);
const trace = wanted === undefined ? undefined : TRACEPARENT.exec(wanted)?.[1];
return `00-${trace ?? salt + span}-${span}-01`;
}
function nestedTrace(parent, id) {
return `00-${parent.slice(3, 35)}-${hex16(id)}-01`;
}
class Admission {
#parts;
constructor(parts){
this.#parts = parts;
}
admit(seat, message, payload, found) {
const parent = servedCall(this.#parts.flow.ledger, seat, message.parent);
const bound = message.tool !== undefined || message.lends?.bearer !== undefined ? this.#bind(seat, message, parent, found) : undefined;
if (bound?.ok === false) return sendRefusal(seat.port, message.id, bound.fault, false);
this.#open(seat, bound?.value.message ?? message, payload, found, parent, bound?.value);
}
asked(seat, { parent: serving, lends }) {
const { flow: { ledger }, principals } = this.#parts;
return {
served: servedFor(ledger, seat, serving),
own: !lends?.as_caller && lends?.bearer === undefined,
authority: ()=>toolAuthority(seat, lends, servedCall(ledger, seat, serving), principals)
};
}
#open(seat, message, payload, found, parent, bound) {
const { flow, clock, trace_salt } = this.#parts;
const { ledger } = flow;
const now = clock.monotonic();
const under = message.lends?.as_caller ? authorityOf(parent) : NOBODY;
const serving = parent && {
depth: parent.depth,
remaining_ms: parent.deadline - now
};
const share = ()=>ledger.countBetween(seat.api, message.api);
const facts = bound === undefined ? {
api: seat.api,
config: seat.config,
services: seat.grants.services,
under,
share,
serving
} : {
...bound.as,
share,
serving
};
const { aspect, name, kind, lends } = message;
const admitted = this.#judge(seat, message, parent, facts, found);
if (!admitted.ok) {
if (admitted.hit !== undefined) this.#parts.hit(message.api, admitted.hit);
const why = found.is === "at" ? {
...admitted.fault,
maybe_ran: true
} : admitted.fault;
return sendRefusal(seat.port, message.id, why, hadFound(flow.routes.of(message.api), why));
}
const { api, depth, ms, seat: taker } = admitted.value;
const id = ledger.nextId();
const asks = found.is === "new" ? bound?.asks : undefined;
const entry = newEntry({
id,
api,
aspect,
name,
kind,
caller: bound?.caller ?? {
api: seat.api,
principal: parent?.caller.principal ?? seat.api
},
trace: parent === undefined ? rootTrace(message.trace, trace_salt, id) : nestedTrace(parent.trace, id),
depth,
started: now,
deadline: now + (asks === undefined ? ms : askingMs(message, serving?.remaining_ms)),
parent,
origin: {
cell: seat.port.cell,
asker: seat.port.cell,
id: message.id
},
from: seat,
lends,
under: bound?.under ?? under,
made: kind === "lent" ? parent?.origin.id : undefined
}, payload, {
more: message.more === true,
waits: taker === undefined || asks !== undefined
});
flow.open(entry, taker, asks);
}
#bind(seat, message, parent, found) {
const { tools, principals, flow } = this.#parts;
if (message.tool === undefined) {
const authority = bearerAuthority(seat, message.lends.bearer, principals);
return authority.ok ? {
ok: true,
value: boundCall(message, authority.value)
} : authority;
}
const authority = toolAuthority(seat, message.lends, parent, principals);
if (!authority.ok) return authority;
const bound = boundTool(message, authority.value);
if (found.is === "at") return {
ok: true,
value: bound
};
if (message.again && message.api === TOOLS_API) return refuse(mayHaveRun$1(message.tool));
const tool = bindTool(message.tool, authority.value, tools);
if (!tool.ok) return tool;
if (!asksFirst(tool.value)) return {
ok: true,
value: bound
};
const crowded = flow.approvals.refuses(authority.value.principal);
if (crowded !== undefined) return refuse(fault("rate_limited", crowded));
return {
ok: true,
value: {
...bound,
asks: tool.value
}
};
}
#judge(seat, { kind, api, aspect, name, timeout, lends, parent: serving }, parent, facts, found) {
const { seats, kept } = this.#parts;
const { routes, circuits } = this.#parts.flow;
const isSeated = (instance)=>seats.has(instance);
const request = {
api,
aspect,
name,
kind,
...timeout !== undefined && {
timeout
},
again: found.is === "at"
};
const refused = lends && this.#refuseLending(seat, lends, serving, parent);
if (refused !== undefined) return refuse(refused);
if (kind === "lent" || kind === "kept") {
const lender = kind === "lent" ? seatOfLender(parent, name, isSeated) : kept.find(seats.values(), api, name, seat.api);
if (!lender.ok) return lender;
const to = {
to: "seat",
seat: lender.value
};
return this.#keep(seat, lends, admitWithin({
...request,
api: lender.value.api
}, facts, to, 0));
}
const route = found.is === "at" ? {
to: "seat",
seat: found.seat
} : pinnedRoute(parent, api, isSeated) ?? this.#shared(request) ?? routes.of(api);
const admitted = this.#keep(seat, lends, admitCall(request, facts, route, routes.heldFor(api)));
const cut_off = admitted.ok && found.is === "new" ? circuits.refuse(seat.api, api) : undefined;
return cut_off === undefined ? admitted : refuse(cut_off);
}
#shared(request) {
const { shares } = this.#parts.flow.statistics;
const seat = shares.size === 0 ? undefined : shares.seatFor(request);
return seat !== undefined && this.#parts.seats.has(seat.instance) ? {
to: "seat",
seat
} : undefined;
}
#keep(seat, lends, admitted) {
if (!admitted.ok || lends?.kept === undefined) return admitted;
if (this.#parts.kept.lend(seat.instance, lends.kept, admitted.value.api)) return admitted;
return refuse(fault("quota", `'${seat.api}' keeps ${MOST_KEPT} functions lent; no more may be`));
}
#refuseLending(seat, lends, serving, parent) {
if (lends.as_caller && parent === undefined) {
const why = serving === undefined ? "it serves no call" : "the call that it served is over";
return fault("not_granted", `'${seat.api}' can't act for a caller: ${why}`, {
hint: "use kernel.getApi() there"
});
}
return lends.streams === undefined ? undefined : refuseStreams(seat, lends.streams, this.#parts.hit);
}
}
function mayHaveRun$1(tool) {
const text = `whose tool '${tool}' is was not known again when the kernel had restarted; this call may have run`;
return fault("module_killed", text, {
maybe_ran: true
});
}
const NOBODY = Object.freeze([]);
function authorityOf(parent) {
if (parent === undefined) return NOBODY;
return parent.from === undefined || isStamped(parent) ? parent.under : [
...parent.under,
parent.from.grants.services
];
}
function sendRefusal(port, id, why, live) {
const { header, payload } = refusal(id, why, live);
port.send(header, payload);
}
function answerApart(port, apart, { id, api, name }) {
const recorded = apart({
api,
name
});
if (recorded !== undefined) return void port.send({
t: "reply",
id,
ok: true,
live: true
}, recorded);
const text = `'${api}.${name}' has no recorded answer: this module runs apart and reaches nobody`;
sendRefusal(port, id, fault("not_granted", text), false);
}
const TURN_MS = 10;
const LONGEST_MS = 1_000_000_000;
class Deadlines {
#clock;
#all;
#expire;
#armed = Infinity;
#cancel = ()=>{};
constructor(clock, all, expire){
this.#clock = clock;
this.#all = all;
this.#expire = expire;
}
note(at_ms) {
invariant(Number.isFinite(at_ms), "a deadline is a finite time");
const turn = Math.ceil(at_ms / TURN_MS);
if (turn < this.#armed) this.#arm(turn);
}
clear() {
this.#cancel();
this.#cancel = ()=>{};
this.#armed = Infinity;
}
#arm(turn) {
this.clear();
this.#armed = turn;
const ms = Math.min(LONGEST_MS, Math.max(0, turn * TURN_MS - this.#clock.monotonic()));
this.#cancel = this.#clock.after(ms, ()=>this.#turn());
}
#turn() {
this.#armed = -Infinity;
const now = this.#clock.monotonic();
const errors = [];
for (const item of [
...this.#all()
].filter(({ deadline })=>deadline <= now)){
if (item.deadline > now) continue;
try {
this.#expire(item);
} catch (error) {
errors.push(error);
}
}
this.clear();
let earliest = Infinity;
for (const { deadline } of this.#all())if (deadline < earliest) earliest = deadline;
if (earliest < Infinity) this.note(earliest);
if (errors.length > 0) throw errors[0];
}
}
const MAX_PER_CALLER = 16_384;
const MAX_REPORTED = 262_144;
const MAX_CELLS = 4_096;
class AnsweredCalls {
#answered = new Map();
#reported = new Map();
#reported_keys = 0;
#modules = new Map();
seated(cell, api) {
const apis = this.#modules.get(cell);
if (apis !== undefined) return void apis.add(api);
this.#modules.set(cell, new Set([
api
]));
if (this.#modules.size > MAX_CELLS) this.#modules.delete(this.#modules.keys().next().value);
}
answered(origin, id, by) {
let calls = this.#answered.get(origin);
if (calls === undefined) this.#answered.set(origin, calls = new Map());
calls.set(id, by);
if (calls.size > MAX_PER_CALLER) calls.delete(calls.keys().next().value);
}
reported(keys, by) {
this.#forgetReport(by);
if (keys.length === 0) return;
const held = new Set(keys);
this.#reported.set(by, held);
this.#reported_keys += held.size;
while(this.#reported_keys > MAX_REPORTED && this.#reported.size > 1){
this.#forgetReport(this.#reported.keys().next().value);
}
}
holdersOf(origin, id, api) {
const sure = this.#answered.get(origin)?.get(id);
if (sure !== undefined) return [
sure
];
const key = callKey(origin, id);
return [
...this.#reported
].filter(([cell, held])=>held.has(key) && this.#modules.get(cell)?.has(api)).map(([cell])=>cell);
}
acknowledge(origin, ranges) {
const forget = new Map();
const calls = this.#answered.get(origin);
if (calls === undefined) return forget;
for (const [from, to] of ranges){
for(let id = from; id <= to; id++){
const by = calls.get(id);
if (by === undefined) continue;
calls.delete(id);
if (this.#reported.get(by)?.delete(callKey(origin, id))) this.#reported_keys--;
const ids = forget.get(by);
if (ids === undefined) forget.set(by, [
id
]);
else ids.push(id);
}
}
return forget;
}
isOwed(by) {
for (const calls of this.#answered.values())for (const cell of calls.values())if (cell === by) return true;
return false;
}
forgetCaller(cell) {
this.#answered.delete(cell);
}
#forgetReport(cell) {
this.#reported_keys -= this.#reported.get(cell)?.size ?? 0;
this.#reported.delete(cell);
}
}
const MAX_ANSWER_BYTES = 67_108_864;
const FAULT_PAYLOAD = 131_072;
class OperatorCalls {
#waiting = new Map();
#next = 1;
open() {
const id = this.#next++;
const { promise, resolve } = Promise.withResolvers();
this.#waiting.set(id, {
resolve,
pieces: undefined,
code: undefined
});
return {
id,
outcome: promise
};
}
settle(id, outcome) {
this.#waiting.get(id)?.resolve(outcome);
this.#waiting.delete(id);
}
answer(id, header, payload) {
const waiting = this.#waiting.get(id);
if (waiting === undefined || header.t !== "reply" && header.t !== "piece") return;
if (header.t === "reply") {
waiting.pieces = header.more ? new GrowingPayload() : undefined;
waiting.code = header.ok ? undefined : header.code ?? "module_error";
}
if ((waiting.pieces?.length ?? 0) + payload.length > MAX_ANSWER_BYTES) {
const why = fault("too_large", `the answer exceeds ${MAX_ANSWER_BYTES} bytes`, {
maybe_ran: true
});
return this.settle(id, {
ok: false,
fault: why
});
}
waiting.pieces?.append(payload);
if (header.more) return;
const whole = waiting.pieces?.take() ?? payload;
const { code } = waiting;
this.settle(id, code === undefined ? {
ok: true,
payload: whole
} : {
ok: false,
fault: readFault(code, whole)
});
}
}
function readFault(code, payload) {
const said = payload.length > FAULT_PAYLOAD ? undefined : readJsonPayload(payload);
if (!isRecord(said) || typeof said["message"] !== "string") {
return fault(code, "the service failed and its words could not be read", {
maybe_ran: true
});
}
const { message, hint, retriable, maybe_ran, name } = said;
return fault(code, clipText(message, FAULT_UNITS), {
hint: typeof hint === "string" ? clipText(hint, FAULT_UNITS) : FAULTS[code].hint,
retriable: retriable === true,
maybe_ran: maybe_ran === true,
...typeof name === "string" && {
name: clipText(name, NAME_UNITS$1)
}
});
}
const MORE = {
more: true
};
class CallEnds {
operator = new OperatorCalls();
ports = new Map();
#tracer;
constructor(tracer){
this.#tracer = tracer;
}
answer(entry, header, payload) {
if (header.t === "reply") this.#tracer?.answered(entry, header.ok ? undefined : header.code);
if (entry.origin.cell !== OPERATOR) return this.ports.get(entry.origin.cell)?.send(header, payload) ?? false;
this.operator.answer(entry.origin.id, header, payload);
return true;
}
stream(entry, word, payload) {
if (word.at === "callee") return this.answer(entry, {
...word,
at: "caller",
id: entry.origin.id
}, payload);
return entry.to?.port.send({
...word,
at: "callee",
id: entry.id
}, payload) ?? false;
}
piece(entry, more, payload) {
const taken = entry.to.port.send({
t: "piece",
of: "call",
id: entry.id,
...more && MORE
}, payload);
if (taken) entry.begun_there = more;
return taken;
}
cancel(entry) {
if (entry.to === undefined) return;
const { port } = entry.to;
port.send({
t: "cancel",
id: entry.id
});
if (entry.begun_there) port.send({
t: "piece",
of: "call",
id: entry.id
});
entry.begun_there = false;
}
}
function headerOf(entry, seat, now, more) {
const { id, aspect, name, kind, caller, trace, depth, lends, made } = entry;
const ms = Math.max(1, Math.ceil(entry.deadline - now));
const plain = {
t: "call",
id,
key: keyOf$1(entry),
to: seat.instance,
aspect,
name,
kind,
caller,
trace,
ms,
depth
};
if (!more && lends?.streams === undefined && made === undefined) return plain;
return {
...plain,
...more && MORE,
...lends?.streams !== undefined && {
streams: lends.streams
},
...made !== undefined && {
made
}
};
}
const LEAST_MS = 0.01;
const STEP = 1.1;
const BUCKETS = 233;
const LOG_STEP = Math.log(STEP);
class LatencyHistogram {
#counts = new Uint32Array(BUCKETS);
#total = 0;
get count() {
return this.#total;
}
record(ms) {
const steps = ms > LEAST_MS ? Math.ceil(Math.log(ms / LEAST_MS) / LOG_STEP) : 0;
this.#counts[Math.min(BUCKETS - 1, steps)]++;
this.#total++;
}
quantile(q) {
if (this.#total === 0) return undefined;
const rank = Math.max(1, Math.ceil(q * this.#total));
let seen = 0;
for(let i = 0; i < BUCKETS; i++){
seen += this.#counts[i];
if (seen >= rank) return round(LEAST_MS * STEP ** i);
}
return round(LEAST_MS * STEP ** (BUCKETS - 1));
}
counts() {
return [
...this.#counts.entries()
].filter(([, count])=>count > 0);
}
add(counts) {
for (const [bucket, count] of counts){
this.#counts[Math.min(BUCKETS - 1, bucket)] += count;
this.#total += count;
}
}
clear() {
this.#counts.fill(0);
this.#total = 0;
}
}
function round(ms) {
return Number(ms.toPrecision(3));
}
class CallShares {
#shares = new Map();
get size() {
return this.#shares.size;
}
begin(seat, options) {
this.#shares.set(seat.api, {
...options,
seat,
candidate: newSide(),
current: newSide(),
asked: 0
});
}
end(api) {
const share = this.#shares.get(api);
this.#shares.delete(api);
return share && {
candidate: figuresOf(share.candidate),
current: figuresOf(share.current)
};
}
seatFor({ api, aspect, name }) {
const share = this.#shares.get(api);
if (share === undefined || aspect !== share.aspect || !share.entries.has(name)) return undefined;
const before = Math.floor(share.asked * share.part);
return Math.floor(++share.asked * share.part) > before ? share.seat : undefined;
}
ended({ api, aspect, name, to }, ms, ok) {
const share = this.#shares.get(api);
if (share === undefined || to === undefined || aspect !== share.aspect || !share.entries.has(name)) return;
const by = to.instance;
const side = by === share.seat.instance ? share.candidate : share.current;
side.calls++;
if (!ok) side.faults++;
side.latency.record(ms);
}
}
function newSide() {
return {
calls: 0,
faults: 0,
latency: new LatencyHistogram()
};
}
function figuresOf({ calls, faults, latency }) {
return {
calls,
faults,
p99_ms: latency.quantile(0.99) ?? null
};
}
class CallStatistics {
shares = new CallShares();
#apis = new Map();
record(entry, ms, ok) {
const { api } = entry;
if (this.shares.size > 0) this.shares.ended(entry, ms, ok);
let figures = this.#apis.get(api);
if (figures === undefined) this.#apis.set(api, figures = {
calls: 0,
faults: 0,
latency: new LatencyHistogram()
});
figures.calls++;
if (!ok) figures.faults++;
figures.latency.record(ms);
}
of(api) {
const figures = this.#apis.get(api);
if (figures === undefined) return {
calls: 0,
faults: 0,
p50_ms: null,
p99_ms: null
};
const { calls, faults, latency } = figures;
return {
calls,
faults,
p50_ms: latency.quantile(0.5) ?? null,
p99_ms: latency.quantile(0.99) ?? null
};
}
told() {
return [
...this.#apis
].map(([api, { calls, faults, latency }])=>({
api,
calls,
faults,
counts: latency.counts()
}));
}
take(told) {
for (const { api, calls, faults, counts } of told){
const latency = new LatencyHistogram();
latency.add(counts);
this.#apis.set(api, {
calls,
faults,
latency
});
}
}
forget(api) {
this.#apis.delete(api);
}
}
const OPEN_AFTER = 5;
const FIRST_OPEN_MS = 1_000;
const MOST_OPEN_MS = 30_000;
const BLAMED_DEATHS = 2;
const BLAME_MS = 60_000;
const MOST_EDGES = 4_096;
class CircuitTable {
#clock;
#emit;
#edges = new Map();
constructor(clock, emit){
this.#clock = clock;
this.#emit = emit;
}
refuse(caller, callee) {
if (this.#edges.size === 0) return undefined;
const edge = this.#edges.get(keyOf(caller, callee));
if (edge === undefined || edge.state === "closed") return undefined;
const left = edge.until - this.#clock.monotonic();
if (edge.state === "open" && left <= 0) {
edge.state = "half_open";
return undefined;
}
const why = edge.deaths >= BLAMED_DEATHS ? `its calls ended '${callee}' ${edge.deaths} times` : "calls failed in a row";
const when = edge.state === "open" ? `it is tried again in ${Math.ceil(left)} ms` : "one call is trying it now";
return fault("circuit_open", `'${caller}' is cut off from '${callee}': ${why}; ${when}`);
}
ended(caller, callee, outcome, instance) {
const trouble = outcome === "timeout" || outcome === "module_killed";
if (!trouble && this.#edges.size === 0) return;
const key = keyOf(caller, callee);
const edge = this.#edges.get(key);
if (!trouble) {
if (edge === undefined) return;
if (outcome === "untried") {
if (edge.state === "half_open") edge.state = "open";
} else if (edge.state === "half_open") this.#close(key, edge);
else if (edge.state === "closed") this.#forgive(key, edge);
return;
}
const failing = edge ?? this.#remember(key, caller, callee);
if (outcome === "module_killed") {
if (failing.last_death === instance && failing.state !== "half_open") return;
failing.last_death = instance;
}
failing.faults++;
if (failing.state === "half_open" || failing.state === "closed" && failing.faults >= OPEN_AFTER) {
this.#open(failing, `${failing.faults} faults in a row, the last: ${outcome}`);
}
}
blame(caller, callee) {
const key = keyOf(caller, callee);
const edge = this.#edges.get(key) ?? this.#remember(key, caller, callee);
const now = this.#clock.monotonic();
edge.deaths = now - edge.death_at > BLAME_MS ? 1 : edge.deaths + 1;
edge.death_at = now;
if (edge.deaths >= BLAMED_DEATHS) this.#open(edge, `its calls hung '${callee}' ${edge.deaths} times`);
}
forget(api) {
for (const [key, { caller, callee }] of this.#edges)if (caller === api || callee === api) this.#edges.delete(key);
}
told() {
const now = this.#clock.monotonic();
return [
...this.#edges.values()
].map(({ caller, callee, faults, deaths, death_at, opened, state, until })=>({
...{
caller,
callee,
faults,
deaths,
opened
},
death_ago_ms: death_at === -Infinity ? null : Math.round(now - death_at),
open_ms: state === "closed" ? null : Math.max(0, Math.round(until - now))
}));
}
take(told) {
const now = this.#clock.monotonic();
for (const { caller, callee, faults, deaths, death_ago_ms, opened, open_ms } of told){
const edge = this.#remember(keyOf(caller, callee), caller, callee);
Object.assign(edge, {
faults,
deaths,
opened
});
if (death_ago_ms !== null) edge.death_at = now - death_ago_ms;
if (open_ms !== null) Object.assign(edge, {
state: "open",
until: now + open_ms
});
}
}
#remember(key, caller, callee) {
const edge = {
...{
caller,
callee,
faults: 0,
last_death: undefined,
deaths: 0,
death_at: -Infinity
},
...{
opened: 0,
state: "closed",
until: 0
}
};
this.#edges.set(key, edge);
if (this.#edges.size > MOST_EDGES) this.#edges.delete(this.#edges.keys().next().value);
return edge;
}
#open(edge, why) {
const ms = Math.min(MOST_OPEN_MS, FIRST_OPEN_MS * 2 ** edge.opened++);
edge.state = "open";
edge.until = this.#clock.monotonic() + ms;
const { caller, callee } = edge;
this.#emit({
kind: "circuit.open",
api: callee,
message: `'${caller}' is cut off: ${why}`,
detail: {
caller,
ms
}
});
}
#close(key, edge) {
const { caller, callee } = edge;
edge.state = "closed";
this.#emit({
kind: "circuit.closed",
api: callee,
message: `'${caller}' is let through again`,
detail: {
caller
}
});
this.#forgive(key, edge);
}
#forgive(key, edge) {
edge.faults = 0;
edge.last_death = undefined;
if (this.#clock.monotonic() - edge.death_at > BLAME_MS) this.#edges.delete(key);
}
}
function keyOf(caller, callee) {
return `${caller} ${callee}`;
}
const PATIENCE = 1 / 2;
function edgeOutcome({ to, started, deadline }, { code }) {
if (to === undefined) return "untried";
if (code === "timeout") return deadline - started < to.limits.call_timeout_ms * PATIENCE ? "untried" : code;
return code === "module_killed" ? code : "untried";
}
function mayHaveRun({ to, more_to_come }) {
return to !== undefined && !more_to_come;
}
class Holding {
#flow;
#retired = false;
constructor(flow){
this.#flow = flow;
}
hold(entry) {
if (this.#retired) this.#handBack(entry);
else if (!this.#flow.routes.hold(entry)) this.#crowded(entry);
}
rehold(entry) {
if (!this.#retired) return this.#flow.routes.hold(entry);
this.#handBack(entry);
return true;
}
piece(entry, more, payload) {
if (!this.#flow.routes.holdPiece(entry, {
payload: ownPayload(payload),
more
})) this.#crowded(entry);
}
retire() {
this.#retired = true;
for (const entry of this.#flow.ledger.where(({ to })=>to === undefined))this.#handBack(entry);
}
#handBack(entry) {
const { origin, parent, api } = entry;
const port = this.#flow.ends.ports.get(origin.cell);
if (parent === undefined && origin.cell !== OPERATOR && port?.send({
t: "hand_back",
id: origin.id
})) {
return this.#flow.drop(entry);
}
const text = `'${api}' was not there yet when the kernel handed over to its successor; make the call again`;
this.#flow.fail(entry, fault("moved", text));
}
#crowded(entry) {
this.#flow.fail(entry, fault("rate_limited", `too much waits for '${entry.api}' already`));
}
}
const ACK_AT = 256;
const ACK_MS = 250;
const RANGES_PER_ACK = 64;
class LateAcks {
#clock;
#portOf;
#waiting = new Map();
#cancel;
constructor(clock, portOf){
this.#clock = clock;
this.#portOf = portOf;
}
add(callee, caller, id) {
let of_callee = this.#waiting.get(callee);
if (of_callee === undefined) this.#waiting.set(callee, of_callee = new Map());
const ids = of_callee.get(caller);
if (ids === undefined) of_callee.set(caller, [
id
]);
else if (ids.push(id) >= ACK_AT) {
of_callee.delete(caller);
return this.#say(callee, caller, ids);
}
this.#cancel ??= this.#clock.after(ACK_MS, ()=>this.flush());
}
flush() {
this.dispose();
for (const [callee, of_callee] of this.#waiting){
for (const [caller, ids] of of_callee)this.#say(callee, caller, ids);
}
this.#waiting.clear();
}
dispose() {
this.#cancel?.();
this.#cancel = undefined;
}
forget(callee) {
this.#waiting.delete(callee);
}
#say(callee, caller, ids) {
const ranges = toRanges(ids);
for(let at = 0; at < ranges.length; at += RANGES_PER_ACK){
this.#portOf(callee)?.send({
t: "ack",
of: caller,
ids: ranges.slice(at, at + RANGES_PER_ACK)
});
}
}
}
function expired({ api, name, caller, streams, to, started, deadline }) {
const ms = Math.round(deadline - started);
if (streams !== undefined) {
return {
text: `'${caller.api}' did not begin to read the stream that '${api}.${name}' gave it`
};
}
if (to === undefined) return {
text: `'${api}' was not ready within ${ms} ms`
};
const text = `'${api}.${name}' did not answer within ${ms} ms`;
const allowed = to.limits.call_timeout_ms;
return ms < allowed ? {
text
} : {
text,
hit: {
limit: "call_timeout_ms",
found: ms,
allowed,
about: {
caller: caller.api
}
}
};
}
class RetoldCalls {
#flow;
constructor(flow){
this.#flow = flow;
}
toldAgain(entry, message, payload) {
if (!isSame$1(entry, message)) return false;
const whole = !entry.more_to_come;
const more = message.more === true;
if (entry.to === undefined) {
if (whole) return false;
this.#flow.routes.unhold(entry);
entry.held = [
{
payload: ownPayload(payload),
more
}
];
entry.more_to_come = more;
this.#flow.settle(entry);
return false;
}
if (whole && entry.answering === "no") return false;
if (!whole) this.#flow.ends.cancel(entry);
this.#flow.drop(entry);
return true;
}
rehold(entry) {
const { kind, more_to_come, origin } = entry;
if (kind === "lent" || kind === "kept" || more_to_come || entry.answering !== "no") return false;
if (origin.cell === OPERATOR || !this.#flow.ends.ports.get(origin.cell)?.send({
t: "resay",
id: origin.id
})) {
return false;
}
this.#flow.ledger.takeBack(entry);
entry.more_to_come = true;
entry.held = [];
return this.#flow.holding.rehold(entry);
}
neverArrived(entry) {
entry.begun_there = false;
this.#flow.fail(entry, fault("moved", `the link to '${entry.api}' broke before this call arrived there`));
}
lostLink(cell) {
for (const entry of this.#flow.ledger.where((e)=>e.origin.cell === cell && e.answering !== "no")){
entry.answering = "lost";
}
}
}
function isSame$1(entry, { from, api, aspect, name, kind }) {
return entry.from?.instance === from && entry.kind === kind && entry.aspect === aspect && entry.name === name && (kind === "lent" || entry.api === api);
}
class RouteTable {
#routes = new Map();
#held = new Map();
of(api) {
return this.#routes.get(api);
}
set(api, route) {
this.#routes.set(api, route);
if (route.to === "hold") {
if (this.heldFor(api) > 0) route.called?.();
return [];
}
return this.#release(api);
}
delete(api) {
this.#routes.delete(api);
return this.#release(api);
}
hold(entry) {
let held = this.#held.get(entry.api);
if (held === undefined) this.#held.set(entry.api, held = {
calls: new Set(),
bytes: 0
});
held.calls.add(entry);
held.bytes += bytesOf(entry);
const route = this.#routes.get(entry.api);
if (route?.to === "hold") route.called?.();
return held.bytes <= WIRE.queue_bytes;
}
holdPiece(entry, piece) {
const held = this.#held.get(entry.api);
if (held === undefined || !held.calls.has(entry)) return false;
entry.held.push(piece);
held.bytes += piece.payload.length + MESSAGE_COST_BYTES;
return held.bytes <= WIRE.queue_bytes;
}
unhold(entry) {
const held = this.#held.get(entry.api);
if (held?.calls.delete(entry)) held.bytes -= bytesOf(entry);
if (held?.calls.size === 0) this.#held.delete(entry.api);
}
heldFor(api) {
return this.#held.get(api)?.calls.size ?? 0;
}
#release(api) {
const held = this.#held.get(api);
this.#held.delete(api);
return held === undefined ? [] : [
...held.calls
];
}
}
function bytesOf({ held }) {
return held.reduce((sum, { payload })=>sum + payload.length + MESSAGE_COST_BYTES, 0);
}
class StreamGauge {
#asked = 0;
#asked_bytes = 0;
#told = 0;
#told_bytes = 0;
#ended = false;
#stopped = false;
take(word, length) {
switch(word.t){
case "pull":
return this.#ask(word.upto, word.bytes);
case "items":
return this.#tell(word.count, length);
case "end":
{
const again = this.#ended;
this.#ended = true;
return again ? "again" : "new";
}
case "stop":
{
const again = this.#stopped;
this.#stopped = true;
return again ? "again" : "new";
}
}
}
#ask(upto, bytes) {
if (upto > this.#told + WIRE.items_ahead || bytes > this.#told_bytes + WIRE.items_ahead_bytes) return "beyond";
if (this.#ended || upto <= this.#asked && bytes <= this.#asked_bytes) return "again";
this.#asked = Math.max(this.#asked, upto);
this.#asked_bytes = Math.max(this.#asked_bytes, bytes);
return "new";
}
#tell(count, bytes) {
if (this.#ended) return "again";
this.#told += count;
this.#told_bytes += bytes;
const fits = this.#told <= this.#asked && this.#told_bytes <= this.#asked_bytes + WIRE.item_bytes;
return fits ? "new" : "beyond";
}
}
class StreamFlow {
#flow;
#gauges = new WeakMap();
constructor(flow){
this.#flow = flow;
}
begin(entry, count) {
if (entry.origin.cell === OPERATOR) {
return fault("invalid_argument", STREAM_FOR_NOBODY, {
maybe_ran: true,
hint: STREAM_HINT
});
}
const { hit } = this.#flow;
const refused = refuseStreams(entry.from, count, hit) ?? refuseStreams(entry.to, count, hit) ?? this.#refuseShare(entry, count);
if (refused !== undefined) return {
...refused,
maybe_ran: true
};
entry.streams = new StreamLedger(count, [
entry.from,
entry.to
]);
return undefined;
}
#refuseShare({ from, to }, more) {
if (from === undefined || to === undefined) return undefined;
const { api, limits: { open_streams } } = to;
const share = Math.ceil(open_streams * SHARE);
if (to.open_streams + more <= share) return undefined;
const held = this.#flow.ledger.where((e)=>e.from === from && e.to === to && e.streams !== undefined).reduce((sum, { streams })=>sum + streams.size, 0);
if (held + more <= share) return undefined;
this.#flow.hit(api, {
limit: "open_streams",
found: held + more,
allowed: share,
about: {
caller: from.api
}
});
return fault("quota", `'${from.api}' holds ${held} streams of '${api}' and ${more} more would begin; one caller may hold ${share} of limits.open_streams ${open_streams}`, {
hint: "read streams to their end or break off"
});
}
word(entry, word, payload) {
const telling = word.t === "items" || word.t === "end";
const of_answer = telling === (word.at === "callee");
const known = of_answer ? entry.streams?.has(word.no) : word.no < (entry.lends?.streams ?? 0);
if (!known || entry.to === undefined) return;
const gauged = this.#gaugeOf(entry, of_answer ? word.no : -1 - word.no).take(word, payload.length);
if (gauged === "again") return;
const [from, to] = word.at === "caller" ? [
entry.caller.api,
entry.api
] : [
entry.api,
entry.caller.api
];
if (gauged === "beyond") return this.#flow.breakOff(entry, goesBeyond(from, word.t));
if (!this.#flow.ends.stream(entry, word, payload)) return this.#flow.breakOff(entry, doesNotRead(to, true));
if (!of_answer) return;
if (word.t === "pull") return this.#flow.readingBegan(entry);
if (word.t === "end") return this.#ended(entry, word.no, word.code === undefined);
if (word.t !== "stop") return;
this.#flow.ends.answer(entry, {
t: "end",
at: "caller",
id: entry.origin.id,
no: word.no
}, NO_PAYLOAD);
this.#ended(entry, word.no, true);
}
#gaugeOf(entry, key) {
let of_call = this.#gauges.get(entry);
if (of_call === undefined) this.#gauges.set(entry, of_call = new Map());
let gauge = of_call.get(key);
if (gauge === undefined) of_call.set(key, gauge = new StreamGauge());
return gauge;
}
#ended(entry, no, ok) {
entry.streams?.end(no);
if (entry.streams?.size === 0 && entry.answering === "no") this.#flow.finish(entry, ok);
}
linkBroke(cell) {
const text = "the link over which this stream went broke";
const has = ({ streams, lends })=>streams !== undefined || (lends?.streams ?? 0) > 0;
const { ledger } = this.#flow;
for (const entry of ledger.where((e)=>has(e) && (e.origin.cell === cell || e.to?.port.cell === cell))){
if (entry.origin.cell === cell) this.#flow.giveUp(entry, text);
else this.#flow.fail(entry, fault("moved", text, {
maybe_ran: true
}));
}
}
}
function goesBeyond(api, word) {
const what = word === "pull" ? "asked for more of a stream than may be under way" : "told more of a stream than was asked for";
return fault("rate_limited", `'${api}' ${what}`, {
maybe_ran: true,
retriable: false
});
}
const SHARE = 3 / 4;
const STREAM_FOR_NOBODY = "the answer is a stream, which only modules read";
const STREAM_HINT = "call it from a module, or call a method that gives a list";
const NOTHING_HELD = [];
Object.freeze(NOTHING_HELD);
class CallFlow {
ledger = new CallLedger();
routes = new RouteTable();
answered = new AnsweredCalls();
statistics = new CallStatistics();
ends;
streams = new StreamFlow(this);
retold = new RetoldCalls(this);
holding = new Holding(this);
approvals;
circuits;
acks;
hit;
#clock;
#deadlines;
#tracer;
constructor({ clock, emit, hit, tracer, trace_salt }){
this.hit = hit;
this.#clock = clock;
this.#tracer = tracer;
this.ends = new CallEnds(tracer);
this.approvals = new Approvals(this, emit, trace_salt);
this.circuits = new CircuitTable(clock, emit);
this.acks = new LateAcks(clock, (cell)=>this.ends.ports.get(cell));
this.#deadlines = new Deadlines(clock, ()=>this.ledger.all(), (entry)=>this.#expire(entry));
}
open(entry, seat, asks) {
if (this.#tracer !== undefined) entry.trace = this.#tracer.began(entry);
this.ledger.open(entry);
countLentStreams(entry, 1);
this.#deadlines.note(entry.deadline);
if (asks !== undefined) this.approvals.ask(entry, asks, this.#clock.monotonic());
else if (seat !== undefined) this.deliver(entry, seat);
else this.holding.hold(entry);
}
beginAnew(entry, ms) {
entry.started = this.#clock.monotonic();
entry.deadline = Math.min(entry.deadline, entry.started + ms);
this.#deadlines.note(entry.deadline);
this.settle(entry);
}
deliver(entry, seat) {
entry.to = seat;
seat.in_flight++;
const { held } = entry;
const first = held[0];
entry.held = NOTHING_HELD;
if (!seat.port.send(headerOf(entry, seat, this.#clock.monotonic(), first.more), first.payload)) {
return this.fail(entry, doesNotRead(entry.api));
}
entry.begun_there = first.more;
for(let i = 1; i < held.length; i++)this.#sendPiece(entry, held[i].more, held[i].payload);
}
reply(entry, message, payload) {
const begins = message.ok && message.streams !== undefined ? message.streams : 0;
const refused = begins === 0 ? undefined : this.streams.begin(entry, begins);
if (refused !== undefined) {
this.ends.cancel(entry);
return this.fail(entry, refused);
}
if (begins > 0) this.#awaitReader(entry);
if (!this.ends.answer(entry, relayed(entry.origin.id, message), payload)) return this.breakOff(entry);
if (message.more) entry.answering = message.ok ? "ok" : "fault";
else if (begins === 0) this.finish(entry, message.ok);
}
released(entries) {
for (const entry of entries)if (!awaitsWords(entry)) this.settle(entry);
}
settle(entry) {
const route = this.routes.of(entry.api);
if (route?.to === "seat") this.deliver(entry, route.seat);
else if (route?.to !== "hold") this.fail(entry, serviceDown(entry.api, route));
else this.holding.hold(entry);
}
replyPiece(entry, more, payload) {
if (entry.answering === "no" || entry.answering === "lost") return;
const taken = this.ends.answer(entry, {
t: "piece",
of: "reply",
id: entry.origin.id,
...more && MORE
}, payload);
if (!taken) return this.breakOff(entry);
if (more) return;
if (entry.streams !== undefined && entry.streams.size > 0) entry.answering = "no";
else this.finish(entry, entry.answering === "ok");
}
callPiece(cell, id, more, payload) {
const entry = this.ledger.ofOrigin(cell, id);
if (!entry?.more_to_come) return;
entry.more_to_come = more;
if (entry.to !== undefined) return this.#sendPiece(entry, more, payload);
if (awaitsWords(entry)) return;
if (this.approvals.waits(entry)) this.approvals.piece(entry, more, payload);
else this.holding.piece(entry, more, payload);
}
fail(entry, why) {
if (this.ledger.get(entry.id) !== entry) return;
const { header, payload } = refusal(entry.origin.id, why, entry.to !== undefined);
this.ends.answer(entry, header, payload);
if (entry.answering === "ok" || entry.answering === "fault") {
this.ends.answer(entry, {
t: "piece",
of: "reply",
id: entry.origin.id
}, NO_PAYLOAD);
}
this.finish(entry, false, edgeOutcome(entry, why));
}
giveUp(entry, text) {
if (this.ledger.get(entry.id) !== entry) return;
this.ends.cancel(entry);
this.fail(entry, fault("cancelled", text, {
maybe_ran: mayHaveRun(entry)
}));
}
forgetCell(cell) {
this.ends.ports.delete(cell);
this.answered.forgetCaller(cell);
this.acks.forget(cell);
this.ledger.forgetOrigin(cell);
}
dispose() {
this.#deadlines.clear();
this.acks.dispose();
}
#sendPiece(entry, more, payload) {
if (this.ledger.get(entry.id) !== entry) return;
if (!this.ends.piece(entry, more, payload)) this.fail(entry, doesNotRead(entry.api));
}
#settleEdge({ from, api, to, kind }, outcome) {
if (from !== undefined && kind !== "lent" && kind !== "kept") {
this.circuits.ended(from.api, api, outcome, to?.instance);
}
}
#awaitReader(entry) {
const now = this.#clock.monotonic();
this.statistics.record(entry, now - entry.started, true);
this.#settleEdge(entry, "answered");
entry.deadline = now + (entry.deadline - entry.started);
this.#deadlines.note(entry.deadline);
}
readingBegan(entry) {
entry.deadline = Infinity;
}
breakOff(entry, why = doesNotRead(entry.caller.api, true)) {
this.ends.cancel(entry);
this.fail(entry, why);
}
finish(entry, ok, edge = "answered") {
if (!this.#close(entry)) return;
entry.streams?.endAll();
if (entry.begun_there) this.ends.cancel(entry);
if (entry.streams === undefined) {
this.statistics.record(entry, this.#clock.monotonic() - entry.started, ok);
this.#settleEdge(entry, edge);
}
if (entry.to === undefined) return;
const { origin, to: { port: { cell } } } = entry;
if (origin.cell === OPERATOR) this.acks.add(cell, origin.asker, origin.id);
else this.answered.answered(origin.cell, origin.id, cell);
}
drop(entry) {
if (this.#close(entry)) this.#settleEdge(entry, "untried");
}
#close(entry) {
if (!this.ledger.close(entry)) return false;
countLentStreams(entry, -1);
this.#tracer?.ended(entry);
entry.deadline = Infinity;
this.routes.unhold(entry);
this.approvals.forget(entry);
return true;
}
#expire(entry) {
if (this.approvals.waits(entry)) return this.approvals.unanswered(entry);
const { text, hit } = expired(entry);
if (hit !== undefined) this.hit(entry.api, hit);
this.ends.cancel(entry);
this.fail(entry, fault("timeout", text, {
maybe_ran: mayHaveRun(entry)
}));
}
}
class CallsHandedOver {
#flow;
#kernel;
constructor(flow, kernel){
this.#flow = flow;
this.#kernel = kernel;
}
told() {
return {
statistics: this.#flow.statistics.told(),
circuits: this.#flow.circuits.told()
};
}
take({ statistics, circuits }) {
this.#flow.statistics.take(statistics);
this.#flow.circuits.take(circuits);
}
retire() {
this.#flow.holding.retire();
}
get busy() {
return this.#flow.ledger.size > 0 || this.#kernel.size > 0;
}
endAll(text) {
for (const entry of this.#flow.ledger.where(()=>true)){
this.#flow.breakOff(entry, fault("moved", text, {
maybe_ran: entry.to !== undefined
}));
}
}
}
const NONE = new Set();
class Hostages {
#flow;
#spared = new Map();
constructor(flow){
this.#flow = flow;
}
dying(cell, instance, { running, spared }) {
const { ledger, circuits } = this.#flow;
const there = ledger.where(({ to })=>to?.instance === instance && to.port.cell === cell);
if (there.length === 0) return undefined;
const unbegun = new Set(spared);
this.#spared.set(instance, unbegun);
const begun = there.filter(({ id })=>!unbegun.has(id));
const guilty = running === undefined ? onlyCaller(begun) : begun.find(({ id })=>id === running);
if (guilty === undefined) return undefined;
if (guilty.from !== undefined) circuits.blame(guilty.from.api, guilty.api);
return {
caller: guilty.caller.api,
method: guilty.name
};
}
takeSpared(instance) {
const spared = this.#spared.get(instance) ?? NONE;
this.#spared.delete(instance);
return spared;
}
}
function onlyCaller(calls) {
const [first] = calls;
return calls.every(({ from })=>from?.api === first?.from?.api) ? first : undefined;
}
function takePiece({ flow, parked }, cell, { of, id, more: continues }, payload) {
const more = continues === true;
if (of === "reply") {
const entry = flow.ledger.get(id);
if (entry?.to?.port.cell === cell) flow.replyPiece(entry, more, payload);
} else if (of === "call") {
parked.piece(cell, id, more, payload);
flow.callPiece(cell, id, more, payload);
}
}
class KernelCalls {
#services;
#clock;
#busy = new Map();
constructor(services, clock){
this.#services = services;
this.#clock = clock;
}
get size() {
return [
...this.#busy.values()
].reduce((sum, busy)=>sum + busy, 0);
}
async call(seat, message, payload, asked) {
const outcome = this.#refuse(seat, message) ?? await this.#ask(seat, message, payload, asked);
const { port } = seat;
if (outcome.ok && port.send({
t: "reply",
id: message.id,
ok: true,
live: true
}, outcome.payload)) return;
const why = outcome.ok ? fault("rate_limited", `'${seat.api}' does not read its answers`) : outcome.fault;
const refused = refusal(message.id, why, true);
port.send(refused.header, refused.payload);
}
#refuse(seat, { more }) {
if (more) {
const text = `a call to the kernel takes at most ${WIRE.chunk_bytes} bytes of arguments`;
return {
ok: false,
fault: fault("too_large", text)
};
}
const busy = this.#busy.get(seat.instance) ?? 0;
const { calls_in_flight } = DEFAULT_LIMITS;
if (busy < calls_in_flight) return undefined;
return {
ok: false,
fault: fault("rate_limited", `${busy} calls to the kernel are in flight; there may be ${calls_in_flight}`)
};
}
async #ask(seat, { name, timeout }, payload, asked) {
const { instance } = seat;
this.#busy.set(instance, (this.#busy.get(instance) ?? 0) + 1);
const ms = Math.min(timeout ?? Infinity, DEFAULT_LIMITS.call_timeout_ms);
const late = Promise.withResolvers();
const cancel = this.#clock.after(ms, ()=>{
late.resolve({
ok: false,
fault: fault("timeout", `'kernel.${name}' did not answer within ${ms} ms`, {
maybe_ran: true
})
});
});
try {
return await Promise.race([
this.#services(seat, name, ownPayload(payload), asked),
late.promise
]);
} catch (error) {
if (error instanceof FaultError) return {
ok: false,
fault: error.fault
};
const text = error instanceof Error ? error.message : String(error);
return {
ok: false,
fault: fault("internal", `'kernel.${name}' failed: ${text}`, {
maybe_ran: true
})
};
} finally{
cancel();
const busy = this.#busy.get(instance) - 1;
if (busy > 0) this.#busy.set(instance, busy);
else this.#busy.delete(instance);
}
}
}
function probing(apart) {
return {
...THE_OPERATOR,
caller: {
api: PROBE,
principal: PROBE
},
apart
};
}
const THE_OPERATOR = {
caller: {
api: OPERATOR,
principal: OPERATOR
},
as: {
api: OPERATOR,
config: "",
services: "all"
},
under: []
};
function callAsOperator(request, flow, { clock, trace_salt }, { caller, as, under, asks, apart } = THE_OPERATOR) {
const { routes, ledger, ends: { operator } } = flow;
const { api: wanted, aspect, name, payload } = request;
const to = apart ?? flow.statistics.shares.seatFor(request);
const route = to === undefined ? routes.of(wanted) : {
to: "seat",
seat: to
};
const admitted = admitCall({
...request}, as, route, routes.heldFor(wanted));
if (!admitted.ok) return {
outcome: Promise.resolve({
ok: false,
fault: admitted.fault
}),
cancel: ()=>{}
};
const number = operator.open();
const { api, depth, ms, seat } = admitted.value;
const started = clock.monotonic();
const id = ledger.nextId();
const entry = newEntry({
id,
api,
aspect,
name,
kind: "call",
caller,
trace: rootTrace(undefined, trace_salt, id),
depth,
started,
deadline: started + (asks?.ms ?? ms),
parent: undefined,
origin: {
cell: OPERATOR,
asker: `${OPERATOR}!${trace_salt}`,
id: number.id
},
from: undefined,
lends: undefined,
under,
made: undefined
}, payload, {
more: false,
waits: seat === undefined || asks !== undefined
});
flow.open(entry, seat, asks?.tool);
return {
outcome: number.outcome,
cancel: ()=>flow.giveUp(entry, "the operator gave the call up")
};
}
function callAsPrincipal({ principal, tool: name, payload }, { flow, clock, trace_salt, tools, principals }) {
const authority = authorityOfPrincipal(principal, principals);
if (!authority.ok) return refused$2(authority.fault);
const tool = bindTool(name, authority.value, tools);
if (!tool.ok) return refused$2(tool.fault);
const asks = asksFirst(tool.value) ? {
tool: tool.value,
ms: APPROVAL_MS
} : undefined;
const crowded = asks && flow.approvals.refuses(principal);
if (crowded !== undefined) return refused$2(fault("rate_limited", crowded));
const { api, config, bounds } = authority.value;
const as = {
api,
config,
services: "all"
};
const request = {
api: tool.value.api,
aspect: TOOL_ASPECT,
name: tool.value.spec.entry,
payload
};
return callAsOperator(request, flow, {
clock,
trace_salt
}, {
caller: {
api,
principal
},
as,
under: bounds,
asks
});
}
function refused$2(why) {
return {
outcome: Promise.resolve({
ok: false,
fault: why
}),
cancel: ()=>{}
};
}
class ParkedCalls {
#waiting = new Map();
#lost = [];
park(port, message, payload) {
if (this.#waiting === undefined) return "no";
this.cancel(port.cell, message.id);
let of_cell = this.#waiting.get(port.cell);
if (of_cell === undefined) this.#waiting.set(port.cell, of_cell = {
calls: new Map(),
bytes: 0
});
const bytes = payload.length + MESSAGE_COST_BYTES;
if (of_cell.bytes + bytes > WIRE.queue_bytes) return "full";
of_cell.bytes += bytes;
of_cell.calls.set(message.id, {
port,
message,
payload: ownPayload(payload),
pieces: [],
bytes
});
return "parked";
}
piece(cell, id, more, payload) {
const of_cell = this.#waiting?.get(cell);
const parked = of_cell?.calls.get(id);
const bytes = payload.length + MESSAGE_COST_BYTES;
if (of_cell === undefined || parked === undefined || of_cell.bytes + bytes > WIRE.queue_bytes) return;
of_cell.bytes += bytes;
parked.bytes += bytes;
parked.pieces.push({
payload: ownPayload(payload),
more
});
}
cancel(cell, id) {
const of_cell = this.#waiting?.get(cell);
const parked = of_cell?.calls.get(id);
if (of_cell === undefined || parked === undefined) return false;
of_cell.bytes -= parked.bytes;
return of_cell.calls.delete(id);
}
forgetCell(cell) {
this.#waiting?.delete(cell);
}
release(lost) {
const released = [
...this.#waiting?.values() ?? []
].flatMap(({ calls })=>[
...calls.values()
]);
this.#waiting = undefined;
this.#lost = lost;
return released;
}
mayBeLost(api) {
return this.#lost.includes(api);
}
}
function whereabouts(call, answered, parked, seats) {
const { port, message, payload } = call;
const { api, id, again } = message;
const holders = again ? answered.holdersOf(port.cell, id, api) : [];
if (holders.length > 0) {
const seat = [
...seats.values()
].findLast((seat)=>seat.api === api && holders.includes(seat.port.cell));
if (seat !== undefined) return {
is: "at",
seat
};
const text = `the instance of '${api}' that had this call is gone, and its answer with it`;
return {
is: "lost",
why: fault("moved", text, {
maybe_ran: true
})
};
}
const is = parked.park(port, message, payload);
if (is === "parked") return {
is
};
if (is === "full") {
const text = `'${api}' is not known to have this call yet, and too many calls wait to learn that`;
return {
is: "lost",
why: fault("rate_limited", text, {
maybe_ran: true
})
};
}
if (!again || !parked.mayBeLost(api)) return {
is: "new"
};
const text = `'${api}' ended while the kernel restarted; this call may have run`;
return {
is: "lost",
why: fault("module_killed", text, {
maybe_ran: true
})
};
}
class Broker {
handed_over;
#options;
#flow;
#admission;
#hostages;
#kernel;
#tools;
#seats = new Map();
#parked = new ParkedCalls();
#kept = new KeptFunctions();
constructor(options){
this.#options = options;
this.#flow = new CallFlow(options);
this.#hostages = new Hostages(this.#flow);
const { clock, trace_salt, hit, tools = NO_TOOLS, principals = NOBODY$1 } = options;
this.#tools = tools;
const parts = {
flow: this.#flow,
kept: this.#kept,
seats: this.#seats
};
this.#admission = new Admission({
clock,
trace_salt,
hit,
tools,
principals,
...parts
});
this.#kernel = new KernelCalls(options.services, options.clock);
this.handed_over = new CallsHandedOver(this.#flow, this.#kernel);
}
get statistics() {
return this.#flow.statistics;
}
get approvals() {
return this.#flow.approvals;
}
get in_flight() {
return this.#flow.ledger.size;
}
seat(seat) {
this.#seats.set(seat.instance, seat);
this.#flow.ends.ports.set(seat.port.cell, seat.port);
this.#flow.answered.seated(seat.port.cell, seat.api);
}
unseat(instance, why) {
const seat = this.#seats.get(instance);
if (seat === undefined) return;
this.#seats.delete(instance);
this.#kept.forget(instance);
const { ledger } = this.#flow;
const spared = this.#hostages.takeSpared(instance);
for (const entry of ledger.where((e)=>e.to === seat)){
const begun = !spared.has(entry.id);
if (begun || !this.#flow.retold.rehold(entry)) this.#flow.fail(entry, {
...why,
maybe_ran: begun
});
}
for (const entry of ledger.where((e)=>e.from === seat))this.#flow.giveUp(entry, "the caller's instance is gone");
}
apiOf(cell, instance) {
const seat = this.#seats.get(instance);
return seat?.port.cell === cell ? seat.api : undefined;
}
knows = (instance)=>this.#seats.has(instance);
servedBy = (instance)=>this.#seats.get(instance)?.in_flight ?? 0;
madeBy = (id)=>this.#flow.ledger.where(({ from })=>from?.instance === id).length;
isOwed = (cell)=>this.#flow.answered.isOwed(cell);
route(api, route) {
const { routes } = this.#flow;
this.#flow.released(route === undefined ? routes.delete(api) : routes.set(api, route));
if (route !== undefined) return;
this.statistics.forget(api);
this.#flow.circuits.forget(api);
}
dying(cell, instance, last_words) {
return this.#hostages.dying(cell, instance, last_words);
}
forgetCell(cell, why) {
for (const { instance, port } of [
...this.#seats.values()
])if (port.cell === cell) this.unseat(instance, why);
this.#parked.forgetCell(cell);
this.#flow.forgetCell(cell);
}
reported(cell, holds) {
this.#flow.answered.reported(holds, cell);
const held = new Set(holds);
const missing = (e)=>e.to?.port.cell === cell && !held.has(keyOf$1(e)) && !e.to.port.holdsBack(e.id);
for (const entry of this.#flow.ledger.where(missing))this.#flow.retold.neverArrived(entry);
this.#flow.retold.lostLink(cell);
this.#flow.streams.linkBroke(cell);
}
keeps(cell, instance, loans) {
if (this.#seats.get(instance)?.port.cell === cell) this.#kept.replace(instance, loans);
}
allReported(lost) {
for (const { port, message, payload, pieces } of this.#parked.release(lost)){
this.onCall(port, message, payload);
for (const piece of pieces)this.#flow.callPiece(port.cell, message.id, piece.more, piece.payload);
}
}
dispose() {
this.#flow.dispose();
}
onCall(port, said, payload) {
const message = said.api === TOOLS_API ? nameTool(said, this.#tools) : said;
const seat = this.#seats.get(message.from);
if (seat === undefined || seat.port.cell !== port.cell) {
const text = `instance ${message.from} is not loaded any more and may make no calls`;
return sendRefusal(port, message.id, fault("cancelled", text), false);
}
if (seat.apart !== undefined) return answerApart(port, seat.apart, message);
if (message.api === KERNEL_API) {
return void this.#kernel.call(seat, message, payload, this.#admission.asked(seat, message));
}
const open = this.#flow.ledger.ofOrigin(port.cell, message.id);
if (message.resaid) {
if (open !== undefined && awaitsWords(open)) this.#flow.retold.toldAgain(open, message, payload);
return;
}
if (open !== undefined && !(message.again && this.#flow.retold.toldAgain(open, message, payload))) return;
const found = open?.to !== undefined ? {
is: "at",
seat: open.to
} : message.again || message.kind === "kept" ? whereabouts({
port,
message,
payload
}, this.#flow.answered, this.#parked, this.#seats) : {
is: "new"
};
switch(found.is){
case "parked":
return;
case "lost":
return sendRefusal(port, message.id, found.why, true);
default:
return this.#admission.admit(seat, message, payload, found);
}
}
onReply(port, message, payload) {
const entry = this.#flow.ledger.get(message.id);
const awaited = entry?.answering === "no" && entry.streams === undefined;
if (awaited && entry.to?.port.cell === port.cell) this.#flow.reply(entry, message, payload);
}
onPiece(port, message, payload) {
takePiece({
flow: this.#flow,
parked: this.#parked
}, port.cell, message, payload);
}
onStream(port, word, payload) {
const entry = word.at === "caller" ? this.#flow.ledger.ofOrigin(port.cell, word.id) : this.#flow.ledger.get(word.id);
if (entry === undefined || word.at === "callee" && entry.to?.port.cell !== port.cell) return;
this.#flow.streams.word(entry, word, payload);
}
onRevoke(port, instance, name) {
if (this.#seats.get(instance)?.port.cell === port.cell) this.#kept.revoke(instance, name);
}
onLend(port, instance, names, to) {
if (this.#seats.get(instance)?.port.cell === port.cell) this.#kept.told(instance, names, to);
}
onCancel(port, id) {
const text = "the caller gave the call up";
const entry = this.#flow.ledger.ofOrigin(port.cell, id);
if (entry !== undefined) return this.#flow.giveUp(entry, text);
if (this.#parked.cancel(port.cell, id)) sendRefusal(port, id, fault("cancelled", text, {
maybe_ran: true
}), false);
}
onAck(port, ranges) {
for (const [cell, ids] of this.#flow.answered.acknowledge(port.cell, ranges)){
for (const id of ids)this.#flow.acks.add(cell, port.cell, id);
}
}
probe(instance, request) {
const seat = this.#seats.get(instance);
return seat?.apart === undefined ? undefined : callAsOperator(request, this.#flow, this.#options, probing(seat));
}
callAsOperator(request) {
return callAsOperator(request, this.#flow, this.#options);
}
callAsPrincipal(request) {
const { clock, trace_salt, principals = NOBODY$1 } = this.#options;
return callAsPrincipal(request, {
flow: this.#flow,
clock,
trace_salt,
tools: this.#tools,
principals
});
}
}
function handedOver(what) {
return fault("moved", `${what} was not carried out: the kernel handed over to its successor meanwhile`, {
hint: "ask again; the successor carries it out"
});
}
const PER_MINUTE = 20;
const NAME$1 = /^[a-z][a-z_]{0,63}$/;
const WORDS = 4;
const WORD_UNITS = 300;
function limitReports(emit, clock) {
const counted = new Map();
return (api, report)=>{
const hit = parseHit(report);
if (hit === undefined) {
const hint = "pass {limit: 'slow_ms', found: 900, allowed: 250, about: {\u2026up to 4 short texts}}";
return refuse(fault("invalid_argument", "that is no report of a limit", {
hint
}));
}
const minute = Math.floor(clock.monotonic() / 60_000);
const count = counted.get(api) ?? {
minute,
told: 0,
left_out: 0
};
counted.set(api, count);
if (count.minute !== minute) Object.assign(count, {
minute,
told: 0
});
if (count.told >= PER_MINUTE) {
count.left_out++;
return ok(undefined);
}
count.told++;
const { limit, found, allowed, about } = hit;
const detail = {
limit,
found,
allowed,
...about,
...count.left_out > 0 && {
left_out: count.left_out
}
};
count.left_out = 0;
emit({
kind: "limit.hit",
api,
message: `${limit}: found ${found}, allowed ${allowed}`,
detail
});
return ok(undefined);
};
}
function parseHit(report) {
if (!isRecord(report)) return undefined;
const { limit, found, allowed, about = {} } = report;
if (typeof limit !== "string" || !NAME$1.test(limit) || !isAmount(found) || !isAmount(allowed)) return undefined;
if (!isRecord(about)) return undefined;
const words = Object.entries(about);
if (words.length > WORDS || !words.every(([name, word])=>NAME$1.test(name) && typeof word === "string")) {
return undefined;
}
const clipped = words.map(([name, word])=>[
name,
clipText(word, WORD_UNITS)
]);
return {
limit,
found,
allowed,
about: Object.fromEntries(clipped)
};
}
const EVENT_KINDS = [
"config.changed",
"config.rejected",
"module.starting",
"module.ready",
"module.reloaded",
"module.stopped",
"module.failed",
"module.killed",
"module.quarantined",
"module.sleeping",
"module.state_left",
"module.state_set_aside",
"grant.pending",
"limit.hit",
"circuit.open",
"circuit.closed",
"kernel.ready",
"kernel.swapped",
"kernel.swap_failed",
"approval.asked",
"approval.given",
"proposal.made",
"proposal.adopted",
"proposal.rejected",
"proposal.rolled_back"
];
const RECORD_ID = /^([0-9]{1,15})-([0-9]{1,15})$/;
function recordId({ epoch, count }) {
return `${epoch}-${count}`;
}
function parseRecordId(id) {
const found = typeof id === "string" ? RECORD_ID.exec(id) : null;
return found === null ? undefined : {
epoch: Number(found[1]),
count: Number(found[2])
};
}
function standsAfter(id, mark) {
const place = parseRecordId(id);
if (place === undefined) return false;
return place.epoch === mark.epoch ? place.count > mark.count : place.epoch > mark.epoch;
}
const EVENTS_WAIT_MS = 2_000;
const MOST_EVENTS = 256;
async function nextEvents(asked, feed, clock) {
const wanted = parseAsked(asked);
if (!wanted.ok) return wanted;
const { kinds, after } = wanted.value;
if (after === undefined) return ok({
events: [],
mark: feed.mark
});
const since = parseRecordId(after);
const found = ()=>feed.recent().filter(({ id, kind })=>standsAfter(id, since) && kinds.has(kind));
let events = found();
if (events.length === 0) {
await firstOf(kinds, feed, clock);
events = found();
}
const batch = events.slice(0, MOST_EVENTS);
const whole = batch.length === events.length;
return ok({
events: batch,
mark: whole ? feed.mark : batch.at(-1).id ?? after
});
}
function firstOf(kinds, feed, clock) {
const { promise, resolve } = Promise.withResolvers();
const unfollow = feed.follow(({ kind })=>kinds.has(kind) && resolve());
const cancel = clock.after(EVENTS_WAIT_MS, resolve);
return promise.finally(()=>{
unfollow();
cancel();
});
}
function parseAsked(asked) {
const { kinds, after } = isRecord(asked) ? asked : {};
const known = EVENT_KINDS;
const wrong = Array.isArray(kinds) ? kinds.find((kind)=>!known.includes(kind)) : kinds;
if (!Array.isArray(kinds) || wrong !== undefined) {
return refuse(fault("invalid_argument", `kernel.events() takes a list of kinds; '${String(wrong)}' is none`, {
hint: `there are ${known.join(", ")}`
}));
}
if (after !== undefined && (typeof after !== "string" || parseRecordId(after) === undefined)) {
return refuse(fault("invalid_argument", "kernel.events() goes on after the id of an event; this is none"));
}
return ok({
kinds: new Set(kinds.length === 0 ? known : kinds),
...after !== undefined && {
after: after
}
});
}
function mayCall(right, authority) {
const { api, method, aspect = "default" } = isRecord(right) ? right : {};
if (typeof api !== "string" || typeof method !== "string" || typeof aspect !== "string") {
return refuse(fault("invalid_argument", "mayCall was asked for no right", {
hint: 'pass {api, method, aspect}, for example {api: "notes", method: "add"}'
}));
}
const whose = authority();
return whose.ok ? {
ok: true,
value: allows(whose.value, api, aspect, method)
} : whose;
}
function allows({ bounds }, api, aspect, method) {
return bounds.every((services)=>isServiceGranted(services, api, aspect, method));
}
async function outboundRights(seat, served, env) {
if (!seat.fetches) {
return refuse(fault("not_granted", `'${seat.api}' may not ask what its callers may reach`, {
hint: "only the shipped http service may: use fetch"
}));
}
if (served === undefined) return refuse(fault("cancelled", "the call whose caller was asked for is over"));
const { caller, config = null, grants } = served;
const bound = boundSecrets(grants);
const values = await Promise.all(bound.map(({ env: name })=>env(name)));
return ok({
caller,
config,
net: grants.map(({ net })=>net),
secrets: bound.map((secret, i)=>({
...secret,
value: values[i]
}))
});
}
function boundSecrets([own, ...others]) {
const bound = own?.secrets.filter((secret)=>"host" in secret) ?? [];
return bound.filter((secret)=>others.every(({ secrets })=>secrets.some((other)=>isSame(secret, other))));
}
function isSame(a, b) {
return "host" in b && a.env === b.env && a.host === b.host && a.header === b.header;
}
function kernelServices(powers, more = {}) {
const reports = limitReports(powers.emit, powers.clock);
const services = {
...more,
secret: async (seat, name)=>{
const granted = seat.grants.secrets.some((secret)=>secret.env === name && !("host" in secret));
if (!granted) return notGranted(seat, `secret '${name}'`, `secrets: [${name}]`);
const value = await powers.env(name);
if (value !== null) return {
ok: true,
value
};
return refused$1(fault("not_found", `secret '${name}' is not set`, {
hint: `start the host with ${name} in its environment`
}));
},
prompt: async (seat, name)=>{
if (!seat.grants.prompts.includes(name)) return notGranted(seat, `prompt '${name}'`, `prompts: [${name}]`);
const text = await readPrompt(powers.files, powers.home, name);
if (text !== undefined) return {
ok: true,
value: text
};
return refused$1(fault("not_found", `prompt '${name}' does not exist`, {
hint: `write prompts/${name}`
}));
},
status: async (seat)=>{
if (!seat.grants.kernel.includes("status")) return notGranted(seat, "kernel.status", "kernel: [status]");
return {
ok: true,
value: await powers.status()
};
},
events: (seat, _, asked)=>seat.grants.kernel.includes("events") ? nextEvents(asked, powers.events, powers.clock) : Promise.resolve(notGranted(seat, "kernel.events", "kernel: [events]")),
reload: async (seat, name, first)=>{
if (!seat.grants.kernel.includes("reload")) return notGranted(seat, "kernel.reload", "kernel: [reload]");
const api = first === undefined ? seat.api : name;
const reloaded = powers.reload(api);
if (reloaded === undefined) return refused$1(fault("not_found", `no module claims api '${api}'`));
if (await reloaded === undefined) return refused$1(handedOver(`the reload of '${api}'`));
return {
ok: true,
value: {
api
}
};
},
outbound: (seat, _, __, { served })=>outboundRights(seat, served, powers.env),
tools: (_, __, ___, { authority })=>{
const whose = authority();
return Promise.resolve(whose.ok ? {
ok: true,
value: catalogOf(whose.value, powers.tools)
} : whose);
},
may: (_, __, right, { authority })=>Promise.resolve(mayCall(right, authority)),
bearer: (seat, token)=>seat.grants.kernel.includes("bearer") ? powers.tokens.show(token) : Promise.resolve(notGranted(seat, "kernel.asBearer", "kernel: [bearer]")),
limit: (seat, _, report)=>Promise.resolve(reports(seat.api, report))
};
return async (seat, name, payload, asked)=>{
const args = decodeValue(payload);
if (!args.ok) return args;
const service = Object.hasOwn(services, name) ? services[name] : undefined;
if (service === undefined) {
return {
ok: false,
fault: fault("no_attribute", `the kernel has no '${name}'`, {
hint: `it has ${Object.keys(services).filter((name)=>!WITHOUT_NAME.includes(name)).join(", ")}`
})
};
}
if (!asked.own && !FOR_OTHERS.includes(name)) return {
ok: false,
fault: inAnothersName(seat, name)
};
const first = Array.isArray(args.value) ? args.value[0] : undefined;
const outcome = await service(seat, typeof first === "string" ? first : "", first, asked);
if (!outcome.ok) return outcome;
const encoded = encodeValue(outcome.value);
return encoded.ok ? {
ok: true,
payload: encoded.value
} : encoded;
};
}
const WITHOUT_NAME = [
"outbound",
"tools",
"bearer",
"may"
];
const FOR_OTHERS = [
"tools",
"may"
];
function inAnothersName(seat, name) {
return fault("not_granted", `'${seat.api}' may not use kernel.${name} in another's name`);
}
function notGranted(seat, what, grant) {
return refused$1(fault("not_granted", `'${seat.api}' may not use ${what}`, {
hint: `add to ${seat.config}: grants: {${grant}}`
}));
}
function refused$1(f) {
return {
ok: false,
fault: f
};
}
function benchPlaces(folder, { program, one_file }) {
const common = {
home: folder,
run: folder,
program
};
if (one_file !== undefined) return {
...common,
entry: program,
bundler_wasm: program,
one_file
};
return {
...common,
entry: `${program}/kernel/roles`,
bundler_wasm: bundlerWasm(program)
};
}
function bundlerWasm(program) {
return Deno.realPathSync(join$1(program, "node_modules/@rollup/browser/dist/es/bindings_wasm_bg.wasm"));
}
const BAKED_V8_FLAGS = "--disallow-code-generation-from-strings,--max-semi-space-size=2,--no-memory-reducer";
const BAKED_FLAGS = Object.freeze([
"--allow-all",
"--no-prompt",
"--unstable-worker-options",
"--unstable-kv",
"--unstable-no-legacy-abort",
`--v8-flags=${BAKED_V8_FLAGS}`
]);
const ALONE = [
"--cached-only",
"--no-check",
"--quiet",
"--no-config",
"--no-lock",
"--no-remote",
"--no-npm",
"--no-code-cache"
];
function oneFileCommand(kind, file, role, args) {
return kind === "binary" ? [
role,
...args
] : [
"run",
...ALONE,
...BAKED_FLAGS,
file,
role,
...args
];
}
const CELL_MEGABYTES = Object.freeze({
least: 16,
most: 1_048_576
});
function buildCommand(places, order) {
const { one_file: _, ...paths } = places;
for (const [name, path] of Object.entries(paths)){
if (!isFlagPath(path)) return refused(`the path of ${name}, ${JSON.stringify(path)}`, PATH_RULE);
}
if (!("role" in order)) return cellCommand(places, order);
return order.role === "kernel" ? kernelCommand(places, order.epoch) : typesCommand(places, order.reads);
}
function isFlagPath(path) {
return path.startsWith("/") && !path.includes(",") && !hasControl(path) && !path.split("/").includes("..");
}
const PATH_RULE = "an absolute path without ',', '..' or control characters works";
const NO_EVAL = "--disallow-code-generation-from-strings";
const COMMON = [
"run",
"--no-prompt",
"--cached-only",
"--no-check",
"--quiet"
];
function start(places, role) {
const { program, entry } = places;
const one_for_all = entry.endsWith(".ts");
if (role === "cell" && !one_for_all) {
return {
before: [
...COMMON,
"--no-config",
"--no-lock",
"--no-remote",
"--no-npm",
"--no-code-cache"
],
entry: [
`${program}/libs/cell.mjs`
]
};
}
return {
before: [
...COMMON,
`--config=${program}/deno.json`,
`--lock=${program}/deno.lock`,
"--frozen"
],
entry: one_for_all ? [
entry,
role
] : [
`${entry}/${role}.ts`
]
};
}
function kernelCommand(places, epoch) {
const { home, program, run, one_file } = places;
if (!Number.isSafeInteger(epoch) || epoch < 1) return refused(`epoch ${epoch}`, "a positive integer works");
if (one_file !== undefined) return ok(oneFileCommand(one_file, places.entry, "kernel", [
home
]));
const { before, entry } = start(places, "kernel");
const edited = [
"configs",
"plugins",
"prompts"
].map((name)=>`${home}/${name}`);
const kept = [
"logs",
"cache",
"image"
].map((name)=>`${home}/runtime/${name}`);
return ok([
...before,
"--ignore-env",
"--unstable-kv",
`--allow-read=${[
run,
...edited,
`${home}/kernel`,
`${home}/runtime`,
program
].join(",")}`,
`--allow-write=${[
run,
...edited,
...kept
].join(",")}`,
`--allow-net=unix:${kernelSocket(run, epoch)},unix:${controlSocket(run, epoch)}`,
`--v8-flags=${NO_EVAL}`,
...entry
]);
}
const TYPES_HEAP_MB = 448;
function typesCommand(places, reads) {
const flaw = reads.find((path)=>!isFlagPath(path));
if (flaw !== undefined) return refused(`the folder ${JSON.stringify(flaw)} for types`, PATH_RULE);
if (places.one_file !== undefined) {
return refused("types", "the program's sources have the compiler; one file has not");
}
const { before, entry } = start(places, "types");
return ok([
...before,
"--ignore-env",
`--allow-read=${reads.join(",")}`,
`--v8-flags=${NO_EVAL},--max-old-space-size=${TYPES_HEAP_MB}`,
...entry
]);
}
function cellCommand(places, order) {
const flaw = findFlaw(order);
if (flaw !== undefined) return flaw;
const vets = isVetCell(order.cell);
const role = vets ? "vet" : "cell";
const socket = publishedKernelSocket(places.run);
const folders = order.folders.map(({ path, mode })=>({
path: absolute(places.home, path),
mode
}));
const read = [
socket,
...places.one_file === undefined ? [
`${places.program}/libs`
] : [],
...vets && places.one_file === undefined ? [
places.bundler_wasm
] : [],
...folders.map(({ path })=>path)
];
const write = [
socket,
...folders.filter(({ mode })=>mode === "rw").map(({ path })=>path)
];
const net = [
`unix:${socket}`,
...order.net
];
const any_net = order.any_net === true;
const { memory_mb, heap_mb } = order.limits;
const blank = order.folders.length + order.net.length === 0 && !any_net;
const args = {
cell: order.cell,
socket,
keeps: {
read,
write,
net
},
blank,
memory_mb
};
if (places.one_file !== undefined) {
return ok(oneFileCommand(places.one_file, places.entry, role, [
JSON.stringify(args)
]));
}
const { before, entry } = start(places, role);
return ok([
...before,
"--unstable-worker-options",
"--unstable-no-legacy-abort",
`--allow-read=${read.join(",")}`,
`--allow-write=${write.join(",")}`,
any_net ? "--allow-net" : `--allow-net=${net.join(",")}`,
`--v8-flags=${NO_EVAL},--max-old-space-size=${heap_mb},--max-semi-space-size=2,--no-memory-reducer`,
...entry,
JSON.stringify(args)
]);
}
function isVetCell(cell) {
return cellBase(cell) === VET_CELL;
}
function isBlank(cell) {
return isVetCell(cell) || cellBase(cell) === WARM_CELL;
}
function findFlaw(order) {
const { cell, folders, net, any_net, limits } = order;
if (!isCellId(cell) || cell.startsWith("@") && !isBlank(cell)) {
const works = `'<name>~<number>' works, or '${VET_CELL}~<number>', or '${WARM_CELL}~<number>'`;
return refused(`cell ${JSON.stringify(cell)}`, works);
}
if (isBlank(cell) && folders.length + net.length > 0) {
return refused(`folders or net for ${cell}`, "a vet cell and a warm one are blank: they take neither");
}
if (any_net && (cellBase(cell) !== HTTP_SERVICE.api || folders.length + net.length > 0)) {
return refused(`any address for ${cell}`, `only ${HTTP_SERVICE.api}~<number> may have that, and nothing beside it`);
}
for (const { path, mode } of folders){
if (!isGrantFolder(path)) {
return refused(`folder ${JSON.stringify(path)}`, "a path below the home without '..', ',' or control characters works");
}
if (mode !== "r" && mode !== "rw") return refused(`mode ${JSON.stringify(mode)} of '${path}'`, "'r' or 'rw' works");
}
for (const pattern of net){
if (!isHostPort(pattern)) return refused(`net ${JSON.stringify(pattern)}`, "'host:port' works");
}
for (const [name, megabytes] of Object.entries({
memory_mb: limits.memory_mb,
heap_mb: limits.heap_mb
})){
const { least, most } = CELL_MEGABYTES;
if (!Number.isSafeInteger(megabytes) || megabytes < least || megabytes > most) {
return refused(`${name} ${megabytes}`, `${least} to ${most} works`);
}
}
return undefined;
}
function refused(what, hint) {
return refuse(fault("invalid_argument", `Cannot start a process with ${what}`, {
hint
}));
}
function hasControl(text) {
return /[\u0000-\u001f\u007f]/.test(text);
}
function absolute(home, path) {
return path === "." ? home : `${home}/${path}`;
}
const CELL_LOG_BOUNDS = Object.freeze({
lines: 1_000,
bytes: 1_048_576
});
const CELL_LINE_BYTES = 16_384;
function logBudget(bounds) {
let second_began = -Infinity;
let lines = 0;
let spent = 0;
let dropped = 0;
const tell = ()=>{
const told = dropped;
dropped = 0;
return told;
};
return {
spend: (bytes, now)=>{
let told = 0;
if (now - second_began >= 1_000) {
[second_began, lines, spent] = [
now,
0,
0
];
told = tell();
}
const pass = lines < bounds.lines && spent + bytes <= bounds.bytes;
if (pass) {
lines++;
spent += bytes;
} else dropped++;
return {
pass,
dropped: told
};
},
rest: tell
};
}
function splitLines(cap_bytes, take) {
const decoder = new TextDecoder();
let parts = [];
let held = 0;
let cut = false;
const keep = (bytes)=>{
const room = cap_bytes - held;
if (bytes.length > room) cut = true;
const kept = bytes.slice(0, room);
if (kept.length > 0) parts.push(kept);
held += kept.length;
};
const emit = ()=>{
let line = parts.map((part)=>decoder.decode(part, {
stream: true
})).join("") + decoder.decode();
if (line.endsWith("\r")) line = line.slice(0, -1);
const was_cut = cut;
[parts, held, cut] = [
[],
0,
false
];
take(line, was_cut);
};
return {
push: (chunk)=>{
let from = 0;
for(let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)){
keep(chunk.subarray(from, at));
emit();
from = at + 1;
}
if (from < chunk.length) keep(chunk.subarray(from));
},
end: ()=>{
if (held > 0) emit();
}
};
}
async function within(ms, what) {
const late = Promise.withResolvers();
const timer = setTimeout(late.resolve, ms);
await Promise.race([
what.catch(()=>{}),
late.promise
]);
clearTimeout(timer);
}
const BEHIND = 5;
const LAST = 19;
const LAST_LINES_MS = 250;
function startProcess(args, env, sinks, { behind = false } = {}) {
const child = new Deno.Command(Deno.execPath(), {
args: [
...args
],
cwd: "/",
clearEnv: true,
env: {
...env
},
stdin: "piped",
stdout: "piped",
stderr: "piped"
}).spawn();
if (behind) putBehind(child.pid);
const input = child.stdin.getWriter();
let waiting = 0;
let dead = false;
const drained = Promise.all([
drain(child.stdout, sinks.stdout),
drain(child.stderr, sinks.stderr)
]);
const ended = child.status.then(async ({ code, signal })=>{
dead = true;
input.abort().catch(()=>{});
await within(LAST_LINES_MS, drained);
return {
code: signal === null ? code : null,
signal
};
});
return {
pid: child.pid,
write: (text)=>{
const bytes = new TextEncoder().encode(text);
waiting += bytes.length;
input.write(bytes).catch(()=>{}).then(()=>waiting -= bytes.length);
},
waiting: ()=>waiting,
kill: ()=>{
if (!dead) killQuietly(child);
},
ended
};
}
function putBehind(pid) {
try {
setPriority(pid, Math.min(LAST, getPriority() + BEHIND));
} catch  {
}
}
function killQuietly(child) {
try {
child.kill("SIGKILL");
} catch (error) {
if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
}
}
async function drain(from, { cap_bytes, take }) {
const lines = splitLines(cap_bytes, take);
const reader = from.getReader();
for(;;){
const { done, value } = await reader.read().catch(()=>({
done: true,
value: undefined
}));
if (done || value === undefined) return lines.end();
lines.push(value);
}
}
function childrenTable({ places, env, tell, log }) {
const table = new Map();
const cells = ()=>({
t: "cells",
cells: [
...table
].map(([cell, { process, token, base }])=>{
return {
cell,
pid: process.pid,
token,
...base !== undefined && {
base
}
};
})
});
const start = (order)=>{
const { cell } = order;
if (table.has(cell)) return log("WARNING", `cell ${cell} was ordered twice; the first one goes on`);
const refusal = startCell(order);
if (refusal === undefined) return tell(cells());
log("WARNING", refusal);
tell({
t: "exited",
cell,
code: null,
signal: null,
reason: refusal
});
};
const startCell = (order)=>{
const { cell } = order;
const command = buildCommand(places, order);
if (!command.ok) return `${command.fault.message}; ${command.fault.hint}`;
const sinks = {
stdout: cellLog(cell, "stdout", tell),
stderr: cellLog(cell, "stderr", tell)
};
let process;
try {
makeOwnFolders(places.home, order);
process = startProcess(command.value, env, sinks, {
behind: cellBase(cell) !== VET_CELL
});
} catch (error) {
return `Cannot start cell ${cell}: ${error.message}`;
}
const token = toHex(crypto.getRandomValues(new Uint8Array(32)));
process.write(token + "\n");
const entry = {
process,
token
};
table.set(cell, entry);
void process.ended.then((ending)=>{
table.delete(cell);
sinks.stdout.finish();
sinks.stderr.finish();
tell({
t: "exited",
cell,
...ending,
...entry.reason !== undefined && {
reason: entry.reason
}
});
});
return undefined;
};
const kill = (cell, reason)=>{
const entry = table.get(cell);
if (entry === undefined) return;
entry.reason ??= reason;
entry.process.kill();
};
const name = (cell, base)=>{
const entry = table.get(cell);
if (entry === undefined || entry.base !== undefined || cellBase(cell) !== WARM_CELL) return;
entry.base = base;
tell(cells());
};
const allEnded = ()=>Promise.all([
...table.values()
].map(({ process })=>process.ended));
return {
start,
kill,
name,
cells,
killAll: async (reason)=>{
for (const cell of table.keys())kill(cell, reason);
await allEnded();
},
empty: (ms)=>within(ms, allEnded())
};
}
function makeOwnFolders(home, order) {
for (const { path, mode } of order.folders){
if (mode === "rw" && path.startsWith("runtime/files/")) {
Deno.mkdirSync(`${home}/${path}`, {
recursive: true,
mode: 0o700
});
}
}
}
function cellLog(cell, stream, tell) {
const budget = logBudget(CELL_LOG_BOUNDS);
const say = (line)=>tell({
t: "log",
cell,
stream,
line
});
const sayDropped = (count)=>{
const { lines, bytes } = CELL_LOG_BOUNDS;
if (count > 0) say(`${count} lines were dropped: a second may bring ${lines} lines and ${bytes} bytes`);
};
return {
cap_bytes: CELL_LINE_BYTES,
take: (line, cut)=>{
const { pass, dropped } = budget.spend(line.length, performance.now());
sayDropped(dropped);
if (pass) say(cut ? `${line} \u2026 (cut at ${CELL_LINE_BYTES} bytes)` : line);
},
finish: ()=>sayDropped(budget.rest())
};
}
function machineMemory() {
const found = [
total(),
ofContainer()
].filter((bytes)=>bytes !== undefined && bytes > 0);
return found.length === 0 ? undefined : Math.max(1, Math.floor(Math.min(...found) / MIB));
}
const MIB = 1_048_576;
const CONTAINER = "/sys/fs/cgroup/memory.max";
function total() {
try {
return Deno.systemMemoryInfo().total;
} catch  {
return undefined;
}
}
function ofContainer() {
try {
const bytes = Number(Deno.readTextFileSync(CONTAINER));
return Number.isSafeInteger(bytes) ? bytes : undefined;
} catch  {
return undefined;
}
}
function findDenoDir({ env, os, home_folder, cwd }) {
const from_cwd = (path)=>path.startsWith("/") ? path : `${cwd}/${path}`;
if (env["DENO_DIR"]) return from_cwd(env["DENO_DIR"]);
const user = env["HOME"] || home_folder;
if (os === "darwin") return from_cwd(`${user}/Library/Caches/deno`);
return from_cwd(`${env["XDG_CACHE_HOME"] || `${user}/.cache`}/deno`);
}
const LEAN_ALLOCATOR = Object.freeze({
MALLOC_ARENA_MAX: "1",
MALLOC_TRIM_THRESHOLD_: "65536",
MALLOC_MMAP_THRESHOLD_: "65536"
});
function cellEnvironment(facts) {
return {
...LEAN_ALLOCATOR,
DENO_DIR: findDenoDir(facts)
};
}
function kernelEnvironment(facts) {
const telemetry = Object.entries(facts.env).filter(([name])=>/^OTEL_[A-Z0-9_]+$/.test(name));
return {
...cellEnvironment(facts),
...telemetry.length > 0 && SERVICE,
...Object.fromEntries(telemetry)
};
}
const SERVICE = Object.freeze({
OTEL_SERVICE_NAME: "meta-machine"
});
function readSurroundings() {
const env = Deno.env.toObject();
const facts = {
env,
os: Deno.build.os,
home_folder: homedir(),
cwd: Deno.cwd()
};
const [cell_env, kernel_env] = [
cellEnvironment(facts),
kernelEnvironment(facts)
];
return {
variables: new Map(Object.entries(env)),
cell_env,
kernel_env,
uid: Deno.uid() ?? 0,
machine_mb: machineMemory()
};
}
const FOLDER_BYTES = 80;
function makeBenchFolder() {
const made = Deno.realPathSync(Deno.makeTempDirSync({
prefix: "mm-bench-"
}));
if (new TextEncoder().encode(made).length <= FOLDER_BYTES && isFlagPath(made)) return made;
Deno.removeSync(made);
return Deno.realPathSync(Deno.makeTempDirSync({
dir: "/tmp",
prefix: "mm-bench-"
}));
}
const FRESH_MS = 100;
class AskedFigures {
#clock;
#ask;
#waiting = new Set();
#told_at = -Infinity;
latest = {
rss: 0,
cpu_ms: 0,
instances: []
};
constructor(clock, ask){
this.#clock = clock;
this.#ask = ask;
}
async fresh(ms) {
if (this.#clock.monotonic() - this.#told_at < FRESH_MS) return this.latest;
await new Promise((resolve)=>{
const answered = ()=>{
cancel();
this.#waiting.delete(answered);
resolve();
};
const cancel = this.#clock.after(ms, answered);
this.#waiting.add(answered);
if (this.#waiting.size === 1) this.#ask();
});
return this.latest;
}
told(figures) {
this.latest = figures ?? this.latest;
this.#told_at = this.#clock.monotonic();
this.over();
}
over() {
for (const answered of [
...this.#waiting
])answered();
}
}
const SMALL_BYTES = 4_096;
class QueuedPort {
cell;
#link;
#hang_ups = [];
#open = false;
#fenced = false;
#ended = false;
#unsent = [];
#unsent_bytes = 0;
constructor(cell){
this.cell = cell;
}
get attached() {
return this.#link !== undefined;
}
get left() {
return this.#link === undefined || this.#fenced;
}
get idle() {
return this.#link?.idle ?? true;
}
fence() {
this.#fenced = true;
}
send(message, payload) {
if (this.#ended) return false;
const size = (payload?.length ?? 0) + MESSAGE_COST_BYTES;
const queued = this.#unsent_bytes + (this.#link?.queued_bytes ?? 0);
if (hasWeight(message, size) && queued + size > WIRE.queue_bytes) return false;
if (this.#open) this.#link.send(message, payload);
else {
this.#unsent.push({
message,
payload: payload === undefined ? undefined : ownPayload(payload)
});
this.#unsent_bytes += size;
}
return true;
}
holdsBack(id) {
return this.#unsent.some(({ message })=>message.t === "call" && message.id === id);
}
holdsLoad(instance) {
return this.#unsent.some(({ message })=>message.t === "load" && message.instance === instance);
}
attach(link) {
const former = this.#link;
this.#link = link;
this.#open = false;
this.#fenced = false;
former?.close();
}
open() {
this.#open = true;
const unsent = this.#unsent;
this.#unsent = [];
this.#unsent_bytes = 0;
const begun = new Set();
for (const { message, payload } of unsent){
if (message.t === "piece" && !begun.has(`${message.of} ${message.id}`)) continue;
if ("more" in message && message.more && "id" in message && message.t !== "piece") {
begun.add(`${message.t} ${message.id}`);
}
this.#link?.send(message, payload);
}
}
detach(link) {
if (this.#link !== link) return;
this.#link = undefined;
this.#open = false;
for (const read of this.#hang_ups.splice(0))read();
}
hungUp() {
return new Promise((read)=>this.#link === undefined ? read() : this.#hang_ups.push(read));
}
end() {
this.#ended = true;
this.#unsent = [];
this.#unsent_bytes = 0;
const link = this.#link;
this.#link = undefined;
this.#open = false;
link?.close();
for (const read of this.#hang_ups.splice(0))read();
}
}
function hasWeight(message, size) {
switch(message.t){
case "call":
case "items":
case "pull":
return true;
case "reply":
case "piece":
return size > SMALL_BYTES || "more" in message && message.more === true;
default:
return false;
}
}
const FAULT_BYTES = 65_536;
const UNREADABLE$1 = fault("module_error", "what its cell said of the state could not be read");
class StateOrders {
#port;
#clock;
#orders = new Map();
#number = 0;
constructor(port, clock){
this.#port = port;
this.#clock = clock;
}
export(instance, { ms, max_bytes }) {
const late = `exportState did not answer within ${ms} ms`;
return this.#order({
ms,
late,
max_bytes
}, (id)=>this.#port.send({
t: "export",
id,
instance
}));
}
import(instance, { from, payload, ms }) {
const late = `importState did not answer within ${ms} ms`;
return this.#order({
ms,
late,
max_bytes: 0
}, (id)=>this.#port.send({
t: "import",
id,
instance,
from
}, payload));
}
take(message, payload) {
const order = this.#orders.get(message.id);
if (order === undefined) return;
if (message.t === "state") order.begun = {
ok: message.ok,
whole: new GrowingPayload()
};
if (order.begun === undefined) return;
const { ok: is_state, whole } = order.begun;
const most = is_state ? order.max_bytes : FAULT_BYTES;
if (whole.length + payload.length > most) return order.settle(refuse(tooLarge(most)));
if (!whole.append(payload)) return order.settle(refuse(UNREADABLE$1));
if (message.more) return;
const answer = whole.take();
if (exceedsBytes(answer, most)) return order.settle(refuse(tooLarge(most)));
order.settle(is_state ? ok(answer) : refuse(parseFault(readJsonPayload(answer)) ?? UNREADABLE$1));
}
lost(why) {
for (const order of [
...this.#orders.values()
])order.settle(refuse(why));
}
#order({ ms, late, max_bytes }, send) {
const id = ++this.#number;
return new Promise((resolve)=>{
const settle = (outcome)=>{
cancel();
this.#orders.delete(id);
resolve(outcome);
};
const cancel = this.#clock.after(ms, ()=>settle(refuse(fault("timeout", late))));
this.#orders.set(id, {
max_bytes,
settle
});
if (!send(id)) settle(refuse(fault("module_killed", "its process has ended")));
});
}
}
function tooLarge(bytes) {
const hint = "keep less in the state, or raise limits.state_bytes";
return fault("too_large", `the state makes more than limits.state_bytes, ${bytes} bytes`, {
hint
});
}
const LOAD_MARGIN_MS = 2_000;
const LAST_WORDS_MS = 250;
const UNREADABLE = fault("load_failed", "it failed to load and its words could not be read");
class Cell {
id;
base;
inherited;
memory_mb;
port;
states;
pid = null;
dying = false;
last_words = {};
#figures;
#clock;
#gone = false;
#loads = new Map();
#early = new Map();
#endings = new Map();
#runs = new Set();
#load_number = 0;
constructor(id, clock, { inherited = false, base = cellBase(id), memory_mb = DEFAULT_LIMITS.memory_mb } = {}){
this.memory_mb = memory_mb;
this.id = id;
this.base = base;
this.inherited = inherited;
this.#clock = clock;
this.port = new QueuedPort(id);
this.#figures = new AskedFigures(clock, ()=>this.port.send({
t: "ask"
}));
this.states = new StateOrders(this.port, clock);
}
gone = ()=>this.#gone;
load(instance, api, order) {
const { promise, resolve } = Promise.withResolvers();
const settle = (outcome)=>{
cancel();
this.#loads.delete(instance);
resolve(outcome);
};
const ms = order.limits.load_ms;
const late = fault("load_failed", `'${api}' did not load within ${ms} ms`, {
hint: "raise limits.load_ms, or do less before and in the constructor",
retriable: true
});
const cancel = this.#clock.after(ms + LOAD_MARGIN_MS, ()=>settle(refuse(late)));
this.#loads.set(instance, settle);
if (this.#gone) settle(refuse(killed(api)));
else this.port.send({
t: "load",
id: ++this.#load_number,
instance
}, writeJsonPayload(order));
return promise;
}
claim(instance) {
const early = this.#early.get(instance);
this.#early.delete(instance);
return early;
}
run(instance) {
this.#runs.add(instance);
this.port.send({
t: "run",
instance
});
}
runs(instance) {
return this.#runs.has(instance);
}
shutdown(instance, ms) {
return new Promise((resolve)=>{
const settle = ()=>{
cancel();
this.#endings.delete(instance);
resolve();
};
const cancel = this.#clock.after(ms, settle);
this.#endings.set(instance, settle);
if (this.#gone) settle();
else this.port.send({
t: "shutdown",
instance,
ms: Math.ceil(ms)
});
});
}
unload(instance) {
this.#runs.delete(instance);
this.port.send({
t: "unload",
instance
});
}
bye() {
this.port.send({
t: "bye"
});
}
get figures() {
return this.#figures.latest;
}
async ask(ms) {
return this.port.attached ? await this.#figures.fresh(ms) : this.figures;
}
reported({ instances }) {
this.#runs.clear();
for (const { instance, phase } of instances)if (phase === "running") this.#runs.add(instance);
for (const [instance, settle] of [
...this.#loads
]){
const found = instances.find((reported)=>reported.instance === instance);
if (found?.phase === "loading" || this.port.holdsLoad(instance)) continue;
const tools = parseTools(found?.tools ?? []);
if (found === undefined || found.phase === "failed" || tools === undefined) settle(refuse(killed(this.base)));
else settle(ok(loadedOf(tools, found.has_run, found.state)));
}
this.states.lost(fault("moved", "the link to its process broke"));
}
take(message, payload) {
switch(message.t){
case "loaded":
{
const loaded = parseLoaded(readJsonPayload(payload));
const lie = fault("load_failed", "its tools could not be read");
if (this.#loads.has(message.instance)) this.#early.set(message.instance, undefined);
this.#loads.get(message.instance)?.(loaded === undefined ? refuse(lie) : ok(loadedOf(loaded.tools, loaded.run, loaded.state)));
return true;
}
case "state":
this.states.take(message, payload);
return true;
case "piece":
if (message.of !== "state") return false;
this.states.take(message, payload);
return true;
case "failed":
{
const why = parseFault(readJsonPayload(payload)) ?? UNREADABLE;
const settle = this.#loads.get(message.instance);
if (settle !== undefined && message.phase !== "run") settle(refuse(why));
else if (this.#early.has(message.instance)) this.#early.set(message.instance, {
phase: message.phase,
why
});
else return false;
return true;
}
case "ended":
if (message.what === "run") this.#runs.delete(message.instance);
else this.#endings.get(message.instance)?.();
return true;
case "figures":
this.#figures.told(parseCellFigures(readJsonPayload(payload)));
return true;
default:
return false;
}
}
async lastWordsRead() {
const { promise, resolve } = Promise.withResolvers();
const cancel = this.#clock.after(LAST_WORDS_MS, resolve);
await Promise.race([
this.port.hungUp(),
promise
]);
cancel();
}
exited() {
this.#gone = true;
this.port.end();
for (const settle of [
...this.#loads.values()
])settle(refuse(killed(this.base)));
for (const settle of [
...this.#endings.values()
])settle();
this.#figures.over();
this.states.lost(fault("module_killed", "its process ended"));
}
}
function loadedOf(tools, has_run, state) {
return {
tools,
has_run,
...state !== undefined && {
state
}
};
}
function killed(api) {
return fault("module_killed", `the process of '${api}' ended while it loaded`);
}
class LinkSender {
#connection;
#events;
#outbox = new LinkOutbox(writeKernelHeader);
#scheduled = false;
#said = 0;
#writing = false;
#closed = false;
constructor(connection, events){
this.#connection = connection;
this.#events = events;
}
get queued_bytes() {
return this.#outbox.queued_bytes;
}
get idle() {
return !this.#writing && !this.#scheduled && this.#outbox.queued_bytes === 0;
}
send(header, payload) {
if (this.#closed) return;
this.#outbox.push(header, payload);
if (++this.#said >= EARLY_MESSAGES) void this.#write();
else this.#schedule();
}
credited(credit) {
this.#outbox.credit(credit);
this.#schedule();
}
close() {
this.#closed = true;
}
#schedule() {
if (this.#scheduled || this.#writing || this.#closed) return;
this.#scheduled = true;
queueMicrotask(()=>{
this.#scheduled = false;
void this.#write();
});
}
async #write() {
if (this.#writing || this.#closed) return;
this.#writing = true;
this.#said = 0;
try {
for(;;){
this.#events.moved();
const bytes = this.#outbox.take();
if (bytes === undefined || this.#closed) return;
await this.#connection.write(bytes);
}
} catch  {
if (!this.#closed) this.#events.broken();
} finally{
this.#writing = false;
}
}
}
const READ_BYTES = 65_536;
const UNREAD_BYTES = WIRE.queue_bytes / 2;
class CellLink {
#connection;
#reader = new FrameReader({
proven: false
});
#window = new ReceiveWindow();
#sender;
#listener;
#closed = false;
constructor(connection, listener){
this.#connection = connection;
this.#listener = listener;
this.#sender = new LinkSender(connection, {
broken: ()=>this.close(),
moved: ()=>this.#giveCredit()
});
void this.#read();
}
proven(listener) {
this.#reader.proven = true;
this.#listener = listener;
}
send(message, payload) {
this.#sender.send(message, payload);
}
get closed() {
return this.#closed;
}
get idle() {
return this.#closed || this.#sender.idle;
}
get queued_bytes() {
return this.#sender.queued_bytes;
}
close(violation) {
if (this.#closed) return;
this.#closed = true;
this.#sender.close();
this.#connection.close();
this.#listener.closed(violation);
}
async #read() {
let buffer = new Uint8Array(READ_BYTES);
try {
while(!this.#closed){
const count = await this.#connection.read(buffer);
if (count === null) break;
const violation = this.#takeOrFail(buffer.subarray(0, count));
if (this.#reader.holds_chunk) buffer = new Uint8Array(READ_BYTES);
if (violation !== undefined) return this.close(violation);
}
} catch  {
}
this.close();
}
#takeOrFail(chunk) {
try {
return this.#take(chunk);
} catch (error) {
return `the kernel failed at what it said: ${error instanceof Error ? error.stack : error}`;
}
}
#take(chunk) {
const { messages, violation } = this.#reader.feed(chunk);
for (const { header, payload } of messages){
if (this.#closed) return undefined;
const message = parseCellMessage(header);
if (message === undefined) return `a message that is none of the wire's: ${JSON.stringify(header).slice(0, 120)}`;
const most = mostBytes(message);
if (payload.length > most) return `a piece of ${payload.length} bytes; it may have ${most}`;
const cost = creditCost(message.t, payload.length);
if (cost !== undefined && !this.#window.receive(cost)) return "more messages under way than it had credit for";
if (message.t === "credit" && this.#reader.proven) this.#sender.credited(message);
else this.#listener.message(message, payload);
if (cost !== undefined) this.#window.processed(cost);
}
this.#giveCredit();
return violation;
}
#giveCredit() {
if (this.#closed || this.#sender.queued_bytes > UNREAD_BYTES) return;
const credit = this.#window.takeCredit();
if (credit !== undefined) this.#sender.send({
t: "credit",
...credit
});
}
}
function mostBytes(message) {
switch(message.t){
case "items":
case "end":
return WIRE.item_bytes + WIRE.chunk_bytes;
case "call":
case "reply":
return message.more ? WIRE.chunk_bytes : Infinity;
default:
return message.t === "piece" ? WIRE.chunk_bytes : Infinity;
}
}
class LinkAcceptor {
#options;
#unproven = 0;
constructor(options){
this.#options = options;
}
accept(connection) {
if (this.#unproven >= WIRE.unproven_links) return connection.close();
this.#unproven++;
const { clock, random, epoch } = this.#options;
const nonce = toHex(random.bytes(32));
let counted = true;
const settle = ()=>{
if (counted) this.#unproven--;
counted = false;
cancel();
};
let spoke = false;
const link = new CellLink(connection, {
message: (message)=>{
if (spoke || message.t !== "attach") return link.close("spoke before its proof was taken");
spoke = true;
void this.#judge(link, nonce, message, settle);
},
closed: settle
});
const cancel = clock.after(WIRE.unproven_ms, ()=>link.close());
link.send({
t: "nonce",
nonce,
epoch
});
}
async #judge(link, nonce, { cell, incarnation, proof }, settle) {
const token = this.#options.tokenOf(cell);
const proved = token !== undefined && await checkProof(token, nonce, cell, incarnation, proof).catch(()=>false);
if (!proved || link.closed || this.#options.tokenOf(cell) !== token) return link.close();
settle();
this.#options.attached(cell, link);
link.send({
t: "welcome",
epoch: this.#options.epoch
});
}
}
function covers(had, needs) {
return (had.any_net ?? false) === (needs.any_net ?? false) && needs.net.every((net)=>had.net.includes(net)) && needs.folders.every(({ path, mode })=>had.folders.some((folder)=>folder.path === path && (folder.mode === mode || folder.mode === "rw"))) && needs.limits.heap_mb <= had.limits.heap_mb && needs.limits.memory_mb <= had.limits.memory_mb;
}
function dispatch(listener, cell, link, message, payload) {
switch(message.t){
case "call":
return listener.call(cell.port, message, payload);
case "reply":
return listener.reply(cell.port, message, payload);
case "piece":
if (message.of === "call" || message.of === "reply") return listener.piece(cell.port, message, payload);
return cell.take(message, payload) ? undefined : listener.other(cell, message, payload);
case "cancel":
return listener.cancel(cell.port, message.id);
case "items":
case "end":
case "pull":
case "stop":
return listener.stream(cell.port, message, payload);
case "revoke":
return listener.revoke(cell.port, message.from, message.name);
case "lend":
return listener.lend(cell.port, message.from, message.names, message.api);
case "ack":
return listener.ack(cell.port, message.ids);
case "dying":
if (cell.dying) return link.close("its last words twice");
cell.dying = true;
return listener.dying(cell, message, payload);
case "limit":
return listener.limit(cell, message);
case "fence":
return cell.port.fence();
case "attach":
return link.close("attached twice on one link");
default:
if (cell.take(message, payload)) return message.t === "figures" ? listener.figures(cell) : undefined;
if (message.t === "failed") return listener.failed(cell, message, payload);
return listener.other(cell, message, payload);
}
}
function hearLink(cell, link, { listener, reported, kill }) {
cell.port.attach(link);
let has_reported = false;
link.proven({
message: (message, payload)=>{
if (message.t !== "report") {
if (!has_reported && !FREE_OF_CREDIT.has(message.t)) return link.close("spoke before its report");
return dispatch(listener, cell, link, message, payload);
}
if (has_reported) return link.close("reported twice on one link");
has_reported = true;
if (takeReport(cell, payload, listener)) reported();
else link.close("a report that could not be read");
},
closed: (violation)=>{
cell.port.detach(link);
if (violation === undefined) return;
listener.violated(cell, violation);
kill(violation);
}
});
}
function takeReport(cell, payload, listener) {
const report = parseCellReport(readJsonPayload(payload));
if (report === undefined) return false;
cell.reported(report);
listener.reported(cell, report);
cell.port.open();
return true;
}
const ATTACH_MS = 10_000;
const BYE_MS = 1_000;
class CellTable {
#options;
#acceptor;
#cells = new Map();
#tokens = new Map();
#shared = new Map();
#holders = new Map();
#attaching = new Map();
#leaving = new Map();
#number = 0;
#closed = false;
#retired = false;
constructor(options){
this.#options = options;
this.#acceptor = new LinkAcceptor({
...options,
tokenOf: (cell)=>this.#tokens.get(cell),
attached: (cell, link)=>this.#attached(cell, link)
});
}
accept(connection) {
this.#acceptor.accept(connection);
}
get(id) {
return this.#cells.get(id);
}
all() {
return [
...this.#cells.values()
];
}
async start(base, needs) {
const { epoch, clock, watchdog } = this.#options;
const stops = fault("cancelled", `cell '${base}' is not started: the host stops`);
const why_not = this.#closed ? stops : this.#options.refuse?.(base);
if (why_not !== undefined) return refuse(why_not);
const cell = new Cell(cellId(base, epoch * 1_000_000 + ++this.#number), clock, needs.limits);
this.#cells.set(cell.id, cell);
const attached = this.#awaitAttached(cell);
watchdog.send({
t: "start_cell",
cell: cell.id,
...needs
});
const outcome = await attached;
if (outcome.ok) this.hold(cell);
return outcome.ok ? ok(cell) : outcome;
}
async share(name, needs, all) {
let shared = this.#shared.get(name);
const fits = shared !== undefined && covers(shared.needs, needs) && !shared.cell?.gone() && !(shared.cell !== undefined && this.#leaving.has(shared.cell.id));
if (!fits) {
const made = {
starting: this.start(name, all),
needs: all,
cell: undefined
};
this.#shared.set(name, shared = made);
void made.starting.then((started)=>{
if (started.ok) made.cell = started.value;
else if (this.#shared.get(name) === made) this.#shared.delete(name);
});
}
const started = await shared.starting;
if (!started.ok || !fits) return started;
const cell = started.value;
if (cell.gone() || this.#leaving.has(cell.id)) return await this.share(name, needs, all);
this.hold(cell);
return started;
}
hold(cell) {
this.#holders.set(cell, (this.#holders.get(cell) ?? 0) + 1);
}
async release(cell, why, how = {}) {
const left = (this.#holders.get(cell) ?? 0) - 1;
if (left > 0) this.#holders.set(cell, left);
else await this.end(cell, why, how);
}
end(cell, why, { unheard = false } = {}) {
if (cell.gone() || this.#retired) return Promise.resolve();
const leaving = this.#leaving.get(cell.id);
if (leaving !== undefined) return leaving.gone;
const { promise: gone, resolve } = Promise.withResolvers();
const cancel = this.#options.clock.after(BYE_MS, ()=>this.kill(cell, why));
this.#leaving.set(cell.id, {
gone,
left: ()=>{
cancel();
resolve();
}
});
if (unheard) this.kill(cell, why);
else cell.bye();
return gone;
}
async endAll(why) {
this.#closed = true;
await Promise.all(this.all().map((cell)=>this.end(cell, why)));
}
kill(cell, reason) {
if (!cell.gone() && !this.#retired) this.#options.watchdog.send({
t: "kill",
cell: cell.id,
reason
});
}
retire() {
this.#closed = true;
this.#retired = true;
for (const { port } of this.#cells.values())port.send({
t: "newer"
});
}
get all_left() {
return this.all().every(({ port })=>port.left);
}
get idle() {
return this.all().every(({ port })=>port.idle);
}
known(cells) {
for (const { cell: id, pid, token, base } of cells){
let cell = this.#cells.get(id);
if (cell === undefined) {
this.#cells.set(id, cell = new Cell(id, this.#options.clock, {
inherited: true,
base
}));
void this.#awaitAttached(cell);
}
cell.pid = pid;
if (base !== undefined) cell.base = base;
this.#tokens.set(id, token);
}
}
exited(id, why) {
const cell = this.#cells.get(id);
this.#tokens.delete(id);
if (cell === undefined) return;
this.#cells.delete(id);
this.#holders.delete(cell);
for (const [name, shared] of this.#shared)if (shared.cell === cell) this.#shared.delete(name);
cell.exited();
const killed = fault("module_killed", `the process of cell '${id}' ended before it attached: ${why}`);
this.#attaching.get(id)?.(refuse(killed));
this.#options.listener.exited(cell, why);
this.#leaving.get(id)?.left();
this.#leaving.delete(id);
}
#awaitAttached(cell) {
return new Promise((resolve)=>{
const settle = (outcome)=>{
cancel();
this.#attaching.delete(cell.id);
resolve(outcome);
};
const late = fault("module_killed", `the process of cell '${cell.id}' did not attach within ${ATTACH_MS} ms`);
const cancel = this.#options.clock.after(ATTACH_MS, ()=>{
settle(refuse(late));
this.kill(cell, "did not attach");
});
this.#attaching.set(cell.id, settle);
});
}
#attached(id, link) {
const cell = this.#cells.get(id);
if (cell === undefined) return link.close();
hearLink(cell, link, {
listener: this.#options.listener,
reported: ()=>this.#attaching.get(id)?.(ok(undefined)),
kill: (violation)=>this.kill(cell, violation)
});
}
}
const { memory_mb, heap_mb } = DEFAULT_LIMITS;
const NEEDS = {
folders: [],
net: [],
limits: {
memory_mb: 256,
heap_mb: 96
}
};
const MOST_ORDERS = 50;
const IDLE_MS = 2_000;
class VetCell {
#cells;
#clock;
#orders = new RunSerial();
#cell;
#number = 0;
#vetted = 0;
#waiting;
#pieces = new PieceJoiner({
open: 1,
total_bytes: SOURCES.bundle_bytes * 2
});
#cancel_idle = ()=>{};
constructor(cells, clock){
this.#cells = cells;
this.#clock = clock;
}
vet(order, load_ms) {
return this.#orders.run(()=>this.#vet(order, load_ms));
}
message(cell, message, payload) {
if (cell !== this.#cell || this.#waiting === undefined) return;
if (message.t === "vetted" && message.id === this.#waiting.id) {
if (!message.more) return this.#waiting.settle({
ok: message.ok,
payload
});
this.#pieces.begin(pieceKey("vetted", message.id), message.ok, payload, SOURCES.bundle_bytes * 2);
} else if (message.t === "piece" && message.of === "vetted") {
const joined = this.#pieces.add(pieceKey("vetted", message.id), payload, message.more === true);
if (joined.kind === "whole") this.#waiting.settle({
ok: joined.header,
payload: joined.payload
});
else if (joined.kind !== "partial") this.#waiting.settle(undefined);
}
}
exited(cell) {
if (cell !== this.#cell) return;
this.#cell = undefined;
this.#waiting?.settle(undefined);
}
dispose() {
this.#cancel_idle();
}
async #vet(order, load_ms) {
this.#cancel_idle();
const started = this.#cell === undefined ? await this.#cells.start(VET_CELL, NEEDS) : undefined;
if (started !== undefined && !started.ok) return started;
if (started !== undefined) this.#vetted = 0;
const cell = this.#cell ??= started.value;
this.#pieces = new PieceJoiner({
open: 1,
total_bytes: SOURCES.bundle_bytes * 2
});
let timed_out = false;
const answer = await new Promise((settle)=>{
const id = ++this.#number;
const cancel = this.#clock.after(load_ms, ()=>{
timed_out = true;
settle(undefined);
});
this.#waiting = {
id,
settle: (answer)=>{
cancel();
settle(answer);
}
};
if (!cell.port.send({
t: "vet",
id
}, writeJsonPayload(order))) this.#waiting.settle(undefined);
});
this.#waiting = undefined;
if (answer === undefined) {
return this.#gaveUp(order, timed_out ? `took longer than ${load_ms} ms to vet` : "ended the process that vets sources");
}
const said = read(answer);
if (said === undefined) return this.#gaveUp(order, "made the process that vets sources say what no vet cell says");
if (!said.ok) this.#replace(`it refused the source of '${order.api}'`);
else if (++this.#vetted >= MOST_ORDERS) this.#giveBack();
else this.#cancel_idle = this.#clock.after(IDLE_MS, ()=>this.#giveBack());
return said;
}
#gaveUp(order, what) {
this.#replace(`vetting '${order.api}' ${what}`);
return refuse(fault("load_failed", `the source of '${order.api}' ${what}`, {
hint: "no source that a person writes does this; look at what generated it"
}));
}
#replace(why) {
const cell = this.#cell;
this.#cell = undefined;
if (cell !== undefined) this.#cells.kill(cell, why);
}
#giveBack() {
const cell = this.#cell;
this.#cell = undefined;
if (cell !== undefined) void this.#cells.release(cell, "idle");
}
}
function read({ ok, payload }) {
const said = readJsonPayload(payload);
if (!ok) {
const why = parseFault(said);
return why && refuse(why);
}
const code = said?.code;
if (typeof code !== "string" || code.length > SOURCES.bundle_bytes) return undefined;
return {
ok: true,
value: {
code
}
};
}
const FETCH = Object.freeze({
api: HTTP_SERVICE.api,
methods: [
"fetch"
],
aspects: [
"default"
]
});
function seatOf(instance, planned, port) {
const { api, config, grants, limits } = planned.spec;
const services = grants.net.length > 0 ? [
...grants.services,
FETCH
] : grants.services;
const fetches = isHttpService(planned) && {
fetches: true
};
return {
...{
instance,
api,
port,
config,
grants: {
...grants,
services
},
limits,
in_flight: 0,
open_streams: 0
},
...fetches
};
}
function isHttpService({ spec: { api, prog }, source: { origin } }) {
return origin === "shipped" && prog === HTTP_SERVICE.prog && api === HTTP_SERVICE.api;
}
function cellNeeds(planned) {
const { grants, limits } = planned.spec;
const direct = grants.builtins.some((name)=>name === "node:net" || name === "node:tls" || name === "node:dns");
return {
folders: grants.folders,
net: [
...direct ? grants.net : [],
...grants.listen
],
...isHttpService(planned) && {
any_net: true
},
limits: {
memory_mb: limits.memory_mb,
heap_mb: limits.heap_mb
}
};
}
async function bringUp(planned, powers, { awaits_state = false, apart } = {}) {
const bundle = await powers.bundle(planned).catch((error)=>{
return refuse(fault("internal", `the source of '${planned.spec.api}' could not be prepared: ${error}`));
});
if (!bundle.ok) return bundle;
const own = await powers.own_packages(planned.spec.grants.packages).catch((error)=>{
return refuse(fault("internal", `the packages of '${planned.spec.api}' could not be read: ${error}`));
});
if (!own.ok) return own;
const warm = planned.spec.cell === "own" ? powers.warm.take(planned.spec.api, cellNeeds(planned)) : undefined;
const cell = warm !== undefined ? ok(warm) : await powers.starting.run(()=>acquireCell(planned, powers));
if (!cell.ok) return cell;
const order = {
...loadOrder(planned, bundle.value, powers.home),
...own.value.length > 0 && {
own_packages: own.value
}
};
return await loadInto(cell.value, planned, awaits_state ? {
...order,
awaits_state
} : order, powers, apart);
}
async function loadInto(cell, planned, order, powers, apart) {
const { spec } = planned;
const id = powers.nextInstance(cell.id);
const own = seatOf(id, planned, cell.port);
const seat = apart === undefined ? own : {
...own,
grants: NO_GRANTS,
apart
};
powers.broker.seat(seat);
const loaded = await cell.load(id, spec.api, order);
const why = refusalOf(loaded, planned, cell, powers, apart);
if (!loaded.ok || why !== undefined) {
discard({
cell,
id
}, why, powers);
return refuse(why);
}
return ok({
id,
planned,
cell,
seat,
...loaded.value,
started_at: powers.clock.now()
});
}
function refusalOf(loaded, { spec: { api } }, cell, { tools, inRealPaths }, apart) {
if (!loaded.ok) return {
...loaded.fault,
message: inRealPaths(loaded.fault.message)
};
if (cell.gone()) return fault("module_killed", `the process of '${api}' ended while it started`);
return apart !== undefined ? undefined : tools.reserve(api, loaded.value.tools);
}
async function acquireCell(planned, powers) {
const { spec } = planned;
if (spec.cell === "own") return await powers.cells.start(spec.api, cellNeeds(planned));
const members = powers.membersOf(spec.cell);
const needs = (members.length > 0 ? members : [
planned
]).map(cellNeeds);
return await powers.cells.share(spec.cell, cellNeeds(planned), {
folders: needs.flatMap((need)=>need.folders),
net: needs.flatMap((need)=>need.net),
limits: {
memory_mb: needs.reduce((sum, need)=>sum + need.limits.memory_mb, 0),
heap_mb: Math.max(...needs.map((need)=>need.limits.heap_mb))
}
});
}
function discard({ cell, id }, why, { broker, cells }) {
broker.unseat(id, fault("load_failed", why.message));
cell.unload(id);
void cells.release(cell, "its module did not come to serve");
}
function loadOrder(planned, code, home) {
const { api, version, grants, limits, own } = planned.spec;
const { folders, any_net } = cellNeeds(planned);
return {
api,
hash: planned.hash,
version,
code,
own,
packages: grants.packages,
builtins: grants.builtins,
home,
folders,
net: grants.net,
...any_net && {
any_net
},
listen: grants.listen,
wasm: grants.wasm,
limits,
kernel: grants.kernel
};
}
function pause(clock, ms) {
return new Promise((resume)=>clock.after(ms, resume));
}
const LOOK_MS = 5;
const HEARD_MS = 1_500;
async function drainInstance(old, powers, { bound_ms = Infinity, idle } = {}) {
const { drain_ms, shutdown_ms } = old.planned.spec.limits;
const { clock, broker, leadership } = powers;
const end = clock.monotonic() + Math.min(drain_ms, bound_ms);
const ended = old.cell.gone;
while(broker.servedBy(old.id) > 0 && clock.monotonic() < end && !ended())await pause(clock, LOOK_MS);
if (!leadership.leads) return;
if (!ended()) await idle?.(Math.min(shutdown_ms, bound_ms));
if (!ended()) {
await old.cell.shutdown(old.id, Math.max(end - clock.monotonic(), Math.min(shutdown_ms, bound_ms)));
}
const why = fault("moved", `the instance of '${old.planned.spec.api}' that served this call was replaced`, {
maybe_ran: true
});
broker.unseat(old.id, why);
old.cell.unload(old.id);
const unheard = bound_ms === Infinity && broker.isOwed(old.cell.id) && !await heard(old, powers);
await powers.cells.release(old.cell, "drained", {
unheard
});
}
async function heard({ cell }, { clock, broker }) {
const end = clock.monotonic() + HEARD_MS;
while(broker.isOwed(cell.id) && clock.monotonic() < end && !cell.gone())await pause(clock, LOOK_MS);
return !broker.isOwed(cell.id);
}
const KEPT = 1_024;
const FILE_BYTES$1 = 1_048_576;
const NAME = /^[0-9a-f]{64}\.json$/;
function toolFiles(files, folder, kept = KEPT) {
return {
read: async (hash)=>{
try {
const text = await files.readText(`${folder}/${hash}.json`, FILE_BYTES$1);
return text === undefined ? undefined : parseTools(JSON.parse(text));
} catch  {
return undefined;
}
},
write: async (hash, tools)=>{
try {
await files.makeFolder(folder);
await files.writeWhole(`${folder}/${hash}.json`, JSON.stringify(tools));
await removeOldest(files, folder, {
name: NAME,
kept
});
} catch  {
}
}
};
}
class Leadership {
#running = 0;
#settled = [];
#held;
#former;
#leads = true;
#lost = Promise.withResolvers();
get leads() {
return this.#leads;
}
async whileLeading(job) {
if (!this.#leads) return undefined;
return await Promise.race([
job(),
this.#lost.promise.then(()=>undefined)
]);
}
besideFormer() {
this.#former ??= Promise.withResolvers();
}
formerGone() {
this.#former?.resolve();
this.#former = undefined;
}
async alone() {
await this.#former?.promise;
}
async change(job, { alters }) {
if (alters) await this.alone();
while(this.#held !== undefined)await this.#held.promise;
this.#running++;
try {
await job();
} finally{
if (--this.#running === 0) {
for (const settled of this.#settled.splice(0))settled();
}
}
}
async hold(clock, ms) {
const held = this.#held ??= Promise.withResolvers();
if (this.#running > 0) {
await Promise.race([
new Promise((resolve)=>this.#settled.push(resolve)),
pause(clock, ms)
]);
}
if (this.#held !== held) return false;
if (this.#running === 0) return true;
this.resume();
return false;
}
resume() {
if (!this.#leads) return;
this.#held?.resolve();
this.#held = undefined;
}
leave() {
this.#held ??= Promise.withResolvers();
this.#leads = false;
this.#lost.resolve();
}
}
const FILE_BYTES = 134_217_728;
const HEAD_BYTES = 65_536;
const NEWLINE = 10;
const STATE = ".state";
const ASIDE = ".aside";
class StateFiles {
#files;
#clock;
#folder;
#asides = new Map();
constructor(files, clock, folder){
this.#files = files;
this.#clock = clock;
this.#folder = folder;
}
async look() {
const listed = await this.#files.list(this.#folder).catch(()=>undefined) ?? [];
const names = listed.map(({ name })=>name).filter((name)=>name.endsWith(ASIDE) && !name.startsWith("."));
this.#asides = new Map(await Promise.all(names.map(async (name)=>{
const bytes = await this.#files.read(`${this.#folder}/${name}`, FILE_BYTES).catch(()=>undefined);
const why = bytes && split(bytes)?.line.why;
return [
name.slice(0, -ASIDE.length),
why ?? "an earlier host could not use it"
];
})));
}
async read(api) {
const file = this.#path(api, STATE);
const bytes = await this.#files.read(file, FILE_BYTES).catch(()=>new Uint8Array(0));
if (bytes === undefined) return undefined;
const parsed = split(bytes);
const state = parsed && await restored(parsed);
if (state !== undefined) return state;
const moved = await this.#files.rename(file, this.#path(api, ASIDE)).then(()=>true, ()=>false);
if (moved) this.#asides.set(fileName(api), "the file that kept it is torn or altered");
return undefined;
}
async keep(api, state) {
await this.#write(this.#path(api, STATE), state);
}
async setAside(api, state, why, { forget }) {
await this.#write(this.#path(api, ASIDE), state, why);
this.#asides.set(fileName(api), why);
if (forget) await this.#files.remove(this.#path(api, STATE));
}
whyAside(api) {
return this.#asides.get(fileName(api));
}
async list() {
const files = await this.#files.list(this.#folder) ?? [];
const states = await Promise.all(files.map(({ name })=>this.#listed(name)));
const sorted = states.filter((state)=>state !== undefined);
return sorted.sort((a, b)=>a.api < b.api ? -1 : a.api > b.api ? 1 : Number(a.set_aside) - Number(b.set_aside));
}
async drop(api) {
const kept = await this.#remove(this.#path(api, STATE));
const set_aside = await this.#remove(this.#path(api, ASIDE));
this.#asides.delete(fileName(api));
return {
kept,
set_aside
};
}
async #listed(name) {
const end = [
STATE,
ASIDE
].find((one)=>name.endsWith(one));
const api = end === undefined ? "" : name.slice(0, -end.length).replaceAll(".", "/");
if (!isApiName(api)) return undefined;
const path = `${this.#folder}/${name}`;
const [facts, head] = await Promise.all([
this.#files.stat(path),
this.#files.readPart(path, {
first: HEAD_BYTES
})
]);
if (facts === undefined || head === undefined) return undefined;
const parts = split(head);
const bytes = parts === undefined ? facts.size : facts.size - (head.length - parts.rest.length);
const time = parts?.line.time ?? new Date(facts.mtime_ms).toISOString();
const why = this.whyAside(api);
return {
api,
bytes,
time,
set_aside: end === ASIDE,
...end === ASIDE && why !== undefined && {
why
}
};
}
async #write(to, { from, payload }, why) {
const time = new Date(this.#clock.now()).toISOString();
const form = typeof payload === "string" ? "text" : "bytes";
const rest = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
const line = {
from,
sha256: await sha256Hex(rest),
form,
time,
...why !== undefined && {
why
}
};
await this.#files.makeFolder(this.#folder, 0o700);
await this.#files.writeWhole(to, join(line, rest));
}
async #remove(file) {
const there = await this.#files.stat(file) !== undefined;
if (there) await this.#files.remove(file);
return there;
}
#path(api, end) {
return `${this.#folder}/${fileName(api)}${end}`;
}
}
function fileName(api) {
return api.replaceAll("/", ".");
}
function join(line, rest) {
const head = new TextEncoder().encode(`${JSON.stringify(line)}\n`);
const bytes = new Uint8Array(head.length + rest.length);
bytes.set(head);
bytes.set(rest, head.length);
return bytes;
}
async function restored({ line: { from, sha256, form }, rest }) {
if (await sha256Hex(rest) !== sha256) return undefined;
const payload = form === "bytes" ? rest : new TextDecoder().decode(rest);
return {
from,
payload
};
}
function split(bytes) {
const end = bytes.indexOf(NEWLINE);
if (end === -1) return undefined;
try {
const line = JSON.parse(new TextDecoder("utf-8", {
fatal: true
}).decode(bytes.subarray(0, end)));
if (!isRecord(line) || typeof line["from"] !== "string" || typeof line["sha256"] !== "string") return undefined;
return {
line: line,
rest: bytes.subarray(end + 1)
};
} catch  {
return undefined;
}
}
class ToolCatalog {
#owners = new Map();
#tools = new Map();
#by_name;
reserve(api, tools) {
const refusal = this.#refusal(api, tools);
if (refusal === undefined) {
for (const { entry } of tools)this.#owners.set(toolName(api, entry), api);
}
return refusal;
}
publish({ spec: { api, approve }, source: { origin } }, tools) {
this.#tools.set(api, tools.map((spec)=>({
name: toolName(api, spec.entry),
api,
spec,
origin,
approve
})));
this.#by_name = undefined;
}
withdraw(api) {
if (this.#tools.delete(api)) this.#by_name = undefined;
}
release(api) {
this.withdraw(api);
for (const [name, owner] of this.#owners)if (owner === api) this.#owners.delete(name);
}
find(name) {
return this.#named().get(name);
}
offered() {
return [
...this.#named().values()
];
}
list(only) {
return this.offered().filter(({ api })=>only === undefined || api === only).map(listedTool);
}
#named() {
const sorted = ()=>[
...this.#tools.values()
].flat().sort((a, b)=>a.name < b.name ? -1 : 1);
return this.#by_name ??= new Map(sorted().map((tool)=>[
tool.name,
tool
]));
}
#refusal(api, tools) {
for (const { entry } of tools){
const name = toolName(api, entry);
if (name === undefined) {
return fault("load_failed", `tool '${entry}' of '${api}' has no valid name: at most 64 characters of [A-Za-z0-9_-] with the api's name in front`);
}
const owner = this.#owners.get(name);
if (owner !== undefined && owner !== api) {
return fault("load_failed", `tool '${name}' of '${api}' bears the name of a tool of '${owner}'; rename one of them`);
}
}
return undefined;
}
}
function limitWords(limit, found, allowed) {
const figures = `${limit}: found ${found}, allowed ${allowed}`;
return limit === "liveness_ms" ? `${figures}; ${SILENT}` : figures;
}
const SILENT = "its code ran for so many ms without giving the loop back, as an endless loop or one very long step does";
function benchListener({ broker, vet, lines, failed }) {
return {
call: (port, message, payload)=>broker.onCall(port, message, payload),
reply: (port, message, payload)=>broker.onReply(port, message, payload),
piece: (port, message, payload)=>broker.onPiece(port, message, payload),
stream: (port, word, payload)=>broker.onStream(port, word, payload),
lend: (port, instance, names, to)=>broker.onLend(port, instance, names, to),
revoke: (port, instance, name)=>broker.onRevoke(port, instance, name),
cancel: (port, id)=>broker.onCancel(port, id),
ack: (port, ranges)=>broker.onAck(port, ranges),
reported: (cell, report)=>broker.reported(cell.id, report.holds),
failed: (_cell, message, payload)=>{
const why = parseFault(readJsonPayload(payload)) ?? fault("module_error", "its words could not be read");
failed(message.instance, message.phase, why);
if (message.phase !== "run" && message.phase !== "shutdown") broker.unseat(message.instance, why);
},
dying: (cell, { limit, found, allowed })=>lines.dying(cell.id, limitWords(limit, found, allowed)),
limit: ()=>{},
figures: ()=>{},
other: (cell, message, payload)=>vet().message(cell, message, payload),
violated: (cell, violation)=>lines.dying(cell.id, `it broke the wire's rules: ${violation}`),
exited: (cell, why)=>{
vet().exited(cell);
broker.forgetCell(cell.id, fault("module_killed", `its process ended: ${why}`, {
maybe_ran: true
}));
}
};
}
const LEVELS = [
"DEBUG",
"INFO",
"WARNING",
"ERROR",
"CRITICAL"
];
new TextEncoder();
class BenchLog {
#take;
#last_words = new Map();
constructor(take){
this.#take = take;
}
line(cell, stream, line) {
const said = stream === "stdout" ? fromShell(line) : undefined;
const base = cell.slice(0, cell.lastIndexOf("~"));
this.#take(said ?? {
api: base,
level: stream === "stderr" ? "WARNING" : "INFO",
text: line
});
}
dying(cell, why) {
this.#last_words.set(cell, why);
}
lastWords(cell) {
return this.#last_words.get(cell);
}
}
function fromShell(line) {
try {
const { api, level, text } = JSON.parse(line);
if (typeof api === "string" && typeof text === "string" && LEVELS.includes(level)) return {
api,
level,
text
};
} catch  {
}
return undefined;
}
const EPOCH = 1;
const VET_MS = 10_000;
class Workbench {
broker;
cells;
#vet;
#children;
#powers;
#bundle;
#sources = new Map();
#counted = new Map();
#brought = new WeakMap();
#options;
#listener;
#instances = 0;
constructor(options){
this.#options = options;
const { places, cache, services, log = ()=>{}, failed = ()=>{} } = options;
const clock = denoClock;
const random = denoRandom;
const lines = new BenchLog((line)=>log({
...line,
text: this.inRealPaths(line.text)
}));
this.#children = childrenTable({
places,
env: readSurroundings().cell_env,
tell: (message)=>this.#fromChild(message, lines),
log: (level, text)=>log({
api: "",
level,
text
})
});
this.broker = new Broker({
clock,
trace_salt: toHex(random.bytes(8)),
services,
emit: ()=>{},
hit: ()=>{}
});
this.cells = new CellTable({
clock,
random,
epoch: EPOCH,
watchdog: {
send: (message)=>{
if (message.t === "start_cell") this.#children.start(message);
if (message.t === "kill") this.#children.kill(message.cell, message.reason);
}
},
listener: benchListener({
broker: this.broker,
vet: ()=>this.#vet,
lines,
failed
})
});
this.#vet = new VetCell(this.cells, clock);
this.#bundle = bundleLoader({
cache,
vet: (order)=>this.vet(order),
versions: LIBRARY_VERSIONS,
runtime: Deno.version.deno
});
this.#powers = {
clock,
random,
broker: this.broker,
cells: this.cells,
tools: new ToolCatalog(),
known_tools: toolFiles(allFiles, `${places.home}/runtime/cache/tools`),
warm: {
take: ()=>undefined
},
leadership: new Leadership(),
fates: NO_FATES,
lastLines: ()=>[],
states: new StateFiles(allFiles, clock, `${places.home}/runtime/image/state`),
emit: ()=>{},
log: (level, api, text)=>log({
api,
level,
text
}),
bundle: (planned)=>this.bundle(planned),
own_packages: ownPackages(allFiles, options.shown_home, LIBRARY_VERSIONS),
inRealPaths: (text)=>this.inRealPaths(text),
nextInstance: ()=>this.nextInstance(),
maySitIn: ()=>true,
starting: new Semaphore(4),
home: places.home,
membersOf: ()=>[]
};
}
static async open(options) {
const bench = new Workbench(options);
const { run } = options.places;
const own = kernelSocket(run, EPOCH);
bench.#listener = await denoSockets.listen(own, publishedKernelSocket(run), (c)=>bench.cells.accept(c));
bench.broker.allReported([]);
return bench;
}
nextInstance() {
return instanceId(EPOCH, ++this.#instances);
}
vet(order) {
return this.#vet.vet(order, VET_MS);
}
async bundle({ spec: { api, config, grants }, source }) {
this.#sources.set(api, source);
const { packages, builtins } = grants;
const bundled = await this.#bundle({
api,
config,
source,
packages,
builtins
});
if (bundled.ok) return ok(bundled.value.code);
return refuse({
...bundled.fault,
message: this.inRealPaths(bundled.fault.message)
});
}
async counted({ spec: { api, config, grants }, source }, counts) {
const key = `${api}\0${source.hash}`;
const { packages, builtins } = grants;
const made = this.#counted.get(key) ?? await this.vet({
api,
entry: source.entry,
files: source.files,
packages,
builtins,
config,
counts
});
this.#counted.set(key, made);
return made.ok ? ok(made.value.code) : refuse({
...made.fault,
message: this.inRealPaths(made.fault.message)
});
}
async bring(planned, code) {
this.#sources.set(planned.spec.api, planned.source);
return await this.#bring(planned, code === undefined ? this.#powers : {
...this.#powers,
bundle: ()=>Promise.resolve(ok(code))
});
}
async bringInto(cell, planned) {
const start = ()=>Promise.resolve(ok(this.cells.get(cell)));
const stays = {
all: ()=>[],
start,
share: start,
hold: ()=>{},
release: ()=>Promise.resolve(),
end: ()=>Promise.resolve()
};
return await this.#bring(planned, {
...this.#powers,
cells: stays,
bundle: ()=>Promise.resolve(ok(""))
});
}
async leave(instance, ms) {
await drainInstance(instance, this.#brought.get(instance), {
bound_ms: ms
});
this.broker.route(instance.planned.spec.api, undefined);
}
async #bring(planned, powers) {
const brought = await bringUp(planned, powers);
if (!brought.ok) return brought;
this.#brought.set(brought.value, powers);
const { id, cell, seat } = brought.value;
this.broker.route(planned.spec.api, {
to: "seat",
seat
});
const early = cell.claim(id);
if (early !== undefined) this.#options.failed?.(id, early.phase, early.why);
return brought;
}
inRealPaths(text) {
return realPositions(text, pathsOf(this.#sources, this.#options.shown_home));
}
async [Symbol.asyncDispose]() {
this.#vet.dispose();
await this.cells.endAll("the bench closes");
await this.#children.killAll("the bench closes");
this.#listener?.close();
this.broker.dispose();
}
kill() {
void this.#children.killAll("the process ends");
}
#fromChild(message, lines) {
if (message.t === "cells") this.cells.known(message.cells);
if (message.t === "log") lines.line(message.cell, message.stream, message.line);
if (message.t !== "exited") return;
const { cell, code, signal, reason } = message;
void (async ()=>{
await this.cells.get(cell)?.lastWordsRead();
this.cells.exited(cell, lines.lastWords(cell) ?? `its process ended (${reason ?? signal ?? code})`);
})();
}
}
const NO_FATES = {
of: ()=>undefined,
keep: ()=>{},
forget: ()=>{}
};
async function openBench(homes, { secrets = {}, ...heard } = {}) {
const { home } = homes;
const folder = makeBenchFolder();
const remove = ()=>Deno.removeSync(folder, {
recursive: true
});
const places = benchPlaces(folder, homes);
const bench = await Workbench.open({
places,
cache: bundleCache(allFiles, `${home}/runtime/cache/modules`),
shown_home: home,
services: kernelServices({
...{
files: allFiles,
home,
clock: denoClock,
tools: NO_TOOLS,
emit: ()=>{}
},
events: {
recent: ()=>[],
follow: ()=>()=>{},
mark: NO_EVENT
},
tokens: {
show: ()=>Promise.resolve(refuse(noHost("asBearer")))
},
env: (name)=>Promise.resolve(Object.hasOwn(secrets, name) ? secrets[name] : null),
status: ()=>Promise.reject(new FaultError(noHost("status"))),
reload: ()=>Promise.reject(new FaultError(noHost("reload")))
}),
...heard
});
return {
bench,
places,
kill () {
bench.kill();
remove();
},
async [Symbol.asyncDispose] () {
await bench[Symbol.asyncDispose]();
remove();
}
};
}
const NO_EVENT = recordId({
epoch: 0,
count: 0
});
function noHost(name) {
return fault("no_attribute", `kernel.${name} is not there: no host runs here`);
}
const OPEN_CELL = cellId("stand_ins", 1);
const PATIENT = {
...DEFAULT_LIMITS,
liveness_ms: 86_400_000
};
class TestBench {
#open;
#objects = new Map();
secrets;
onLine = ()=>{};
onFailure = ()=>{};
constructor(open, secrets){
this.#open = open;
this.secrets = secrets;
}
static async open(homes) {
const secrets = {};
const heard = {};
const open = await openBench(homes, {
secrets,
log: (line)=>heard.by?.onLine(line),
failed: (...failure)=>heard.by?.onFailure(...failure)
});
const bench = heard.by = new TestBench(open, secrets);
bench.#attach();
return bench;
}
get bench() {
return this.#open.bench;
}
kill() {
this.#open.kill();
}
async [Symbol.asyncDispose]() {
await this.#open[Symbol.asyncDispose]();
}
async standIn(api, make, services = []) {
const parsed = parseConfig({
file: "configs/stand_in.yml",
text: ""
});
if (!parsed.ok) throw new Error(parsed.rejection.fault.message);
const grants = {
...parsed.spec.grants,
services
};
const spec = {
...parsed.spec,
api: api,
grants,
limits: PATIENT
};
this.#objects.set(api, make);
return await this.bench.bringInto(OPEN_CELL, {
spec,
source: NO_SOURCE,
hash: api
});
}
#attach() {
const token = toHex(crypto.getRandomValues(new Uint8Array(32)));
this.bench.cells.known([
{
cell: OPEN_CELL,
pid: Deno.pid,
token
}
]);
startOpenCell({
cell: OPEN_CELL,
token,
socket: publishedKernelSocket(this.#open.places.run),
ended: ()=>this.bench.cells.exited(OPEN_CELL, "the bench closes"),
make: (api, kernel)=>this.#objects.get(api)(api, kernel)
});
}
}
const NO_SOURCE = Object.freeze({
origin: "local",
path: "",
entry: "",
files: [],
hash: ""
});
const PROGRAM_FILE = "program.json";
function testHome(test_file) {
const path = Deno.realPathSync(fromFileUrl(test_file));
const found = /^(.+)\/plugins\/(.+)_test\.(?:ts|js)$/.exec(path);
if (found === null) {
throw new Error(`a test of a module lies beside it: ${path} is not plugins/NAME_test.ts; or name it: test(name, { module: "notes" }, \u2026)`);
}
return {
home: found[1],
prog: found[2],
...programOf()
};
}
function programOf() {
try {
return JSON.parse(Deno.readTextFileSync(new URL(PROGRAM_FILE, LIBS)));
} catch (error) {
if (!(error instanceof Deno.errors.NotFound)) throw error;
return {
program: Deno.realPathSync(fromFileUrl(new URL("../", LIBS)))
};
}
}
let opened;
let hooked = false;
function fileBench() {
if (!hooked) closeBehindTests();
hooked = true;
return ()=>opened ??= open();
}
async function open() {
const home = testHome(Deno.mainModule);
const bench = await TestBench.open(home);
return {
home,
bench,
coverage: Deno.env.get(COVERAGE_VARIABLE) === undefined ? undefined : {}
};
}
const COVERAGE_VARIABLE = "META_MACHINE_COVERAGE";
function closeBehindTests() {
Deno.test.afterAll(async ()=>{
if (opened === undefined) return;
const { bench, coverage } = await opened;
opened = undefined;
const folder = Deno.env.get(COVERAGE_VARIABLE);
if (folder !== undefined && coverage !== undefined) await addFileCoverage(folder, coverage);
await bench[Symbol.asyncDispose]();
});
addEventListener("unload", ()=>void opened?.then(({ bench })=>bench.kill()));
}
function test(name, given, given_body) {
const options = typeof given === "function" ? {} : given;
const body = typeof given === "function" ? given : given_body;
if (typeof body !== "function") throw new TypeError(`test('${name}'): the last argument is the test's function`);
const { ignore = false, only = false } = options;
const file = fileBench();
registerForAuthor(Deno.test, {
name,
ignore,
only,
sanitizeOps: false,
sanitizeResources: false,
fn: async ()=>await runModuleTest(await file(), options, body)
});
}
export { scripted, test };

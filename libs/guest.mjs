// kernel/guest/worker/main.ts (made by deno task vendor guest)
import { AsyncLocalStorage } from 'node:async_hooks';
import { registerHooks } from 'node:module';
const NativeArrayBuffer = ArrayBuffer;
const NEVER_HAD = 2 ** 52;
function releaseMemory() {
try {
new NativeArrayBuffer(NEVER_HAD);
} catch  {
}
}
let keeper;
function openKeeping(given) {
keeper ??= given;
}
function keep(name, fn) {
if (typeof name !== "string" || name.length === 0 || name.length > 128) {
throw new TypeError("keep(): the name is no text of 1 to 128 characters; pass one that tells what the function is for");
}
if (typeof fn !== "function") throw new TypeError(`keep(): '${name}' is ${typeof fn}; pass a function`);
if (keeper === undefined) throw new Error("keep() works inside a running host only");
const kept = (...args)=>fn(...args);
const revoke = keeper.keep(name, kept);
Object.defineProperties(kept, {
revoke: {
value: revoke
},
[Symbol.dispose]: {
value: revoke
}
});
return Object.freeze(kept);
}
const BATCH_WORDS = 64;
const { stringify: stringify$2, parse } = JSON;
const { isArray: isArray$2 } = Array;
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
if (!isArray$2(data) || typeof data[0] !== "string" || typeof data[1] !== "string") return false;
const [headers, texts] = data;
let entries;
try {
entries = parse(headers);
} catch  {
return false;
}
if (!isArray$2(entries) || entries.length > most + 1) return false;
const sizes = entries[0];
if (!isArray$2(sizes) || sizes.length !== entries.length - 1) return false;
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
if (!("payload" in message)) return stringify$2(message);
const { payload: _, ...header } = message;
return stringify$2(header);
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
const { stringify: stringify$1 } = JSON;
const { isArray: isArray$1 } = Array;
function readShellHeader(header, payload) {
if (!isArray$1(header)) return {
...header,
payload
};
if (header[0] === SHORT.reply) {
const code = header[4];
const reply = {
t: "reply",
id: header[1],
ok: header[2] === 1,
live: header[3] === 1,
streams: header[5],
payload
};
return code === 0 ? reply : {
...reply,
code
};
}
const made = header[10];
const call = {
t: "call",
id: header[1],
aspect: header[2],
name: header[3],
kind: KINDS[header[4]],
caller: {
api: header[5],
principal: header[6]
},
trace: header[7],
ms: header[8],
streams: header[9],
payload
};
return made < 0 ? call : {
...call,
made
};
}
function writeWorkerHeader(m) {
if (m.t === "reply") return writeAnswer(m.id, m.ok, m.code, m.streams);
if (m.t !== "call" || m.lends !== undefined) return writePlain(m);
return `[1,${m.id},${m.parent ?? -1},${quoteName(m.api)},${quoteName(m.aspect)},${quoteName(m.name)},${kindNumber(m.kind)},${m.timeout ?? -1},${m.trace === undefined ? 0 : stringify$1(m.trace)}]`;
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
function fault$1(code, message, more = {}) {
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
const { bind, call } = Function.prototype;
const uncurry = bind.bind(call);
const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { preventExtensions, setPrototypeOf } = Reflect;
const { assign, create, freeze, hasOwn } = Object;
const isArray = Array.isArray;
const objectPrototype = Object.prototype;
const functionPrototype = Function.prototype;
const charCode = uncurry(String.prototype.charCodeAt);
const indexOf = uncurry(String.prototype.indexOf);
const lastIndexOf = uncurry(String.prototype.lastIndexOf);
const slice = uncurry(String.prototype.slice);
const startsWith = uncurry(String.prototype.startsWith);
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
const floor = Math.floor;
class SafeMap extends Map {
}
for (const key of ownKeys(Map.prototype)){
if (key !== "constructor") {
defineProperty(SafeMap.prototype, key, getOwnPropertyDescriptor(Map.prototype, key));
}
}
setPrototypeOf(SafeMap.prototype, null);
freeze(SafeMap.prototype);
function pinMethods(object) {
for(let from = getPrototypeOf(object); from !== null && from !== objectPrototype; from = getPrototypeOf(from)){
for (const key of ownKeys(from)){
const property = getOwnPropertyDescriptor(from, key);
if (typeof key === "string" && key !== "constructor" && typeof property.value === "function" && !hasOwn(object, key)) {
defineProperty(object, key, {
value: property.value
});
}
}
}
}
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
return fault$1("rate_limited", text, {
hint: "give up fewer calls; a service should end when caller().signal does"
});
}
};
}
const GLOBAL_NAMES = Object.freeze([
...[
"globalThis",
"Infinity",
"NaN",
"undefined",
"isFinite",
"isNaN",
"parseFloat",
"parseInt"
],
...[
"decodeURI",
"decodeURIComponent",
"encodeURI",
"encodeURIComponent",
"escape",
"unescape"
],
...[
"Object",
"Function",
"Boolean",
"Symbol",
"Number",
"BigInt",
"Math",
"Date",
"Temporal",
"String",
"RegExp"
],
...[
"Array",
"Map",
"Set",
"WeakMap",
"WeakSet",
"WeakRef",
"FinalizationRegistry",
"Iterator",
"Promise"
],
...[
"ArrayBuffer",
"DataView",
"Int8Array",
"Uint8Array",
"Uint8ClampedArray",
"Int16Array",
"Uint16Array"
],
...[
"Int32Array",
"Uint32Array",
"BigInt64Array",
"BigUint64Array",
"Float16Array",
"Float32Array",
"Float64Array"
],
...[
"JSON",
"Reflect",
"Proxy",
"Intl",
"DisposableStack",
"AsyncDisposableStack"
],
...[
"Error",
"AggregateError",
"EvalError",
"RangeError",
"ReferenceError",
"SuppressedError"
],
...[
"SyntaxError",
"TypeError",
"URIError"
],
...[
"AbortController",
"AbortSignal",
"CustomEvent",
"DOMException",
"Event",
"EventTarget"
],
...[
"TextDecoder",
"TextEncoder",
"URL",
"URLSearchParams",
"atob",
"btoa"
],
...[
"queueMicrotask",
"structuredClone",
"setTimeout",
"clearTimeout",
"setInterval",
"clearInterval"
],
...[
"Blob",
"FormData",
"Headers",
"Request",
"Response",
"crypto",
"console",
"performance"
],
...[
"ByteLengthQueuingStrategy",
"CountQueuingStrategy",
"CompressionStream",
"DecompressionStream"
],
...[
"ReadableByteStreamController",
"ReadableStream",
"ReadableStreamBYOBReader",
"ReadableStreamBYOBRequest"
],
...[
"ReadableStreamDefaultController",
"ReadableStreamDefaultReader",
"TextDecoderStream",
"TextEncoderStream"
],
...[
"TransformStream",
"TransformStreamDefaultController",
"WritableStream",
"WritableStreamDefaultController"
],
"WritableStreamDefaultWriter"
]);
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
Object.freeze(Object.keys(DEFAULT_LIMITS));
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
const { load, store } = Atomics;
const RUNNING = 0;
const BEGUN = 1;
const STOPPED = 2;
function newRunningMark() {
return new Int32Array(new SharedArrayBuffer(12));
}
function begin$1(mark, serial) {
store(mark, BEGUN, serial | 0);
if (load(mark, STOPPED) !== 0) return false;
store(mark, RUNNING, serial | 0);
return true;
}
function pause(mark) {
store(mark, RUNNING, 0);
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
const MOST_KEPT = LOANS.names;
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
if (kept.size >= MOST_KEPT) throw new RangeError(`keep: ${MOST_KEPT} functions are kept; no more may be`);
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
return refuse(fault$1("cancelled", `the function '${name}' was revoked, or never lent to '${api}'`));
},
count: ()=>kept.size
};
}
const NO_PAYLOAD = "";
const utf8$2 = new TextEncoder();
function exceedsBytes(payload, max_bytes) {
const { length } = payload;
if (length > max_bytes || typeof payload !== "string") return length > max_bytes;
return 3 * length > max_bytes && utf8$2.encode(payload).length > max_bytes;
}
function readUint32(bytes, at) {
return (bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]) >>> 0;
}
function writeUint32(bytes, at, value) {
bytes[at] = value >>> 24;
bytes[at + 1] = value >>> 16;
bytes[at + 2] = value >>> 8;
bytes[at + 3] = value;
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
return this.#lent(value, depth) ?? this.#refuse(`is ${kindOf$2(value)}`);
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
function kindOf$2(value) {
const prototype = Object.getPrototypeOf(value);
const maker = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
const name = typeof maker === "function" ? Object.getOwnPropertyDescriptor(maker, "name")?.value : undefined;
if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return "an object of a class";
return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const PATH_UNITS = 200;
function refusalFault(root, refusal) {
const text = `${spellPath(root, refusal.path)} ${refusal.what}`;
switch(refusal.kind){
case "not_plain":
return fault$1("invalid_argument", `${text}; pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects`);
case "too_deep":
return fault$1("too_deep", text, {
hint: `nest data at most ${WIRE.depth} levels deep`
});
case "too_large":
return fault$1("too_large", text);
}
}
function spellPath(root, path) {
let text = root;
for (const key of path){
text += typeof key === "number" ? `[${key}]` : NAME.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 64))}]`;
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
return refuse(fault$1("too_large", `${root} makes more than ${max_bytes} bytes`));
}
return ok(payload);
} catch (error) {
return refuse(fault$1("invalid_argument", `${root} can't be read: ${words$1(error)}`));
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
const utf8 = new TextDecoder("utf-8", {
fatal: true,
ignoreBOM: true
});
const NO_BYTES = new Uint8Array(0);
function decodeValue(payload, borrow) {
if (typeof payload === "string") return read$1(payload, NO_BYTES, borrow);
if (payload[0] !== WITH_BYTES || payload.length < 5) return refuse(malformed("its first five bytes are missing"));
const end = 5 + readUint32(payload, 1);
if (end > payload.length) return refuse(malformed("its JSON text is longer than the payload"));
let text;
try {
text = utf8.decode(payload.subarray(5, end));
} catch  {
return refuse(malformed("it is not UTF-8"));
}
return read$1(text, payload.subarray(end), borrow);
}
function read$1(text, blobs, borrow) {
if (!nestsAtMost(WIRE.depth, text)) {
const hint = `nest data at most ${WIRE.depth} levels deep`;
return refuse(fault$1("too_deep", `the payload is nested more than ${WIRE.depth} levels deep`, {
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
return fault$1("invalid_argument", `the payload is malformed: ${why}`);
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
function valueOfReply(payload, borrow) {
return decodeValue(payload, borrow);
}
function faultOfReply(reply) {
return readFault(reply.code, reply.payload);
}
function readFault(told_code, payload) {
const told = decodeValue(payload);
const map = told.ok && typeof told.value === "object" && told.value !== null ? told.value : {};
const { code, message, hint, retriable, maybe_ran, name } = map;
const known = told_code ?? (isFaultCode(code) ? code : "internal");
return fault$1(known, typeof message === "string" ? message : "the call failed without a message", {
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
const OUTSTANDING_FACTOR = 16;
class Refused {
fault;
constructor(fault){
this.fault = fault;
}
}
const { Promise: NativePromise$7 } = globalThis;
const then$1 = uncurry(Promise.prototype.then);
const { ceil } = Math;
const { stringify } = JSON;
const NAMES_BYTES = WIRE.header_bytes - 1_024;
function openMadeCalls({ outbox, context, streams, kept }, limits) {
const waiting = new SafeMap();
const most = limits.calls_in_flight * OUTSTANDING_FACTOR;
const crowded = fault$1("rate_limited", `${most} calls of this module wait for an answer; no more may`);
let last = 0;
function call(target, args, more = {}) {
const answer = new NativePromise$7((resolve, reject)=>{
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
return then$1(answer, undefined, rethrow);
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
return fault$1("service_down", `Service '${api.slice(0, HEADER_BOUNDS.api)}\u2026' is not active or failed to load.`);
}
if (aspect.length > HEADER_BOUNDS.aspect) {
return fault$1("no_aspect", `Service '${api}' does not have aspect '${aspect.slice(0, HEADER_BOUNDS.aspect)}\u2026'.`);
}
if (name.length > HEADER_BOUNDS.name) {
const clipped = name.slice(0, HEADER_BOUNDS.name);
return fault$1("no_attribute", `Service '${api}' (aspect '${aspect}') does not have attribute '${clipped}\u2026'`);
}
}
function unlendable({ api, aspect, name }, kept) {
if (kept === undefined) return undefined;
if (kept.length > HEADER_BOUNDS.kept) {
const text = `the call lends ${kept.length} functions that are kept by name; one call may lend ${HEADER_BOUNDS.kept}`;
return fault$1("quota", text, {
hint: "lend the others with further calls"
});
}
if (!exceedsBytes(stringify([
api,
aspect,
name,
kept
]), NAMES_BYTES)) return undefined;
return fault$1("too_large", `the names of the ${kept.length} functions that the call lends are too long together`, {
hint: "keep functions under shorter names, or lend them with several calls"
});
}
function late({ api, name }, left) {
if (left === undefined || left > 0) return undefined;
return fault$1("timeout", `'${name}' of '${api}' was not called: the time of the call being served is over`);
}
const TOOL_ASPECT = "tool";
const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;
function toolName(api, entry) {
const name = `${api.replaceAll("/", "_")}_${entry}`;
return TOOL_NAME.test(name) ? name : undefined;
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
const stack = text(withoutHostFrames(read(thrown, "stack")), STACK_UNITS);
return {
name: className(thrown),
message: text(read(thrown, "message"), MESSAGE_UNITS) ?? "something was thrown that is no error",
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
const named = read(thrown, "name");
if (isClassName(named) && named !== "Error") return named;
const maker = read(thrown, "constructor");
const made = typeof maker === "function" ? read(maker, "name") : undefined;
return isClassName(made) && made !== "Object" ? made : "Error";
}
function cause(thrown) {
const from = read(thrown, "cause");
if (from === undefined || from === null || from === thrown) return "";
if (typeof from !== "object") return `\nCaused by: ${clip(words(from), MESSAGE_UNITS)}`;
return `\nCaused by: ${text(withoutHostFrames(read(from, "stack")), STACK_UNITS) ?? text(read(from, "message"), MESSAGE_UNITS) ?? "an object"}`;
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
function read(from, key) {
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
const told = fault$1("module_error", message, {
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
const retriable = read(thrown, "retriable");
return {
fault: fault$1(code, message, {
maybe_ran: read(thrown, "maybe_ran") !== false,
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
const hint = read(thrown, "hint");
return typeof hint === "string" && hint !== "" ? {
hint: hint.slice(0, 1_024)
} : {};
}
function codeOf(thrown) {
if (typeof thrown !== "object" || thrown === null) return undefined;
const code = read(thrown, "code");
return MODULE_CODES.find((allowed)=>allowed === code);
}
const TOOLS_API = "@tools";
const KERNEL_API = "@kernel";
function isPrivateName(name) {
return name.startsWith("_") || name === "constructor";
}
const LIFECYCLE = [
"run",
"shutdown",
"getAspect",
"get_aspect",
"exportState",
"importState"
];
function privateName(name) {
if (!isPrivateName(name) && name !== "__proto__") return undefined;
return fault$1("private_name", `Access to private attribute '${name}' is not allowed`);
}
function findAspect(instance, api, aspect) {
const { getAspect, get_aspect } = instance;
const resolve = getAspect ?? get_aspect;
if (typeof resolve !== "function") return aspect === "default" ? ok(instance) : refuse(noAspect(api, aspect));
try {
const face = resolve.call(instance, aspect);
if (!(face instanceof NativePromise$6)) return resolved(face, api, aspect);
return face.then((late)=>resolved(late, api, aspect), ()=>refuse(noAspect(api, aspect)));
} catch  {
return refuse(noAspect(api, aspect));
}
}
function resolved(face, api, aspect) {
if (typeof face === "object" && face !== null || typeof face === "function") return ok(face);
return refuse(fault$1("no_aspect", `Could not resolve aspect '${aspect}' for service '${api}'.`));
}
const { Promise: NativePromise$6 } = globalThis;
function noAspect(api, aspect) {
return fault$1("no_aspect", `Service '${api}' does not have aspect '${aspect}'.`);
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
const { Promise: NativePromise$5, Proxy: NativeProxy } = globalThis;
const target = freeze(create(ModuleHandle.prototype));
function serviceHandle(calls, api, aspect, authority = {}) {
let access_count = 0;
let last_access_time = null;
let disposed = false;
function ask(name, kind, args) {
if (disposed) return refusal$1("cancelled", `The handle of '${api}' (aspect '${aspect}') has been disposed`);
if (isPrivateName(name) || name === "__proto__") {
return refusal$1("private_name", `Access to private attribute '${name}' is not allowed`);
}
if (authority.parent?.over) {
return refusal$1("cancelled", `The call for whose caller '${name}' of '${api}' was to be called is over`);
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
const getStats = ()=>NativePromise$5.resolve({
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
reserved.set(Symbol.asyncDispose, ()=>NativePromise$5.resolve(dispose()));
return new NativeProxy(target, {
get (_, name) {
if (typeof name === "symbol" || reserved.has(name)) return reserved.get(name);
if (isPrivateName(name)) {
throw new FaultError(fault$1("private_name", `Access to private attribute '${name}' is not allowed`));
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
function refusal$1(code, message) {
return NativePromise$5.reject(new FaultError(fault$1(code, message)));
}
function isRecord(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isText(value, most) {
return typeof value === "string" && value.length <= most;
}
const CODES$1 = Object.freeze({
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
code: CODES$1[code] ?? code,
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
function toolAuthority(calls, authority) {
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
if (typeof tool !== "string" || tool === "") return fault$1("unknown_tool", "the request names no tool");
if (!isRecord(params)) return fault$1("invalid_argument", `the params of '${tool}' are no map`);
if (id !== undefined && typeof id !== "string") return fault$1("invalid_argument", `the id of '${tool}' is no text`);
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
...toolAuthority(calls, {}),
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
...toolAuthority(calls, options),
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
...toolAuthority(calls, {}),
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
return fault$1("not_granted", "kernel.asCaller(): no call is being served here", {
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
const COMPARED = 64;
function closestFirst(name, names) {
return names.map((other)=>({
other,
far: distance(name, other)
})).sort((a, b)=>a.far - b.far).map(({ other })=>other);
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
const TOLD = 10;
const LOOKED_AT = 128;
const CLASSES = 32;
const PLAIN_NAME = /^[\p{L}$][\p{L}\p{N}_$]{0,63}$/u;
function noAttribute(asked, face, tools) {
const { api, aspect, name } = asked;
const message = `Service '${api}' (aspect '${aspect}') does not have attribute '${name}'`;
try {
const hint = hintFor(asked, face, tools);
if (typeof hint === "string") return fault$1("no_attribute", message, {
hint
});
} catch  {
}
return fault$1("no_attribute", message);
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
const { Promise: NativePromise$4 } = globalThis;
function serveCall(served, order, call, borrow) {
if (order.kind === "lent" || order.kind === "kept") {
const lent = served.lent(order);
return lent.ok ? act(served, order, borrow, (args)=>ok(()=>Reflect.apply(lent.value, undefined, args))) : lent;
}
const refusal = privateName(order.name);
if (refusal) return refuse(refusal);
const face = findAspect(served.instance, served.api, order.aspect);
if (face instanceof NativePromise$4) return face.then((late)=>serveFace(served, order, call, borrow, late));
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
if (found instanceof NativePromise$4) {
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
return NativePromise$4.resolve(value).then(encoded, (error)=>thrown(served, error));
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
if (!hasAttribute(face, name)) return missing$1(served, face, order);
const value = face[name];
if (kind === "get") return ok(()=>value);
if (typeof value !== "function") return missing$1(served, face, order);
return ok(()=>Reflect.apply(value, face, args));
}
function missing$1({ api, tools }, face, { aspect, name, kind }) {
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
const { Promise: NativePromise$3 } = globalThis;
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
return refuse(fault$1("cancelled", "the call with which this function was lent is over, or lent no such function"));
};
}
function hostModule(hosted) {
const { served, life, state, calls, adrift, streams, mark, context, outbox, tally, timers, crypto_calls } = hosted;
const serving = new SafeMap();
function serve(order) {
const { id, caller, trace, ms } = order;
const crowded = adrift.refuse(caller.api);
if (crowded !== undefined) return outbox.post(refusal(id, crowded));
if (!begin$1(mark, id)) return;
const call = new ServedCall(id, caller, trace, monotonic() + ms);
serving.set(id, call);
const answer = context.run(call, ()=>serveCall(served, order, call, borrowing(order, call)));
pause(mark);
if (answer instanceof NativePromise$3) void answer.then((late)=>answered(call, late));
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
return outbox.post(refusal(id, answer.fault));
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
streams.of("callee", id).close(fault$1("cancelled", "the caller gave the call up"));
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
const why = fault$1("cancelled", "this function was lent for a call that is over; ask for one that is kept by name", {
hint: "whoever lends it passes keep(name, fn)",
retriable: false
});
return NativePromise$3.reject(new FaultError(why));
}
function refusal(id, why) {
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
const { Promise: NativePromise$2 } = globalThis;
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
return this.end(fault$1("internal", "a stream brought what is no list of items"));
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
return NativePromise$2.resolve(result);
}
if (this.#state === "over") return NativePromise$2.resolve(DONE);
if (this.#state === "ending") {
const why = this.#why;
this.#finish();
return why === undefined ? NativePromise$2.resolve(DONE) : NativePromise$2.reject(why);
}
return new NativePromise$2((resolve, reject)=>{
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
return NativePromise$2.resolve({
done: true,
value
});
}
throw(error) {
this.#consumer.stop();
return NativePromise$2.reject(error);
}
[Symbol.asyncIterator]() {
return this;
}
[Symbol.asyncDispose]() {
this.#consumer.stop();
return NativePromise$2.resolve();
}
}
const QUIET_TURNS$1 = 8;
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
if (this.#quiet++ < QUIET_TURNS$1) return schedule(()=>this.#settle());
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
return fault$1(why.code, message, {
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
consumer.end(why ?? fault$1("cancelled", "the call that this stream belongs to is over"), error);
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
consumer?.end(word.code === undefined ? undefined : readFault(word.code, word.payload));
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
const QUIET_TURNS = 4;
function openOutbox(port) {
const postMessage = uncurry(port.postMessage);
const batch = new PortBatch();
let scheduled = false;
let quiet = 0;
function flush() {
if (batch.count === 0) return;
const { posted, moved } = batch.take();
postMessage(port, posted, moved);
}
function settle() {
if (quiet++ < QUIET_TURNS) return schedule(settle);
scheduled = false;
flush();
}
function add(message) {
batch.push(writeWorkerHeader(message), hasOwn(message, "payload") ? message.payload : "");
}
return {
post (message) {
add(message);
quiet = 0;
if (batch.count >= BATCH_WORDS || batch.size >= WIRE.batch_bytes) return flush();
if (!scheduled) {
scheduled = true;
schedule(settle);
}
},
postNow (message) {
add(message);
flush();
}
};
}
const CALL = [
'[[3],[1,1,"default","answer",0,"rehearsal","rehearsal","0",1000,0,-1]]',
"[1]"
];
const NOBODY = {
postMessage () {}
};
function rehearseCall(port = NOBODY) {
const outbox = openOutbox(port);
const context = openCallContext();
const streams = openStreams(outbox);
const kept = openKeptFunctions(outbox.post);
const calls = openMadeCalls({
outbox,
context,
streams,
kept
}, DEFAULT_LIMITS);
const instance = {
answer: (n)=>n
};
const played = {
...{
context,
streams,
calls,
outbox,
mark: newRunningMark(),
adrift: openAdriftCalls("rehearsal", DEFAULT_LIMITS)
},
served: {
api: "rehearsal",
instance,
lent: findLent(calls, kept),
failed () {}
}
};
const receive = hostModule(played);
openPosted(CALL, Infinity, (header, payload)=>receive(readShellHeader(header, payload)));
}
async function awaitModule({ port }) {
for (const name of GLOBAL_NAMES) void 0;
rehearseCall();
const { promise, resolve } = Promise.withResolvers();
port.onmessage = ({ data })=>resolve(data);
port.postMessage([]);
return {
...await promise,
port
};
}
function configMap(own) {
const data = freezeDeep(own);
const config = Object.create(Object.prototype, {
get: {
value: (key, fallback)=>Object.hasOwn(data, key) ? data[key] : fallback
}
});
for (const key of Object.keys(data)){
if (key !== "get") Object.defineProperty(config, key, {
value: data[key],
enumerable: true
});
}
return Object.freeze(config);
}
function freezeDeep(value) {
if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
for (const key of Object.keys(value))freezeDeep(value[key]);
return Object.freeze(value);
}
function countCrypto() {
let pending = 0;
const prototype = SubtleCrypto.prototype;
for (const name of ownKeys(prototype)){
const method = getOwnPropertyDescriptor(prototype, name)?.value;
if (typeof name !== "string" || name === "constructor" || typeof method !== "function") continue;
const counted = function(...args) {
const promise = apply(method, this, args);
if (!(promise instanceof NativePromise$1)) return promise;
pending++;
return then(promise, (value)=>{
pending--;
return value;
}, (error)=>{
pending--;
throw error;
});
};
defineProperty(counted, "name", {
value: name,
configurable: true
});
defineProperty(counted, "length", {
value: method.length,
configurable: true
});
defineProperty(prototype, name, {
value: counted,
writable: true,
enumerable: true,
configurable: true
});
}
return ()=>pending;
}
const { Promise: NativePromise$1 } = globalThis;
const then = uncurry(NativePromise$1.prototype.then);
const HTTP_SERVICE = Object.freeze({
api: "http",
prog: "services/http"
});
const { Request: NativeRequest, Response: NativeResponse, ReadableStream: NativeStream, Uint8Array: NativeBytes } = globalThis;
const EMPTY = [
101,
204,
205,
304
];
const AT_ONCE_BYTES = 1_048_576;
const PIECE_BYTES = 65_536;
function fetchByService(calls) {
return async (input, init)=>{
const request = new NativeRequest(input, init);
const body = request.body === null ? undefined : await bodyOf(request.body, init?.body instanceof NativeStream);
const asked = {
url: request.url,
method: request.method,
headers: [
...request.headers
],
redirect: request.redirect,
...body && {
body
}
};
const target = {
api: HTTP_SERVICE.api,
aspect: "default",
name: "fetch",
kind: "call"
};
const answer = await calls.call(target, [
asked
], {
signal: request.signal
});
const { url = request.url, redirected = false, status = 200, status_text = "", headers = [], body: told } = answer;
const given = typeof told === "object" && Symbol.asyncIterator in told ? streamOf(told) : told;
const response = new NativeResponse(EMPTY.includes(status) ? null : given ?? null, {
status,
statusText: status_text,
headers: headers.map(([name, value])=>[
name,
value
])
});
Object.defineProperty(response, "url", {
value: url
});
Object.defineProperty(response, "redirected", {
value: redirected
});
return response;
};
}
async function bodyOf(body, is_stream) {
const reader = body.getReader();
const first = [];
let bytes = 0;
while(!is_stream && bytes <= AT_ONCE_BYTES){
const { done, value } = await reader.read();
if (done) return joined(first, bytes);
first.push(value);
bytes += value.length;
}
return piecesOf(first, reader);
}
function joined(pieces, bytes) {
const all = new NativeBytes(bytes);
let at = 0;
for (const piece of pieces){
all.set(piece, at);
at += piece.length;
}
return all;
}
function piecesOf(first, reader) {
const waiting = first.flatMap(cut);
let at = 0;
const done = {
done: true,
value: undefined
};
return {
[Symbol.asyncIterator] () {
return this;
},
async next () {
while(at >= waiting.length){
const { done: over, value } = await reader.read();
if (over) return done;
at = 0;
waiting.splice(0, waiting.length, ...cut(value));
}
return {
done: false,
value: waiting[at++]
};
},
return () {
void reader.cancel().catch(()=>{});
return Promise.resolve(done);
}
};
}
function cut(piece) {
const pieces = [];
for(let at = 0; at < piece.length; at += PIECE_BYTES)pieces.push(piece.subarray(at, at + PIECE_BYTES));
return pieces;
}
function streamOf(body) {
const items = body[Symbol.asyncIterator]();
return new NativeStream({
type: "bytes",
async pull (controller) {
const { done, value } = await items.next();
if (!done) return controller.enqueue(value);
controller.close();
controller.byobRequest?.respond(0);
},
async cancel () {
await items.return?.();
}
});
}
const LIBRARY = "lib:";
const HANDOVER = "\0take";
function openImportGate() {
const offered = new SafeMap();
let open = true;
registerHooks({
resolve (specifier) {
const url = urlOf(specifier);
if (!offered.has(url) || !open && url !== late) {
throw new TypeError(`import of '${specifier}' is not allowed`);
}
return {
url,
format: "module",
shortCircuit: true
};
},
load (url) {
const source = offered.get(url);
if (source === undefined) throw new TypeError(`import of '${url}' is not allowed`);
return {
format: "module",
source,
shortCircuit: true
};
}
});
let late;
const take = (name)=>import(urlOf(name));
return {
offer: (name, text)=>void offered.set(urlOf(name), text),
take,
async takeValues (name, values) {
offered.set(urlOf(name), handoverText(values));
defineProperty(globalThis, HANDOVER, {
value: values,
configurable: true
});
try {
await take(name);
} finally{
deleteProperty(globalThis, HANDOVER);
}
},
close () {
open = false;
},
async takeLate (name, text) {
late = urlOf(name);
offered.set(late, text);
try {
return await take(name);
} finally{
late = undefined;
}
}
};
}
function urlOf(name) {
return startsWith(name, LIBRARY) || startsWith(name, "plugin:") ? name : LIBRARY + name;
}
function handoverText(values) {
let text = `const values = globalThis[${JSON.stringify(HANDOVER)}];\n`;
const names = ownKeys(values).filter((key)=>typeof key === "string");
for(let i = 0; i < names.length; i++){
const name = JSON.stringify(names[i]);
text += `const _${i} = values[${name}]; export { _${i} as ${name} };\n`;
}
return text;
}
function fault(code, message, more = {}) {
return new FaultError(fault$1(code, message, more));
}
const granted = new Map();
function getPackage(name) {
return granted.get(name);
}
function keepPackage(name, exports) {
granted.set(name, exports);
}
const known = new WeakMap();
function readStandardSchema(value) {
const read = known.get(value) ?? convert(value);
if (read !== undefined) known.set(value, read);
return read;
}
function convert(value) {
const props = value["~standard"];
if (typeof props !== "object" || props === null || typeof props.validate !== "function") return undefined;
const { validate, jsonSchema, vendor } = props;
if (typeof jsonSchema?.input !== "function") {
throw new TypeError(`tool(): params is a schema of ${vendor}, which doesn't give its JSON Schema; use one of zod: import { z } from "zod"`);
}
try {
const { $schema: _, ...json } = jsonSchema.input({
target: "draft-2020-12"
});
return {
json,
parse: (params)=>validate(params)
};
} catch (error) {
const why = error instanceof Error ? error.message : "it threw";
throw new TypeError(`tool(): params has no JSON Schema, which a model needs: ${why}; take what JSON has, and .transform() it`);
}
}
class Tool {
#definition;
#facts;
#parse;
constructor(definition, params, parse){
const readOnly = definition.readOnly === true;
this.#definition = definition;
this.#parse = parse;
this.#facts = {
description: definition.description,
params,
readOnly,
destructive: definition.destructive ?? !readOnly,
idempotent: definition.idempotent ?? readOnly,
openWorld: definition.openWorld === true
};
Object.freeze(this);
}
static read(value) {
if (typeof value !== "object" || value === null || !(#definition in value)) return undefined;
const definition = value.#definition;
return {
facts: value.#facts,
parse: value.#parse,
run: (params, context)=>definition.run(params, context)
};
}
}
function tool(definition) {
if (typeof definition?.run !== "function") throw new TypeError("tool(): run is missing; pass run as function");
if (typeof definition.description !== "string") {
throw new TypeError("tool(): description is missing; pass description as string");
}
const { params } = definition;
const standard = typeof params === "object" && params !== null ? readStandardSchema(params) : undefined;
return new Tool(definition, schemaOf(standard?.json ?? params), standard?.parse);
}
const SCHEMA_WORDS = [
"$ref",
"$defs",
"properties",
"required",
"additionalProperties",
"patternProperties"
];
const COMPOSING_WORDS = [
"allOf",
"anyOf",
"oneOf",
"not",
"if",
"propertyNames",
"minProperties",
"maxProperties"
];
function schemaOf(params) {
if (params === undefined) return {
type: "object"
};
if (typeof params !== "object" || params === null || Array.isArray(params)) {
throw new TypeError('tool(): params is no JSON Schema; pass {type: "object", properties: {\u2026}}');
}
if ("_zod" in params || "_def" in params) {
throw new TypeError("tool(): params is a schema of an older zod; take the one that grants.packages: [zod] brings");
}
let schema;
try {
schema = JSON.parse(JSON.stringify(params));
} catch (error) {
throw new TypeError(`tool(): params is no plain data: ${error instanceof Error ? error.message : "it threw"}`);
}
if (schema["type"] === "object") return schema;
if (schema["type"] !== undefined) {
throw new TypeError(`tool(): params is of type ${JSON.stringify(schema["type"])}; a tool takes a map: pass type "object"`);
}
const words = Object.keys(schema);
if (words.length > 0 && !words.some((word)=>SCHEMA_WORDS.includes(word) || COMPOSING_WORDS.includes(word))) {
throw new TypeError(`tool(): params is no JSON Schema: it has only ${words.slice(0, 5).join(", ")}; pass {type: "object", properties: {\u2026}}`);
}
return {
type: "object",
...schema
};
}
var sdk =  Object.freeze({
__proto__: null,
FaultError: FaultError,
fault: fault,
getPackage: getPackage,
keep: keep,
tool: tool
});
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([
...DIGITS
].map((digit, value)=>[
digit,
value
]));
function decodeMappings(text) {
let source = 0, line = 0, column = 0, name = 0;
return text.split(";").map((lineText)=>{
let generated = 0;
const segments = [];
for (const field of lineText === "" ? [] : lineText.split(",")){
const numbers = decodeNumbers(field);
generated += numbers[0] ?? 0;
if (numbers.length < 4) {
segments.push({
column: generated
});
continue;
}
source += numbers[1];
line += numbers[2];
column += numbers[3];
const origin = {
source,
line,
column
};
if (numbers.length < 5) segments.push({
column: generated,
origin
});
else segments.push({
column: generated,
origin,
name: name += numbers[4]
});
}
return segments;
});
}
function originOf(mappings, line, column) {
return (mappings[line] ?? []).findLast((segment)=>segment.column <= column)?.origin;
}
function decodeNumbers(field) {
const numbers = [];
let value = 0, shift = 0;
for (const character of field){
const digit = VALUES.get(character);
if (digit === undefined || shift > 30) throw new SyntaxError(`'${field}' is no segment of a source map`);
value |= (digit & 31) << shift;
shift += 5;
if ((digit & 32) !== 0) continue;
numbers.push((value & 1) === 1 ? -(value >>> 1) : value >>> 1);
value = shift = 0;
}
if (shift > 0) throw new SyntaxError(`'${field}' is cut short`);
return numbers;
}
const NativeSyntaxError = SyntaxError;
const MAP_COMMENT = "\n//# sourceMappingURL=data:application/json;base64,";
function atAuthorsPlace(thrown, url, code) {
try {
if (!(thrown instanceof NativeSyntaxError)) return thrown;
const told = /^(.*) at (plugin:.*):(\d+):(\d+)$/s.exec(String(read(thrown, "message")));
if (told === null || told[2] !== url) return thrown;
const place = authorsPlace(code, Number(told[3]) - 1, Number(told[4]) - 1);
return new NativeSyntaxError(place === undefined ? told[1] : `${told[1]} at ${place}`);
} catch  {
return thrown;
}
}
function authorsPlace(code, line, column) {
const comment = code.lastIndexOf(MAP_COMMENT);
if (comment === -1) return undefined;
const bytes = Uint8Array.fromBase64(code.slice(comment + MAP_COMMENT.length).trim());
const { sources, mappings } = JSON.parse(new TextDecoder().decode(bytes));
const origin = originOf(decodeMappings(mappings), line, column);
return origin && `${sources[origin.source]}:${origin.line + 1}:${origin.column + 1}`;
}
async function loadModule(gate, init, builtins, kernel, config) {
await gate.takeValues("meta-machine", sdk);
for (const [name, values] of builtins)await gate.takeValues(name, values);
for (const [name, text] of init.libraries)gate.offer(name, text);
for (const [name] of init.libraries)keepPackage(name, await gate.take(name));
const url = `plugin:///${init.api}`;
gate.offer(url, init.code);
const { Module } = await take(gate, url, init.code);
gate.close();
if (typeof Module !== "function") throw new TypeError("it exports no class named 'Module'");
return {
instance: Reflect.construct(Module, [
kernel,
config
])
};
}
async function take(gate, url, code) {
try {
return await gate.take(url);
} catch (error) {
throw atAuthorsPlace(error, url, code);
}
}
const LINE_UNITS = 8_192;
const DEPTH = 4;
const ITEMS = 50;
function formatValues(values) {
const budget = {
left: LINE_UNITS
};
let line = "";
for(let i = 0; i < values.length && budget.left > 0; i++){
const value = values[i];
line += (i === 0 ? "" : " ") + (typeof value === "string" ? spend(value, budget) : format(value, 0, budget));
}
return budget.left > 0 ? line : `${line.slice(0, LINE_UNITS)}\u2026`;
}
function spend(text, budget) {
const fits = text.length > budget.left ? text.slice(0, budget.left) : text;
budget.left -= text.length;
return fits;
}
function format(value, depth, budget) {
if (budget.left <= 0) return "\u2026";
switch(typeof value){
case "string":
return JSON.stringify(spend(value, budget));
case "bigint":
return spend(`${value}n`, budget);
case "function":
return spend("[Function]", budget);
case "object":
try {
return value === null ? "null" : formatObject(value, depth, budget);
} catch  {
return "[unreadable]";
}
default:
return spend(String(value), budget);
}
}
function formatObject(value, depth, budget) {
if (value instanceof Error) {
const { name, message, stack } = describeError(value);
return spend(stack ?? `${name}: ${message}`, budget);
}
if (value instanceof Date) return spend(Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString(), budget);
if (value instanceof Uint8Array) return spend(`Uint8Array(${value.length})`, budget);
if (depth >= DEPTH) return Array.isArray(value) ? "[\u2026]" : "{\u2026}";
if (Array.isArray(value)) return list("[", value.length, (i)=>format(value[i], depth + 1, budget), "]", budget);
if (value instanceof Map) {
const entries = [
...value
].slice(0, ITEMS + 1);
const entry = (i)=>`${format(entries[i][0], depth + 1, budget)} => ${format(entries[i][1], depth + 1, budget)}`;
return `Map(${value.size}) ${list("{", entries.length, entry, "}", budget)}`;
}
if (value instanceof Set) {
const items = [
...value
].slice(0, ITEMS + 1);
return `Set(${value.size}) ${list("{", items.length, (i)=>format(items[i], depth + 1, budget), "}", budget)}`;
}
const keys = Object.keys(value);
const entry = (i)=>`${spend(keys[i], budget)}: ${format(read(value, keys[i]), depth + 1, budget)}`;
return prefix(value) + list("{ ", keys.length, entry, " }", budget);
}
function list(open, length, item, close, budget) {
if (length === 0) return open.trim() + close.trim();
const parts = [];
for(let i = 0; i < length && i < ITEMS && budget.left > 0; i++)parts.push(item(i));
if (parts.length < length) parts.push("\u2026");
spend(open + close, budget);
return open + parts.join(", ") + close;
}
function prefix(value) {
const prototype = Object.getPrototypeOf(value);
if (prototype === null || prototype === Object.prototype) return "";
const maker = read(value, "constructor");
const name = typeof maker === "function" ? read(maker, "name") : undefined;
return typeof name === "string" && name !== "" ? `${name.slice(0, 64)} ` : "";
}
function moduleConsole(log) {
const at = (level)=>(...values)=>log(level, formatValues(values));
const counts = new Map();
const started = new Map();
return {
log: at("INFO"),
info: at("INFO"),
dir: (value)=>log("INFO", formatValues([
value
])),
dirxml: at("INFO"),
table: (value)=>log("INFO", formatValues([
value
])),
group: at("INFO"),
groupCollapsed: at("INFO"),
groupEnd () {},
clear () {},
debug: at("DEBUG"),
warn: at("WARNING"),
error: at("ERROR"),
trace: (...values)=>log("DEBUG", `${formatValues(values)}\n${new Error().stack ?? ""}`),
assert (condition, ...values) {
if (!condition) log("ERROR", formatValues([
"Assertion failed:",
...values
]));
},
count (label = "default") {
const count = (counts.get(label) ?? 0) + 1;
counts.set(label, count);
log("INFO", `${label}: ${count}`);
},
countReset: (label = "default")=>void counts.delete(label),
time: (label = "default")=>void started.set(label, monotonic()),
timeLog: (label = "default", ...values)=>log("INFO", formatValues([
elapsed(label),
...values
])),
timeEnd (label = "default") {
log("INFO", elapsed(label));
started.delete(label);
}
};
function elapsed(label) {
const from = started.get(label);
return from === undefined ? `${label}: not started` : `${label}: ${Math.floor(monotonic() - from)} ms`;
}
}
function boundedLog(per_second, write, dropped) {
let second = 0;
let written = 0;
let left_out = 0;
const tell = ()=>{
if (left_out > 0) dropped(left_out);
left_out = 0;
};
return (level, text)=>{
const now = Math.floor(monotonic() / 1000);
if (now !== second) {
second = now;
written = 0;
tell();
}
if (written < per_second) {
written++;
return write(level, text);
}
if (left_out++ === 0) after(tell, 1_000);
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
function loadFailure(api, error) {
const { fault: told, stack } = faultOfError(error);
const name = told.name ?? told.code;
return {
t: "failed",
phase: "load",
fault: fault$1("load_failed", `Module '${api}' failed to load: ${name}: ${told.message}`),
stack
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
return refuse(fault$1("too_large", `the state makes more than limits.state_bytes, ${most} bytes`, {
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
return refuse(fault$1("module_error", `${told.fault.name ?? told.fault.code}: ${told.fault.message}`));
}
return {
methods: methodsOf(instance),
async obey (order) {
const done = order.t === "export" ? exported() : imported(order.from, order.payload);
const outcome = await done.catch(thrown);
const payload = outcome.ok ? outcome.value : faultPayload(outcome.fault);
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
return fault$1("no_attribute", `the module has no ${name}()`);
}
function faultPayload(why) {
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
reports.awake();
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
throw new FaultError(fault$1("quota", `${name}: ${most} timers are set; limits.timers allows no more`));
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
const MOST_TOOLS = 256;
const DESCRIPTION_UNITS = 4_096;
const PARAMS_UNITS = 65_536;
const PARAMS_DEPTH = 32;
const ENTRY = /^[A-Za-z0-9_-]{1,64}$/;
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
const MOST_COMPLAINTS = 10;
function paramsRefusal(called, complaints) {
const all = [
...new Set(complaints)
];
const told = all.slice(0, MOST_COMPLAINTS);
if (told.length < all.length) told.push(`and ${all.length - told.length} more`);
return fault$1("invalid_argument", `Cannot call ${called}: ${told.join(". ")}`, {
hint: "`tools` shows the params that each tool takes"
});
}
function notOneMap(params) {
if (typeof params === "object" && params !== null && !Array.isArray(params)) return undefined;
return `its params are ${kindOf$1(params)}; pass one map of params`;
}
function missing(path, expected) {
return `"${path}" is missing; pass ${path}${expected && ` as ${expected}`}`;
}
function wrong(path, found, pass) {
return `"${path}" is ${shown(found)}; pass ${pass}`;
}
function unknownName(path, known) {
return `"${path}" is not known; ${known.length > 0 ? `it takes ${known.join(", ")}` : "it takes no params"}`;
}
function oneOf(choices) {
return `one of ${choices.map((one)=>shown(one)).join(", ")}`;
}
function join(path, part) {
return path === "" ? part : /^[0-9]+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`;
}
function shown(value) {
if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
const text = typeof value === "string" ? JSON.stringify(value) : String(value);
return text.length > 60 ? `${text.slice(0, 60)}\u2026` : text;
}
function kindOf$1(value) {
if (value === null) return "null";
if (value === undefined) return "missing";
return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
const ENVELOPES = [
"properties",
"items",
"prefixItems",
"$ref",
"allOf",
"additionalItems",
"patternProperties",
"if"
];
function admitBySchema(library, called, schema) {
const validator = new library.Validator(schema, "2020-12", false);
return (params)=>{
const no_map = notOneMap(params);
if (no_map !== undefined) return refuse(paramsRefusal(called, [
no_map
]));
const { valid, errors } = validator.validate(params);
if (valid) return ok(params);
const telling = errors.filter(({ keyword })=>!ENVELOPES.includes(keyword));
const complaints = (telling.length > 0 ? telling : errors).flatMap((unit)=>complaintsOf$1(unit, schema, params));
return refuse(paramsRefusal(called, complaints));
};
}
function complaintsOf$1(unit, schema, params) {
const rule = follow(schema, unit.keywordLocation);
const found = follow(params, unit.instanceLocation);
const path = pathOf(unit.instanceLocation);
const holder = follow(schema, unit.keywordLocation.replace(/\/[^/]*$/, ""));
switch(unit.keyword){
case "required":
{
const absent = (Array.isArray(rule) ? rule : []).filter((name)=>!Object.hasOwn(Object(found), name));
if (absent.length === 0) break;
const properties = holder?.["properties"];
return absent.map((name)=>missing(join(path, name), wanted(properties?.[name])));
}
case "type":
return [
wrong(path, found, `${path} as ${wanted({
type: rule
})}`)
];
case "enum":
return [
wrong(path, found, oneOf(rule))
];
case "const":
return [
wrong(path, found, shown(rule))
];
case "additionalProperties":
case "unevaluatedProperties":
{
const known = Object.keys(Object(holder?.["properties"]));
const extra = Object.keys(Object(found)).filter((name)=>!known.includes(name));
if (rule !== false || extra.length === 0) break;
return extra.map((name)=>unknownName(join(path, name), known));
}
case "false":
return [];
}
return [
`"${path || "params"}": ${unit.error}`
];
}
function follow(from, pointer) {
let at = from;
for (const part of pointer.split("/").slice(1)){
const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
at = typeof at === "object" && at !== null && Object.hasOwn(at, key) ? at[key] : undefined;
}
return at;
}
function pathOf(pointer) {
const parts = pointer.split("/").slice(1).map((part)=>part.replaceAll("~1", "/").replaceAll("~0", "~"));
return parts.reduce(join, "");
}
function wanted(schema) {
if (typeof schema !== "object" || schema === null) return "";
const { type, enum: choices } = schema;
if (Array.isArray(choices)) return oneOf(choices);
return (Array.isArray(type) ? type : [
type
]).filter((one)=>typeof one === "string").join(" or ");
}
function admitByParsing(called, schema, parse) {
return async (params)=>{
const no_map = notOneMap(params);
if (no_map !== undefined) return refuse(paramsRefusal(called, [
no_map
]));
const outcome = await parse(params);
if (outcome.issues === undefined) return ok(outcome.value);
return refuse(paramsRefusal(called, outcome.issues.flatMap((issue)=>complaintsOf(issue, "", schema, params))));
};
}
function complaintsOf(issue, above, schema, params) {
const keys = (issue.path ?? []).map((part)=>String(typeof part === "object" ? part.key : part));
const path = keys.reduce(join, above);
const found = keys.reduce((at, key)=>own(at, key), params);
const { code, expected, values, errors } = issue;
if (code === "unrecognized_keys") {
const known = keys.length === 0 && above === "" ? Object.keys(Object(own(schema, "properties"))) : undefined;
return (issue.keys ?? []).map((key)=>known ? unknownName(join(path, key), known) : `"${join(path, key)}" is not known`);
}
const pass = code === "invalid_type" ? wordOf(expected) : code === "invalid_value" ? choiceOf(values) : unionOf(errors);
if (pass !== undefined) {
if (found === undefined && path !== "") return [
missing(path, pass)
];
return [
wrong(path, found, code === "invalid_value" ? pass : `${path} as ${pass}`)
];
}
const nearest = [
...errors ?? []
].sort((a, b)=>a.length - b.length)[0];
if (nearest?.length) return nearest.flatMap((one)=>complaintsOf(one, path, schema, found));
return [
`"${path || "params"}": ${issue.message}`
];
}
function wordOf(expected) {
return expected === "int" ? "integer" : expected === "record" || expected === "map" ? "object" : expected;
}
function choiceOf(values) {
if (values === undefined) return undefined;
return values.length === 1 ? shown(values[0]) : oneOf(values);
}
function unionOf(errors) {
const words = errors?.map((issues)=>{
const [one] = issues;
return issues.length === 1 && one.code === "invalid_type" && !one.path?.length ? wordOf(one.expected) : undefined;
});
return words?.length && words.every((word)=>word !== undefined) ? words.join(" or ") : undefined;
}
function own(from, key) {
return typeof from === "object" && from !== null && Object.hasOwn(from, key) ? from[key] : undefined;
}
function openModuleTools(api, loadValidator, log) {
const doors = new WeakMap();
let library;
let entries = [];
async function doorOf(tool, entry, { facts, parse }) {
const known = doors.get(tool);
if (known) return known;
const called = toolName(api, entry) ?? `${api}.${entry}`;
const door = parse === undefined ? admitBySchema(await (library ??= loadValidator()), called, facts.params) : admitByParsing(called, facts.params, parse);
doors.set(tool, door);
return door;
}
return {
async list (instance) {
const face = await findAspect(instance, api, TOOL_ASPECT);
if (!face.ok) return [];
const specs = [];
for (const entry of Object.keys(face.value)){
const facts = Tool.read(face.value[entry])?.facts;
const spec = facts && parseToolSpec({
entry,
...facts
});
const wrong = facts === undefined ? "it was not made by tool()" : nameViolation(api, entry) ?? (spec === undefined ? "its description or its params are too large" : undefined);
if (wrong !== undefined) log("WARNING", `'${entry}' of the aspect 'tool' is no tool: ${wrong}`);
else specs.push(spec);
}
if (specs.length > MOST_TOOLS) {
log("WARNING", `the aspect 'tool' has ${specs.length} tools; the first ${MOST_TOOLS} count`);
specs.length = MOST_TOOLS;
}
entries = specs.map(({ entry })=>entry);
return specs;
},
entries: ()=>entries,
async prepare (face, entry, args) {
const value = Object.hasOwn(face, entry) ? face[entry] : undefined;
const tool = Tool.read(value);
if (tool === undefined) {
return refuse(noAttribute({
api,
aspect: TOOL_ASPECT,
name: entry,
kind: "call"
}, face, entries));
}
const params = args.length === 0 ? {} : args[0];
const admit = await doorOf(value, entry, tool);
const admitted = await admit(params);
if (!admitted.ok) return admitted;
if (args.length > 1) return refuse(tooMany(entry, args.length));
return ok((context)=>tool.run(admitted.value, context));
}
};
}
function tooMany(entry, count) {
return fault$1("invalid_argument", `Cannot call ${entry}: it was given ${count} arguments; pass one map of params`);
}
function nameViolation(api, entry) {
if (entry.startsWith("_") || entry === "constructor") return "its name is private";
if (toolName(api, entry) !== undefined) return undefined;
return "its name with the module's is no tool name (64 characters of A-Z, a-z, 0-9, '_' and '-')";
}
function sealFunctions() {
const tamed = refusing("Function", functionPrototype);
defineProperty(globalThis, "Function", {
value: tamed,
writable: false,
configurable: false,
enumerable: false
});
for (const sample of [
async ()=>{},
function*() {},
async function*() {}
]){
const prototype = getPrototypeOf(sample);
const name = prototype.constructor.name;
defineProperty(prototype, "constructor", {
value: refusing(name, prototype),
writable: false,
configurable: false
});
}
defineProperty(functionPrototype, "constructor", {
value: tamed,
writable: false,
configurable: false
});
}
function refusing(name, prototype) {
const refuse = function() {
throw new EvalError(`${name}() is not allowed: code is not made from text here`);
};
defineProperty(refuse, "name", {
value: name
});
defineProperty(refuse, "prototype", {
value: prototype,
writable: false
});
return refuse;
}
function sealTime() {
const clock = freeze({
now: ()=>floor(monotonic())
});
defineProperty(globalThis, "performance", {
value: clock,
writable: true,
configurable: true,
enumerable: false
});
if (typeof Temporal !== "undefined") sealTemporal();
}
function sealTemporal() {
const now = Temporal.Now;
const { fromEpochMilliseconds } = Temporal.Instant;
const timeZoneId = now.timeZoneId;
const instant = ()=>fromEpochMilliseconds(wallClock());
const zoned = (zone = timeZoneId())=>instant().toZonedDateTimeISO(zone);
const coarse = {
instant,
zonedDateTimeISO: zoned,
plainDateTimeISO: (zone)=>zoned(zone).toPlainDateTime(),
plainDateISO: (zone)=>zoned(zone).toPlainDate(),
plainTimeISO: (zone)=>zoned(zone).toPlainTime()
};
for (const [name, value] of Object.entries(coarse)){
defineProperty(now, name, {
value,
writable: true,
configurable: true,
enumerable: false
});
}
}
function sealGlobals(ours, { wasm, tls = false, uncaught }) {
const keep = create(null);
for (const name of GLOBAL_NAMES)keep[name] = true;
if (wasm) keep["WebAssembly"] = true;
const hook = reportHook(uncaught, tls);
for (const key of ownKeys(globalThis)){
if (typeof key !== "string") continue;
if (keep[key]) plainProperty(key);
else if (!deleteProperty(globalThis, key)) throw new Error(`the global '${key}' can't be taken away`);
}
for (const key of ownKeys(ours)){
defineProperty(globalThis, key, {
value: ours[key],
writable: true,
configurable: true,
enumerable: false
});
}
sealFunctions();
sealTime();
sealErrors();
sealWeb();
sealPrototypes();
setPrototypeOf(globalThis, hook);
}
function plainProperty(name) {
const property = getOwnPropertyDescriptor(globalThis, name);
if (!property.configurable || "value" in property) return;
defineProperty(globalThis, name, {
value: globalThis[name],
writable: true,
configurable: true,
enumerable: false
});
}
function reportHook(report, tls) {
const errorEvent = ErrorEvent.prototype;
const rejectionEvent = PromiseRejectionEvent.prototype;
const preventDefault = uncurry(Event.prototype.preventDefault);
const dispatchEvent = (event)=>{
const kind = typeof event === "object" && event !== null ? getPrototypeOf(event) : null;
if (kind !== errorEvent && kind !== rejectionEvent) throw new TypeError("dispatchEvent is not available here");
preventDefault(event);
report(kind === errorEvent ? event.error : event.reason);
return false;
};
const names = {
dispatchEvent: {
value: dispatchEvent
},
...tls && {
Deno: {
value: denoRemains()
}
}
};
return freeze(create(objectPrototype, names));
}
function denoRemains() {
const { NotCapable } = Deno.errors;
freeze(NotCapable.prototype);
const errors = freeze(assign(create(null), {
NotCapable: freeze(NotCapable)
}));
return freeze(assign(create(null), {
errors
}));
}
function sealErrors() {
defineProperty(Error, "prepareStackTrace", {
get: ()=>undefined,
set () {},
configurable: false,
enumerable: false
});
}
function sealWeb() {
deleteProperty(URL, "createObjectURL");
deleteProperty(URL, "revokeObjectURL");
}
function sealPrototypes() {
freeze(Event.prototype);
for (const prototype of [
objectPrototype,
Array.prototype,
EventTarget.prototype
])preventExtensions(prototype);
}
function sealSignals(set) {
const Controller = AbortController;
const Exception = DOMException;
const timeout = (ms)=>{
const controller = new Controller();
set(()=>controller.abort(new Exception("Signal timed out.", "TimeoutError")), ms);
return controller.signal;
};
defineProperty(AbortSignal, "timeout", {
value: timeout,
writable: true,
configurable: true,
enumerable: true
});
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
const SLASH = 47;
const DOT = 46;
function pathViolation(path) {
if (typeof path !== "string" || path === "") return "a path is a text that is not empty";
if (path.length > 4_096) return "a path has at most 4096 characters";
if (indexOf(path, "\0") >= 0 || indexOf(path, "\\") >= 0) return "a path has no NUL and no backslash";
if (path === ".") return undefined;
let from = 0;
for(let at = 0; at <= path.length; at++){
if (at < path.length && charCode(path, at) !== SLASH) continue;
const part = slice(path, from, at);
if (part === "") return "a path is relative to the home, without empty parts";
if (part === "." || part === "..") return "a path has no '.' and no '..' parts";
from = at + 1;
}
}
function isWithin(path, folder) {
return folder === "." || path === folder || startsWith(path, folder + "/");
}
function protectedBy(path, access) {
if (hasHiddenPart(path)) return "names that begin with a dot are protected";
if (path === "configs/principals.yml" || path === "configs/principals.yaml") return "it says who may do what";
if (isWithin(path, "runtime") && !isWithin(path, "runtime/files") && (access === "write" || path !== "runtime")) {
return "runtime/ is the host's own, but for runtime/files/";
}
if (access === "read") return undefined;
if (isWithin(path, "configs") || isWithin(path, "plugins") || isWithin(path, "prompts") || isWithin(path, "kernel") || path === "main.ts" || path === "deno.json" || path === "deno.lock") {
return "configs/, plugins/, prompts/, kernel/, main.ts, deno.json and deno.lock are written by the operator and the kernel only";
}
}
function hasHiddenPart(path) {
if (path === ".") return false;
return charCode(path, 0) === DOT || indexOf(path, "/.") >= 0;
}
function resolvePath(world, path, access, follow) {
const violation = pathViolation(path);
if (violation !== undefined) {
throw new FaultError(fault$1("invalid_argument", `Cannot ${access} '${path}': ${violation}`));
}
admit(world.folders, path, path, access);
const absolute = path === "." ? world.home : `${world.home}/${path}`;
const real = (follow ? world.realPath(absolute) : undefined) ?? realBelow(world, path, absolute);
const relative = real === world.home ? "." : startsWith(real, world.home + "/") ? slice(real, world.home.length + 1) : undefined;
if (relative === undefined) throw outside(path, access);
admit(world.folders, relative, path, access);
return {
absolute: real,
relative
};
}
function realBelow({ home, realPath }, path, absolute) {
if (path === ".") return realPath(home) ?? home;
let end = lastIndexOf(absolute, "/");
while(end > home.length){
const real = realPath(slice(absolute, 0, end));
if (real !== undefined) return real + slice(absolute, end);
end = lastIndexOf(slice(absolute, 0, end), "/");
}
return absolute;
}
function admit(folders, path, asked, access) {
const rule = protectedBy(path, access);
if (rule !== undefined) throw new FaultError(fault$1("denied", `Cannot ${access} '${asked}': ${rule}`));
for(let folder = folders; folder !== undefined; folder = folder.next){
if (isWithin(path, folder.path) && (access === "read" || folder.mode === "rw")) return;
}
throw outside(asked, access);
}
function outside(path, access) {
const mode = access === "read" ? "r" : "rw";
return new FaultError(fault$1("denied", `Cannot ${access} '${path}': it is outside the granted folders`, {
hint: `grants: {folders: [{path: \u2026, mode: ${mode}}]} names what may be reached`
}));
}
const MOST_BYTES = 67_108_864;
function filesBuiltin({ home, folders }) {
const { stat, lstat } = Deno;
const { realPathSync, readDirSync, readFileSync, writeFileSync, renameSync, removeSync, mkdirSync } = Deno;
const isMissing = instanceTest(Deno.errors.NotFound);
const encode = uncurry(TextEncoder.prototype.encode);
const decode = uncurry(TextDecoder.prototype.decode);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const uuid = uncurry(crypto.randomUUID);
const random = crypto;
let chain;
for (const { path, mode } of folders)chain = {
path,
mode,
next: chain
};
const world = {
home,
folders: chain,
realPath
};
function realPath(path) {
try {
return realPathSync(path);
} catch (error) {
if (isMissing(error)) return undefined;
throw error;
}
}
const readable = (path, follow = true)=>resolvePath(world, path, "read", follow);
function writable(path, follow = false) {
const { absolute, relative } = resolvePath(world, path, "write", follow);
if (relative === ".") throw new FaultError(fault$1("denied", `Cannot write '${path}': it is the home itself`));
return absolute;
}
const files = {
async read (path, options = {}) {
const { isFile, size } = await stat(readable(path).absolute);
if (!isFile) throw new FaultError(fault$1("invalid_argument", `Cannot read '${path}': it is no file`));
bounded("read", path, size, options.max_bytes);
const bytes = readFileSync(readable(path).absolute);
return options.as === "text" ? decode(decoder, bytes) : bytes;
},
write (path, data, options = {}) {
if (typeof data !== "string" && !(data instanceof Uint8Array)) {
throw new FaultError(fault$1("invalid_argument", `Cannot write '${path}': data is ${typeof data}; pass text or bytes`));
}
const bytes = typeof data === "string" ? encode(encoder, data) : data;
bounded("write", path, bytes.length, options.max_bytes);
const absolute = writable(path, true);
const folder = slice(absolute, 0, lastIndexOf(absolute, "/"));
mkdirSync(folder, {
recursive: true
});
const part = `${folder}/.${uuid(random)}.part`;
try {
writeFileSync(part, bytes);
renameSync(part, absolute);
} catch (error) {
if (realPath(part) !== undefined) removeSync(part);
throw error;
}
return bytes.length;
},
async list (path) {
const { absolute, relative } = readable(path);
const names = [];
for (const { name } of readDirSync(absolute)){
if (protectedBy(relative === "." ? name : `${relative}/${name}`, "read") === undefined) names.push(name);
}
const entries = [];
for (const name of names.sort()){
try {
const facts = await lstat(readable(path === "." ? name : `${path}/${name}`, false).absolute);
entries.push({
name,
kind: facts.isSymlink ? "symlink" : kindOf(facts),
size: facts.size
});
} catch (error) {
if (!isMissing(error)) throw error;
}
}
return entries;
},
async stat (path) {
const facts = await stat(readable(path).absolute);
return {
kind: kindOf(facts),
size: facts.size,
mtime: facts.mtime?.getTime() ?? 0
};
},
realpath: (path)=>readable(path).absolute,
rename: (from, to)=>renameSync(writable(from), writable(to)),
remove (path, options = {}) {
removeSync(writable(path), {
recursive: options.recursive === true
});
}
};
const face = {};
for (const [verb, act] of Object.entries(files)){
face[verb] = (...args)=>attempt(verb, String(args[0]), ()=>apply(act, undefined, args));
}
return freeze(face);
}
function bounded(verb, path, size, max_bytes = MOST_BYTES) {
if (size <= max_bytes) return;
throw new FaultError(fault$1("too_large", `Cannot ${verb} '${path}': it has ${size} bytes; ${max_bytes} are allowed`));
}
function kindOf(stat) {
return stat.isFile ? "file" : stat.isDirectory ? "folder" : "other";
}
function instanceTest(kind) {
const { prototype } = kind;
return (error)=>typeof error === "object" && error !== null && getPrototypeOf(error) === prototype;
}
const CODES = {
NotFound: "not_found",
NotCapable: "denied",
PermissionDenied: "denied",
AlreadyExists: "conflict"
};
async function attempt(verb, path, act) {
try {
return await act();
} catch (error) {
if (error instanceof FaultError) throw error;
const name = typeof error === "object" && error !== null ? String(read(error, "name")) : "Error";
const code = CODES[name] ?? "conflict";
const message = code === "not_found" ? `no such file: ${path}` : `Cannot ${verb} '${path}': ${reason(error)}`;
throw new FaultError(fault$1(code, message));
}
}
function reason(error) {
const message = typeof error === "object" && error !== null ? read(error, "message") : undefined;
return typeof message === "string" ? message.replace(/[,:]? ['"`]?\/.*$/s, "") : "it failed";
}
function serveBuiltin(init, awake) {
const { serve, upgradeWebSocket } = Deno;
const addresses = init.listen.map(parseAddress);
return freeze({
serve (handler, options = {}) {
const address = options.listen === undefined ? addresses[0] : addresses.find((granted)=>granted.text === options.listen);
if (address === undefined) throw new TypeError("serve: grants.listen does not name this address");
const server = serve({
hostname: address.hostname,
port: address.port,
...options.signal && {
signal: options.signal
},
onListen () {},
onError: ()=>new Response("internal error", {
status: 500
})
}, (request)=>{
awake();
return handler(request);
});
return freeze({
port: server.addr.port,
finished: server.finished,
shutdown: ()=>server.shutdown()
});
},
upgradeWebSocket: (request)=>upgradeWebSocket(request),
addresses: freeze([
...init.listen
])
});
}
function parseAddress(text) {
const at = text.lastIndexOf(":");
return {
text,
hostname: text.slice(0, at).replace(/^\[|\]$/g, ""),
port: Number(text.slice(at + 1))
};
}
async function takeBuiltins(init, awake) {
const taken = [];
for (const name of init.builtins){
if (!BUILTINS.includes(name)) {
throw new TypeError(`'${name}' is no builtin that can be granted`);
}
taken.push([
name,
name === "files" ? filesBuiltin(init) : name === "serve" ? serveBuiltin(init, awake) : await import(name)
]);
}
if (init.builtins.some((name)=>NETWORK.includes(name))) await warmUpNames();
return taken;
}
const NETWORK = [
"node:net",
"node:tls",
"node:dns"
];
async function warmUpNames() {
const dns = await import('node:dns');
dns.getDefaultResultOrder();
}
const REPORTS_PER_S = 10;
function reportUncaught(post, failed) {
let second = 0;
let told = 0;
return (error)=>{
failed();
const now = Math.floor(monotonic() / 1000);
if (now !== second) {
second = now;
told = 0;
}
if (told++ >= REPORTS_PER_S) return;
const { fault, stack } = faultOfError(error);
if (error instanceof FaultError) {
return post({
t: "log",
level: "WARNING",
text: `a call that nobody waited for failed: ${fault.message}`
});
}
post({
t: "failed",
phase: "uncaught",
fault,
stack
});
};
}
addEventListener("message", (event)=>void begin(event.data), {
once: true
});
async function begin(first) {
await main("api" in first ? first : await awaitModule(first));
}
async function main(init) {
const { api, port, mark, limits } = init;
pinMethods(port);
const outbox = openOutbox(port);
const post = outbox.post;
const tally = {
error_count: 0,
last_error_time: null
};
const failed = ()=>countError(tally);
const uncaught = reportUncaught(post, failed);
const log = boundedLog(limits.log_lines_per_s, (level, text)=>post({
t: "log",
level,
text
}), (lines)=>post({
t: "dropped",
lines
}));
const awake = ()=>outbox.postNow({
t: "awake"
});
const refused = (found)=>post({
t: "limit",
limit: "timers",
found,
allowed: limits.timers
});
const timers = openModuleTimers(limits.timers, {
awake,
uncaught,
refused
});
const sleeps = openSleeps(timers);
const context = openCallContext();
const streams = openStreams(outbox);
const kept = openKeptFunctions(post);
openKeeping(kept);
const calls = openMadeCalls({
outbox,
context,
streams,
kept
}, limits);
const kernel = kernelObject(calls, context, sleeps.sleep);
let receive = (message)=>{
switch(message.t){
case "release":
return releaseMemory();
case "ping":
return post({
t: "pong",
seq: message.seq,
active_tasks: 0,
...tally
});
case "reply":
return calls.settle(message);
case "items":
case "end":
case "pull":
case "stop":
streams.word(message);
if (message.t === "end" && message.at === "caller") calls.streamEnded(message.id);
}
};
port.onmessage = (event)=>{
openPosted(event.data, Infinity, (header, payload)=>receive(readShellHeader(header, payload)));
};
try {
const builtins = await takeBuiltins(init, awake);
const gate = openImportGate();
const crypto_calls = countCrypto();
sealGlobals({
console: moduleConsole(log),
...timers.globals,
...init.fetch && {
fetch: fetchByService(calls)
}
}, {
wasm: init.wasm,
tls: init.builtins.includes("node:tls"),
uncaught
});
sealSignals(timers.set);
const { instance } = await loadModule(gate, init, builtins, kernel, configMap(init.own));
const loadValidator = ()=>gate.takeLate("validator", init.validator);
const tools = openModuleTools(api, loadValidator, log);
const specs = await tools.list(instance);
const life = openModuleLife(instance, sleeps, post, failed);
const threw = (stack)=>{
failed();
log("ERROR", stack);
};
const served = {
api,
instance,
tools,
lent: findLent(calls, kept),
failed: threw
};
const state = openModuleState(instance, limits.state_bytes, post, threw);
const adrift = openAdriftCalls(api, limits);
const hosted = {
served,
life,
state,
calls,
adrift,
streams,
mark,
context,
outbox,
tally,
timers,
crypto_calls
};
receive = hostModule(hosted);
post({
t: "ready",
tools: specs,
has_run: life.has_run,
...state.methods && {
state: state.methods
}
});
} catch (error) {
failed();
post(loadFailure(api, error));
}
}

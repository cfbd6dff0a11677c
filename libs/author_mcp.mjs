// kernel/guest/sdk/mcp/mod.ts (made by deno task vendor author)
import { Server, ProtocolError, ProtocolErrorCode, createMcpHandler } from '@modelcontextprotocol/server';
const REOPEN_MS = 2_000;
function eventHints(open) {
const listeners = new Set();
let reading;
const read = async (events)=>{
try {
while(!(await events.next()).done){
if (reading !== events) return;
for (const listener of [
...listeners
])listener();
}
} catch  {
}
if (reading === events) setTimeout(()=>reading === events && begin(), REOPEN_MS);
};
const begin = ()=>{
reading = undefined;
if (listeners.size === 0) return;
reading = open()[Symbol.asyncIterator]();
void read(reading);
};
return (listener)=>{
listeners.add(listener);
if (reading === undefined) begin();
return ()=>{
listeners.delete(listener);
if (listeners.size > 0 || reading === undefined) return;
const events = reading;
reading = undefined;
void events.return?.().then(undefined, ()=>{});
};
};
}
function isRecord(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
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
function plainToJson(value) {
switch(typeof value){
case "undefined":
return null;
case "bigint":
return value.toString();
case "object":
return value === null ? null : objectToJson(value);
default:
return value;
}
}
function objectToJson(value) {
if (value instanceof Uint8Array) return {
base64: toBase64(value)
};
if (value instanceof Date) return value.toISOString();
if (Array.isArray(value)) return value.map(plainToJson);
const json = {};
for (const [key, child] of Object.entries(value))setOwn(json, key, plainToJson(child));
return json;
}
function toBase64(bytes) {
let text = "";
for(let at = 0; at < bytes.length; at += 8_192)text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
return btoa(text);
}
const RESULT_UNITS = 262_144;
const STREAM = {
code: "invalid_params",
message: "the answer is a stream, which only modules read",
hint: "call it from a module, or call a method that gives a list",
retriable: false
};
function mcpResult(outcome, most_units = RESULT_UNITS) {
if (outcome.status === "success" && isStream(outcome.data)) {
void outcome.data.return?.().then(undefined, ()=>{});
return failed(STREAM, most_units);
}
if (outcome.status === "error") return failed(outcome.error, most_units);
const data = plainToJson(outcome.data);
const text = typeof data === "string" ? data : JSON.stringify(data);
const content = [
{
type: "text",
text: cut(text, most_units)
}
];
return isRecord(data) && text.length <= most_units ? {
content,
structuredContent: data
} : {
content
};
}
function failed({ code, message, hint, retriable }, most_units) {
const said = cut(`${code}: ${message}${hint === undefined ? "" : `\nhint: ${hint}`}`, most_units);
const error = {
code,
message: cut(message, most_units),
...hint !== undefined && {
hint
},
retriable
};
return {
content: [
{
type: "text",
text: said
}
],
structuredContent: {
error
},
isError: true
};
}
function isStream(data) {
return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}
function cut(text, most) {
if (text.length <= most) return text;
return `${text.slice(0, most)}\n[cut: the first ${most} of ${text.length} characters; ask for less at once]`;
}
function mcpTool({ name, description, params, readOnly, destructive }) {
return {
name,
description,
inputSchema: {
...params,
type: "object"
},
annotations: {
readOnlyHint: readOnly,
destructiveHint: destructive
}
};
}
const PAGE_TOOLS = 100;
function toolServer({ tools, version, result_units = RESULT_UNITS }) {
const server = new Server({
name: "meta-machine",
version
}, {
capabilities: {
tools: {
listChanged: true
}
}
});
server.setRequestHandler("tools/list", async ({ params })=>{
const listed = await tools.listTools().catch((error)=>{
throw new ProtocolError(ProtocolErrorCode.InternalError, error instanceof Error ? error.message : String(error));
});
const after = params?.cursor;
const rest = after === undefined ? listed : listed.filter(({ name })=>name > after);
const page = rest.slice(0, PAGE_TOOLS);
const last = page.at(-1);
return {
tools: page.map(mcpTool),
...rest.length > page.length && last && {
nextCursor: last.name
}
};
});
server.setRequestHandler("tools/call", async ({ params: { name, arguments: params = {} } }, { mcpReq: { signal } })=>mcpResult(await tools.callTool({
tool: name,
params
}, {
signal
}), result_units));
return server;
}
const LOOK_MS = {
without_hints: 2_000,
with_hints: 30_000
};
const SETTLE_MS = 50;
function watchCatalog({ tools, hints, changed, failed = ()=>false, ...more }) {
const look_ms = more.look_ms ?? (hints === undefined ? LOOK_MS.without_hints : LOOK_MS.with_hints);
let known;
let looking = false;
let hinted = false;
let ended = false;
let timer;
const forget = hints?.(()=>{
hinted = true;
if (!looking) lookIn(SETTLE_MS);
});
const stop = ()=>{
ended = true;
clearTimeout(timer);
forget?.();
};
const lookIn = (ms)=>{
clearTimeout(timer);
if (!ended) timer = setTimeout(look, ms);
};
const look = async ()=>{
looking = true;
hinted = false;
try {
const found = await catalogHash(await tools.listTools());
if (!ended && known !== undefined && found !== known) changed();
known = found;
} catch (error) {
if (!ended && failed(error)) stop();
}
looking = false;
lookIn(hinted ? SETTLE_MS : look_ms);
};
void look();
return stop;
}
async function catalogHash(tools) {
const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(tools)));
return Array.from(new Uint8Array(digest), (byte)=>byte.toString(16).padStart(2, "0")).join("");
}
const REQUEST_BYTES = 1_048_576;
const LISTENERS = 64;
function httpEndpoint({ version, events, result_units, request_bytes = REQUEST_BYTES, listeners = LISTENERS }) {
const hints = events && eventHints(events);
let listening = 0;
return (request, tools)=>{
const server = {
tools,
version,
...result_units !== undefined && {
result_units
}
};
const bus = {
publish () {},
subscribe (tell) {
listening++;
const stop = watchCatalog({
tools,
hints,
changed: ()=>tell({
kind: "tools_list_changed"
}),
failed: (error)=>isOver(error) && (handler.close(), true)
});
let open = true;
return ()=>{
if (!open) return;
open = false;
listening--;
stop();
};
}
};
const handler = createMcpHandler(()=>toolServer(server), {
bus,
maxSubscriptions: listening < listeners ? 1 : 0,
maxRequestBodySize: request_bytes
});
return handler.fetch(request);
};
}
function isOver(error) {
return error instanceof Error && error.code === "denied";
}
export { httpEndpoint, toolServer, watchCatalog };

// kernel/guest/sdk/bracket/mod.ts (made by deno task vendor author)
    const BRACKET_LIMITS = Object.freeze({
block_bytes: 1_048_576,
depth: 64,
calls: 32
});
class Unreadable extends Error {
code;
index;
constructor(code, index, message){
super(message);
this.code = code;
this.index = index;
}
}
function isRecord(value) {
return typeof value === "object" && value !== null && !Array.isArray(value);
}
const CHAR = Object.freeze({
tab: 9,
newline: 10,
return: 13,
space: 32,
quote: 34,
dollar: 36,
comma: 44,
minus: 45,
slash: 47,
colon: 58,
open_list: 91,
backslash: 92,
close_list: 93,
underscore: 95,
backtick: 96,
open_map: 123,
close_map: 125,
tilde: 126
});
function isSpace(code) {
return code === 32 || code >= 9 && code <= 13;
}
function endsWord(code) {
return isSpace(code) || code === CHAR.comma || code === CHAR.quote || code === CHAR.open_map || code === CHAR.close_map || code === CHAR.open_list || code === CHAR.close_list;
}
function isLetter(code) {
return code >= 97 && code <= 122 || code >= 65 && code <= 90;
}
function beginsKey(code) {
return isLetter(code) || code === CHAR.underscore || code === CHAR.dollar;
}
function isOfKey(code) {
return beginsKey(code) || code >= CHAR.minus && code <= 57;
}
const ESCAPES = Object.freeze({
'"': '"',
"\\": "\\",
"/": "/",
b: "\b",
f: "\f",
n: "\n",
r: "\r",
t: "\t"
});
const LAST_CODE_POINT = 0x10ffff;
function readString(text, start, warn) {
let value = "";
let from = start + 1;
for(let i = from; i < text.length; i++){
const code = text.charCodeAt(i);
if (code === CHAR.quote) return {
value: value + text.slice(from, i),
end: i + 1
};
if (code !== CHAR.backslash) continue;
const escape = readEscape(text, i, warn);
value += text.slice(from, i) + escape.value;
from = escape.end;
i = from - 1;
}
throw new Unreadable("unterminated_string", start, "this string has no closing quote");
}
function readEscape(text, at, warn) {
const letter = text[at + 1];
if (letter === undefined) return {
value: "",
end: text.length
};
const meant = ESCAPES[letter];
if (meant !== undefined) return {
value: meant,
end: at + 2
};
if (letter === "u") return readCodePoint(text, at);
const whole = String.fromCodePoint(text.codePointAt(at + 1));
warn(at, `'\\${whole}' is no escape and stays as it is; a backslash is written '\\\\'`);
return {
value: `\\${whole}`,
end: at + 1 + whole.length
};
}
function readCodePoint(text, at) {
const [written, braced, four] = /^\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))/.exec(text.slice(at, at + 10)) ?? [];
const point = Number.parseInt(braced ?? four ?? "", 16);
if (written === undefined || point > LAST_CODE_POINT) {
const found = text.slice(at, at + 10).split("\n")[0];
throw new Unreadable("bad_escape", at, `found '${found}', allowed: \\u and four hex digits, or \\u{1 to 6 of them}`);
}
return {
value: braced === undefined ? String.fromCharCode(point) : String.fromCodePoint(point),
end: at + written.length
};
}
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const WORDS = new Map([
[
"true",
true
],
[
"false",
false
],
[
"null",
null
]
]);
function endOfWord(text, start) {
let end = start;
while(end < text.length && !endsWord(text.charCodeAt(end)))end++;
return end;
}
function readWord(word, start, warn) {
const known = WORDS.get(word);
if (known !== undefined) return known;
const first = word.charCodeAt(0);
if (first !== 45 && (first < 48 || first > 57)) return word;
if (!NUMBER.test(word)) return word;
const number = Number(word);
const exact = /[.eE]/.test(word) ? Number.isFinite(number) : Number.isSafeInteger(number);
if (exact) return number;
warn(start, `${word.slice(0, 40)} is larger than a number holds exactly, and stays text`);
return word;
}
function readMaps(text, most, warn) {
return new Reader(text, most, warn).all();
}
class Reader {
#text;
#most;
#warn;
#open = [];
#at = 0;
constructor(text, most, warn){
this.#text = text;
this.#most = most;
this.#warn = warn;
}
all() {
const maps = [];
for(;;){
this.#skipSpace();
if (this.#at === this.#text.length) return maps;
if (this.#code() !== CHAR.open_map) {
if (maps.length > 0) {
throw this.#error("trailing_text", "found text after the last brace; a block holds calls only");
}
throw this.#error("syntax", `found ${this.#found()}; a call begins with '{'`);
}
const index = this.#at;
const map = {};
this.#push({
kind: "map",
into: map,
index,
last: undefined
});
while(this.#open.length > 0)this.#step(this.#open.at(-1));
maps.push({
map,
index
});
}
}
#step(frame) {
this.#skipSeparators(frame);
if (this.#at === this.#text.length) {
const what = frame.kind === "map" ? "map" : "list";
throw new Unreadable("unterminated", frame.index, `this ${what} is not closed`);
}
const code = this.#code();
if (frame.kind === "map" ? code === CHAR.close_map : code === CHAR.close_list) {
this.#open.pop();
this.#at++;
} else if (frame.kind === "list") frame.into.push(this.#value());
else if (code === CHAR.open_map) {
this.#push({
kind: "map",
into: frame.last ?? frame.into,
index: this.#at,
last: undefined
});
} else this.#member(frame);
}
#member(frame) {
const index = this.#at;
const key = this.#key();
if (Object.hasOwn(frame.into, key)) {
throw new Unreadable("duplicate_key", index, `'${key.slice(0, 60)}' stands in this map already`);
}
this.#skipSpace();
if (this.#code() === CHAR.colon) {
this.#at++;
this.#skipSpace();
const value = this.#value();
define(frame.into, key, value);
const is_map = typeof value === "object" && value !== null && !Array.isArray(value);
frame.last = is_map ? value : undefined;
} else {
const value = {};
define(frame.into, key, value);
frame.last = value;
}
}
#key() {
const code = this.#code();
if (code === CHAR.quote) return this.#string();
if (!beginsKey(code)) throw this.#error("syntax", `found ${this.#found()} where a key or '}' belongs`);
const start = this.#at;
while(this.#at < this.#text.length && isOfKey(this.#code()))this.#at++;
const key = this.#text.slice(start, this.#at);
if (this.#at < this.#text.length && this.#code() !== CHAR.colon && !endsWord(this.#code())) {
throw this.#error("syntax", `found ${this.#found()} after '${key.slice(0, 60)}'; a key with other characters is written in quotes`);
}
return key;
}
#value() {
const index = this.#at;
if (index === this.#text.length) throw this.#error("unterminated", "a value is missing");
switch(this.#code()){
case CHAR.quote:
return this.#string();
case CHAR.open_map:
{
const into = {};
this.#push({
kind: "map",
into,
index,
last: undefined
});
return into;
}
case CHAR.open_list:
{
const into = [];
this.#push({
kind: "list",
into,
index
});
return into;
}
}
const end = endOfWord(this.#text, index);
if (end === index) throw this.#error("syntax", `found ${this.#found()} where a value belongs`);
this.#at = end;
const word = this.#text.slice(index, end);
return this.#text.charCodeAt(end) === CHAR.quote && /[0-9]$/.test(word) ? word : readWord(word, index, this.#warn);
}
#string() {
const { value, end } = readString(this.#text, this.#at, this.#warn);
this.#at = end;
return value;
}
#push(frame) {
if (this.#open.length === this.#most) {
throw this.#error("too_deep", `more than ${this.#most} maps and lists within one another`);
}
this.#open.push(frame);
this.#at++;
}
#skipSpace() {
while(this.#at < this.#text.length && isSpace(this.#code()))this.#at++;
}
#skipSeparators(frame) {
for(; this.#at < this.#text.length; this.#at++){
const code = this.#code();
if (code === CHAR.comma) {
if (frame.kind === "map") frame.last = undefined;
} else if (!isSpace(code)) return;
}
}
#code() {
return this.#text.charCodeAt(this.#at);
}
#found() {
return this.#at === this.#text.length ? "the end" : `'${String.fromCodePoint(this.#text.codePointAt(this.#at))}'`;
}
#error(code, message) {
return new Unreadable(code, this.#at, message);
}
}
function define(map, key, value) {
if (key === "__proto__") {
Object.defineProperty(map, key, {
value,
enumerable: true,
configurable: true,
writable: true
});
} else map[key] = value;
}
function parseCalls(found, limits, made) {
const { line, text, closed } = found;
const failed = (code, message, place = {
line,
column: 1
})=>({
line,
calls: [],
warnings: [],
error: {
code,
message,
line: place.line,
column: place.column
}
});
if (text === undefined) {
return failed("too_large", `this block has more than ${limits.block_bytes} bytes; send less, or in several calls`);
}
const warnings = [];
const warn = (index, message)=>warnings.push({
message,
...placeOf(text, index, line + 1)
});
try {
const maps = readMaps(text, limits.depth, warn);
const calls = maps.map((map)=>asCall(map, warn));
if (!closed) {
return failed("unterminated", "the text ends before this block's closing fence, so none of its calls was made");
}
const excess = maps[limits.calls - made];
if (excess !== undefined) {
throw new Unreadable("too_many_calls", excess.index, `more than ${limits.calls} calls in one turn; wait for results before making more`);
}
return {
line,
calls,
warnings,
error: null
};
} catch (error) {
if (!(error instanceof Unreadable)) throw error;
return failed(error.code, error.message, placeOf(text, error.index, line + 1));
}
}
function asCall({ map, index }, warn) {
const { call, params, id, ...others } = map;
const wrong = (message)=>new Unreadable("syntax", index, message);
if (typeof call !== "string" || call === "") {
throw wrong("a call needs the key 'call' with the tool's name: {call: name, params: {\u2026}}");
}
const [other] = Object.keys(others);
if (other !== undefined) {
throw wrong(`'${other.slice(0, 60)}' stands beside 'call'; what a tool is given goes into params: {call: ${call.slice(0, 60)}, params: {\u2026}}`);
}
if (params !== undefined && !isRecord(params)) throw wrong("'params' is a map: {call: name, params: {\u2026}}");
if (id !== undefined && typeof id !== "string" && typeof id !== "number") throw wrong("'id' is a text");
if (typeof id === "number") warn(index, `the id ${id} is taken as the text "${id}"`);
return {
call,
params: params ?? {},
...id !== undefined && {
id: String(id)
}
};
}
function placeOf(text, index, first) {
let line = first;
let begins = 0;
for(let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)){
line++;
begins = at + 1;
}
return {
line,
column: index - begins + 1
};
}
class BlockEnd {
#fence;
#depth = 0;
#in_string = false;
#escaped = false;
#lost = false;
#indent = 0;
#marks = 0;
#behind = 0;
lines = 0;
constructor(fence){
this.#fence = fence;
}
get closing() {
return this.#indent === undefined || this.#marks < this.#fence.length ? undefined : this.#indent + this.#marks + this.#behind;
}
read(piece, at) {
for(let i = at; i < piece.length; i++){
if (this.#in_string) i = this.#passString(piece, i);
if (i >= piece.length) return undefined;
const code = piece.charCodeAt(i);
if (code === CHAR.newline) {
if (this.closing !== undefined) return i;
if (this.#indent !== undefined && this.#marks > 0) this.#content(this.#fence.mark);
this.lines++;
this.#indent = 0;
this.#marks = this.#behind = 0;
} else if (this.#indent === undefined) this.#content(code);
else this.#lineStart(code, this.#indent);
}
return undefined;
}
#lineStart(code, indent) {
if (this.#marks === 0 && code === CHAR.space && indent < 3) this.#indent = indent + 1;
else if (code === this.#fence.mark && this.#behind === 0) this.#marks++;
else if (this.closing !== undefined && isSpace(code)) this.#behind++;
else {
this.#indent = undefined;
if (this.#marks > 0) this.#content(this.#fence.mark);
this.#content(code);
}
}
#content(code) {
if (this.#lost || isSpace(code)) return;
switch(code){
case CHAR.open_map:
this.#depth++;
return;
case CHAR.open_list:
if (this.#depth > 0) this.#depth++;
else this.#lost = true;
return;
case CHAR.close_map:
case CHAR.close_list:
if (this.#depth > 0) this.#depth--;
else this.#lost = true;
return;
default:
if (this.#depth === 0) this.#lost = true;
else if (code === CHAR.quote) this.#in_string = true;
}
}
#passString(piece, at) {
for(let i = at; i < piece.length; i++){
const code = piece.charCodeAt(i);
if (this.#escaped) this.#escaped = false;
else if (code === CHAR.backslash) this.#escaped = true;
else if (code === CHAR.quote) {
this.#in_string = false;
return i + 1;
}
if (code === CHAR.newline) this.lines++;
}
return piece.length;
}
}
const OPENING = /^ {0,3}(`{3,}|~{3,})(.*)$/s;
const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t\r]*$/;
const PREFIX = /^ {0,3}(?:`{0,2}|~{0,2}|`{3,}.*|~{3,}.*)$/s;
function openingFence(line) {
const [, marks, info] = OPENING.exec(line) ?? [];
if (marks === undefined || info === undefined || marks[0] === "`" && info.includes("`")) return undefined;
return {
mark: marks.charCodeAt(0),
length: marks.length,
info: info.trim()
};
}
function closesFence(line, { mark, length }) {
const marks = CLOSING.exec(line)?.[1];
return marks !== undefined && marks.charCodeAt(0) === mark && marks.length >= length;
}
function mayBeFence(line) {
return PREFIX.test(line);
}
function mayBeginFence(code) {
return code === CHAR.space || code === CHAR.backtick || code === CHAR.tilde;
}
const FENCE_LINE = 1_000;
class FenceScanner {
#most_bytes;
#line = 1;
#head = "";
#passed;
#block;
constructor(most_bytes){
this.#most_bytes = most_bytes;
}
feed(piece) {
const found = [];
for(let at = 0; at < piece.length;){
at = this.#block === undefined ? this.#passLine(piece, at) : this.#readBlock(this.#block, piece, at, found);
}
return found;
}
end() {
if (this.#block === undefined && this.#head !== undefined) this.#endLine(this.#head);
const block = this.#block;
this.#block = undefined;
return block === undefined ? [] : [
this.#found(block, block.end.closing !== undefined)
];
}
#passLine(piece, at) {
const newline = piece.indexOf("\n", at);
const end = newline === -1 ? piece.length : newline;
if (this.#head === "" && at < end && !mayBeginFence(piece.charCodeAt(at))) this.#head = undefined;
if (this.#head !== undefined && this.#head.length < FENCE_LINE) {
const head = this.#head + piece.slice(at, Math.min(end, at + FENCE_LINE));
this.#head = mayBeFence(head) ? head : undefined;
}
if (newline === -1) return piece.length;
this.#endLine(this.#head ?? "");
this.#head = "";
this.#line++;
return newline + 1;
}
#endLine(line) {
if (this.#passed !== undefined) {
if (closesFence(line, this.#passed)) this.#passed = undefined;
return;
}
const fence = openingFence(line);
if (fence?.info.toLowerCase() !== "tool") this.#passed = fence;
else this.#block = {
line: this.#line,
end: new BlockEnd(fence),
pieces: [],
units: 0
};
}
#readBlock(block, piece, at, found) {
const newline = block.end.read(piece, at);
const end = newline ?? piece.length;
block.units += end - at;
if (block.units > this.#most_bytes + FENCE_LINE) block.pieces.length = 0;
else block.pieces.push(piece.slice(at, end));
if (newline === undefined) return piece.length;
found.push(this.#found(block, true));
this.#block = undefined;
this.#line = block.line + block.end.lines + 2;
return newline + 1;
}
#found(block, closed) {
const { line, pieces, units, end } = block;
if (units > this.#most_bytes + FENCE_LINE) return {
line,
text: undefined,
closed
};
const all = pieces.join("");
const text = closed ? all.slice(0, all.length - end.closing) : all;
return {
line,
text: this.#fits(text) ? text : undefined,
closed
};
}
#fits(text) {
return text.length * 3 <= this.#most_bytes || new TextEncoder().encode(text).length <= this.#most_bytes;
}
}
class TurnReader {
#limits;
#scanner;
#made = 0;
constructor(limits = {}){
this.#limits = {
...BRACKET_LIMITS,
...limits
};
this.#scanner = new FenceScanner(this.#limits.block_bytes);
}
feed(piece) {
return this.#scanner.feed(piece).map((found)=>this.#parse(found));
}
end() {
return this.#scanner.end().map((found)=>this.#parse(found));
}
#parse(found) {
const block = parseCalls(found, this.#limits, this.#made);
this.#made += block.calls.length;
return block;
}
}
function readTurn(text, limits = {}) {
const reader = new TurnReader(limits);
return [
...reader.feed(text),
...reader.end()
];
}
const KEY = /^[A-Za-z_$][A-Za-z0-9_$./-]*$/;
const WORD = /^(?!true$|false$|null$)[A-Za-z_][A-Za-z0-9_./-]*$/;
function renderValue(value) {
const parts = [];
const wait = [
{
value
}
];
for(let next = wait.pop(); next !== undefined; next = wait.pop()){
if (next.text !== undefined) parts.push(next.text);
else {
const { value } = next;
if (Array.isArray(value)) wait.push(...listParts(value).reverse());
else if (typeof value === "object" && value !== null) wait.push(...mapParts(value).reverse());
else parts.push(renderScalar(value));
}
}
return parts.join("");
}
function listParts(list) {
return [
{
text: "["
},
...list.flatMap((value, i)=>i === 0 ? [
{
value
}
] : [
{
text: ", "
},
{
value
}
]),
{
text: "]"
}
];
}
function mapParts(map) {
const members = Object.keys(map).flatMap((key, i)=>[
{
text: `${i === 0 ? "" : ", "}${KEY.test(key) ? key : renderString(key)}: `
},
{
value: map[key]
}
]);
return [
{
text: "{"
},
...members,
{
text: "}"
}
];
}
function renderScalar(value) {
if (typeof value === "string") return renderString(value);
if (typeof value !== "number") return String(value);
if (Object.is(value, -0)) return "-0";
return Number.isInteger(value) && !Number.isSafeInteger(value) ? value.toExponential() : String(value);
}
function renderString(text) {
return JSON.stringify(text);
}
function renderName(name) {
return WORD.test(name) ? name : renderString(name);
}
function renderResult(outcome) {
const { result, id, status } = outcome;
const body = status === "success" ? `data: ${renderValue(asMap(outcome.data))}` : `error: ${renderValue(outcome.error)}`;
const head = `{result: ${renderName(result)}, status: ${status}`;
const text = `${head}${id === undefined ? "" : `, id: ${renderValue(id)}`}, ${body}}`;
const fence = "`".repeat(Math.max(3, 1 + longestRun(text)));
return `${fence}result\n${text}\n${fence}\n`;
}
function asMap(data) {
return isRecord(data) ? data : {
value: data
};
}
function longestRun(text) {
return (text.match(/`+/g) ?? []).reduce((most, run)=>Math.max(most, run.length), 0);
}
export { BRACKET_LIMITS, TurnReader, readTurn, renderResult, renderValue };

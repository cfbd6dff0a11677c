// hono@4.13.19 (made by deno task vendor from deno.lock)
/*! hono@4.13.19
MIT License

Copyright (c) 2021 - present, Yusuke Wada and Hono contributors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
*/

var HTTPException = class extends Error {
res;
status;
constructor(status = 500, options) {
super(options?.message, { cause: options?.cause });
this.res = options?.res;
this.status = status;
}
getResponse() {
if (this.res) return new Response(this.res.body, {
status: this.status,
headers: this.res.headers
});
return new Response(this.message, { status: this.status });
}
};
const GET_MATCH_RESULT = Symbol();
const bufferToFormData = (arrayBuffer, contentType) => {
return new Response(arrayBuffer, { headers: { "Content-Type": contentType.replace(/^[^;]+/, (mediaType) => mediaType.toLowerCase()) } }).formData();
};
const MAX_NESTED_OBJECTS = 1e4;
const isRawRequest = (request) => "headers" in request;
const parseBody = async (request, options = Object.create(null)) => {
const { all = false, dot = false } = options;
const mediaType = (isRawRequest(request) ? request.headers : request.raw.headers).get("Content-Type")?.split(";")[0].trim().toLowerCase();
if (mediaType === "multipart/form-data" || mediaType === "application/x-www-form-urlencoded") return parseFormData(request, {
all,
dot
});
return {};
};
async function parseFormData(request, options) {
if (!isRawRequest(request) && request.bodyCache.formData) return convertFormDataToBodyData(await request.bodyCache.formData, options);
const headers = isRawRequest(request) ? request.headers : request.raw.headers;
const arrayBuffer = await request.arrayBuffer();
const formDataPromise = bufferToFormData(arrayBuffer, headers.get("Content-Type") || "");
if (!isRawRequest(request)) request.bodyCache.formData = formDataPromise;
const formData = await formDataPromise;
if (formData) return convertFormDataToBodyData(formData, options);
return {};
}
function convertFormDataToBodyData(formData, options) {
const form = Object.create(null);
const nestingState = { count: 0 };
formData.forEach((value, key) => {
if (!(options.all || key.endsWith("[]"))) form[key] = value;
else handleParsingAllValues(form, key, value);
});
if (options.dot) Object.entries(form).forEach(([key, value]) => {
if (key.includes(".")) {
handleParsingNestedValues(form, key, value, nestingState);
delete form[key];
}
});
return form;
}
const handleParsingAllValues = (form, key, value) => {
if (form[key] !== void 0) {
if (Array.isArray(form[key])) form[key].push(value);
else form[key] = [form[key], value];
} else if (!key.endsWith("[]")) form[key] = value;
else form[key] = [value];
};
const handleParsingNestedValues = (form, key, value, state) => {
if (/(?:^|\.)__proto__\./.test(key)) return;
let nestedForm = form;
const keys = key.split(".", 34);
if (keys.length > 33) throwNestingLimitExceeded();
keys.forEach((key, index) => {
if (index === keys.length - 1) nestedForm[key] = value;
else {
if (!nestedForm[key] || typeof nestedForm[key] !== "object" || Array.isArray(nestedForm[key]) || nestedForm[key] instanceof File) {
if (state.count++ >= MAX_NESTED_OBJECTS) throwNestingLimitExceeded();
nestedForm[key] = Object.create(null);
}
nestedForm = nestedForm[key];
}
});
};
const throwNestingLimitExceeded = () => {
throw new Error("Nesting limit exceeded");
};
const splitPath = (path) => {
const paths = path.split("/");
if (paths[0] === "") paths.shift();
return paths;
};
const splitRoutingPath = (routePath) => {
const { groups, path } = extractGroupsFromPath(routePath);
const paths = splitPath(path);
return replaceGroupMarks(paths, groups);
};
const extractGroupsFromPath = (path) => {
const groups = [];
path = path.replace(/\{[^}]+\}/g, (match, index) => {
const mark = `@${index}`;
groups.push([mark, match]);
return mark;
});
return {
groups,
path
};
};
const replaceGroupMarks = (paths, groups) => {
for (let i = groups.length - 1; i >= 0; i--) {
const [mark] = groups[i];
for (let j = paths.length - 1; j >= 0; j--) if (paths[j].includes(mark)) {
paths[j] = paths[j].replace(mark, groups[i][1]);
break;
}
}
return paths;
};
const patternCache = {};
const getPattern = (label, next) => {
if (label === "*") return "*";
const match = label.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
if (match) {
const cacheKey = `${label}#${next}`;
if (!patternCache[cacheKey]) {
if (match[2]) patternCache[cacheKey] = next && next[0] !== ":" && next[0] !== "*" ? [
cacheKey,
match[1],
new RegExp(`^${match[2]}(?=/${next})`)
] : [
label,
match[1],
new RegExp(`^${match[2]}$`)
];
else patternCache[cacheKey] = [
label,
match[1],
true
];
}
return patternCache[cacheKey];
}
return null;
};
const tryDecode = (str, decoder) => {
try {
return decoder(str);
} catch {
return str.replace(/(?:%[0-9A-Fa-f]{2})+/g, (match) => {
try {
return decoder(match);
} catch {
return match;
}
});
}
};
const decodeURIWithPreservedPercent = (value) => decodeURI(value.includes("%25") ? value.replace(/%25/g, "%2525") : value);
const getPath = (request) => {
const url = request.url;
const start = url.indexOf("/", url.indexOf(":") + 4);
let i = start;
for (; i < url.length; i++) {
const charCode = url.charCodeAt(i);
if (charCode === 37) {
const queryIndex = url.indexOf("?", i);
const hashIndex = url.indexOf("#", i);
const end = queryIndex === -1 ? hashIndex === -1 ? void 0 : hashIndex : hashIndex === -1 ? queryIndex : Math.min(queryIndex, hashIndex);
const path = url.slice(start, end);
const decoded = tryDecode(path, decodeURIWithPreservedPercent);
if (/%(?![0-9A-Fa-f]{2})/.test(path)) {
const rewritten = new URL("http://localhost");
rewritten.pathname = decoded.replace(/[\\\t\n\r]/g, encodeURIComponent);
if (tryDecode(rewritten.pathname, decodeURIWithPreservedPercent) !== decoded) return tryDecode(path.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"), decodeURIWithPreservedPercent);
}
return decoded;
} else if (charCode === 63 || charCode === 35) break;
}
return url.slice(start, i);
};
const getPathNoStrict = (request) => {
const result = getPath(request);
return result.length > 1 && result.at(-1) === "/" ? result.slice(0, -1) : result;
};
const mergePath = (base, sub, ...rest) => {
if (rest.length) sub = mergePath(sub, ...rest);
return `${base?.[0] === "/" ? "" : "/"}${base}${sub === "/" ? "" : `${base?.at(-1) === "/" ? "" : "/"}${sub?.[0] === "/" ? sub.slice(1) : sub}`}`;
};
const checkOptionalParameter = (path) => {
if (path.charCodeAt(path.length - 1) !== 63 || !path.includes(":")) return null;
const segments = path.split("/");
const results = [];
let basePath = "";
segments.forEach((segment) => {
if (segment !== "" && !/\:/.test(segment)) basePath += "/" + segment;
else if (/\:/.test(segment)) {
if (segment.charCodeAt(segment.length - 1) === 63) {
if (results.length === 0 && basePath === "") results.push("/");
else results.push(basePath);
const optionalSegment = segment.slice(0, -1);
basePath += "/" + optionalSegment;
results.push(basePath);
} else basePath += "/" + segment;
}
});
return results.filter((v, i, a) => a.indexOf(v) === i);
};
const tryDecodeURIComponent = (str) => str.indexOf("%") !== -1 ? tryDecode(str, decodeURIComponent_) : str;
const _decodeURI = (value) => {
if (value.indexOf("+") !== -1) value = value.replace(/\+/g, " ");
return tryDecodeURIComponent(value);
};
const _getQueryParam = (url, key, multiple) => {
const hashIndex = url.indexOf("#", 8);
if (hashIndex !== -1) url = url.slice(0, hashIndex);
let encoded;
if (!multiple && key && !/[%+&=]/.test(key)) {
const queryIndex = url.indexOf("?", 8);
let keyIndex = queryIndex;
if (keyIndex === -1) return;
if (!url.startsWith(key, keyIndex + 1)) keyIndex = url.indexOf(`&${key}`, keyIndex + 1);
while (keyIndex !== -1) {
const trailingKeyCode = url.charCodeAt(keyIndex + key.length + 1);
if (trailingKeyCode === 61 || trailingKeyCode === 38 || isNaN(trailingKeyCode)) {
if (keyIndex > queryIndex && /(?:^|&)[^=&]*[%+]/.test(url.slice(queryIndex + 1, keyIndex))) break;
if (trailingKeyCode === 61) {
const valueIndex = keyIndex + key.length + 2;
const endIndex = url.indexOf("&", valueIndex);
return _decodeURI(url.slice(valueIndex, endIndex === -1 ? void 0 : endIndex));
}
return "";
}
keyIndex = url.indexOf(`&${key}`, keyIndex + 1);
}
encoded = /[%+]/.test(url);
if (!encoded) return;
}
const results = Object.create(null);
encoded ??= /[%+]/.test(url);
let keyIndex = url.indexOf("?", 8);
while (keyIndex !== -1) {
const nextKeyIndex = url.indexOf("&", keyIndex + 1);
let valueIndex = url.indexOf("=", keyIndex);
if (valueIndex > nextKeyIndex && nextKeyIndex !== -1) valueIndex = -1;
let name = url.slice(keyIndex + 1, valueIndex === -1 ? nextKeyIndex === -1 ? void 0 : nextKeyIndex : valueIndex);
if (encoded) name = _decodeURI(name);
keyIndex = nextKeyIndex;
if (name === "") continue;
let value;
if (valueIndex === -1) value = "";
else {
value = url.slice(valueIndex + 1, nextKeyIndex === -1 ? void 0 : nextKeyIndex);
if (encoded) value = _decodeURI(value);
}
if (multiple) {
if (!(results[name] && Array.isArray(results[name]))) results[name] = [];
results[name].push(value);
} else results[name] ??= value;
}
return key ? results[key] : results;
};
const getQueryParam = _getQueryParam;
const getQueryParams = (url, key) => {
return _getQueryParam(url, key, true);
};
const decodeURIComponent_ = decodeURIComponent;
var HonoRequest = class {
raw;
#validatedData;
#matchResult;
routeIndex = 0;
path;
bodyCache = {};
constructor(request, path = "/", matchResult = [[]]) {
this.raw = request;
this.path = path;
this.#matchResult = matchResult;
}
param(key) {
return key ? this.#getDecodedParam(key) : this.#getAllDecodedParams();
}
#getDecodedParam(key) {
const paramKey = this.#matchResult[0][this.routeIndex]?.[1][key];
const param = this.#getParamValue(paramKey);
return param && tryDecodeURIComponent(param);
}
#getAllDecodedParams() {
const decoded = {};
const keys = Object.keys(this.#matchResult[0][this.routeIndex]?.[1] ?? {});
for (const key of keys) {
const value = this.#getParamValue(this.#matchResult[0][this.routeIndex][1][key]);
if (value !== void 0) decoded[key] = tryDecodeURIComponent(value);
}
return decoded;
}
#getParamValue(paramKey) {
return this.#matchResult[1] ? this.#matchResult[1][paramKey] : paramKey;
}
query(key) {
return getQueryParam(this.url, key);
}
queries(key) {
return getQueryParams(this.url, key);
}
header(name) {
if (name) return this.raw.headers.get(name) ?? void 0;
const headerData = Object.create(null);
this.raw.headers.forEach((value, key) => {
headerData[key] = value;
});
return headerData;
}
async parseBody(options) {
return parseBody(this, options);
}
#cachedBody = (key) => {
const { bodyCache, raw } = this;
const cachedBody = bodyCache[key];
if (cachedBody) return cachedBody;
for (const anyCachedKey in bodyCache) return bodyCache[anyCachedKey].then((body) => {
if (anyCachedKey === "json") body = JSON.stringify(body);
const contentType = anyCachedKey === "formData" ? void 0 : raw.headers.get("content-type");
return new Response(body, { headers: contentType ? { "Content-Type": contentType } : void 0 })[key]();
});
return bodyCache[key] = raw[key]();
};
json() {
return this.#cachedBody("text").then((text) => JSON.parse(text));
}
text() {
return this.#cachedBody("text");
}
arrayBuffer() {
return this.#cachedBody("arrayBuffer");
}
bytes() {
return this.#cachedBody("arrayBuffer").then((buffer) => new Uint8Array(buffer));
}
blob() {
return this.#cachedBody("blob");
}
formData() {
return this.#cachedBody("formData");
}
addValidatedData(target, data) {
(this.#validatedData ??= {})[target] = data;
}
valid(target) {
return this.#validatedData?.[target];
}
get url() {
return this.raw.url;
}
get method() {
return this.raw.method;
}
get [GET_MATCH_RESULT]() {
return this.#matchResult;
}
get matchedRoutes() {
return this.#matchResult[0].map(([[, route]]) => route);
}
get routePath() {
return this.#matchResult[0].map(([[, route]]) => route)[this.routeIndex].path;
}
};
const HtmlEscapedCallbackPhase = {
Stringify: 1};
const resolveCallback = async (str, phase, preserveCallbacks, context, buffer) => {
if (typeof str === "object" && !(str instanceof String)) {
if (!(str instanceof Promise)) str = str.toString();
if (str instanceof Promise) str = await str;
}
const callbacks = str.callbacks;
if (!callbacks?.length) return Promise.resolve(str);
if (buffer) buffer[0] += str;
else buffer = [str];
const resStr = Promise.all(callbacks.map((c) => c({
phase,
buffer,
context
}))).then((res) => Promise.all(res.filter(Boolean).map((str) => resolveCallback(str, phase, false, context, buffer))).then(() => buffer[0]));
return resStr;
};
const TEXT_PLAIN = "text/plain; charset=UTF-8";
const setDefaultContentType = (contentType, headers) => {
return {
"Content-Type": contentType,
...headers
};
};
const createResponseInstance = (body, init) => new Response(body, init);
var Context = class {
#rawRequest;
#req;
env = {};
#var;
finalized = false;
error;
#status;
#executionCtx;
#res;
#layout;
#renderer;
#notFoundHandler;
#preparedHeaders;
#matchResult;
#path;
constructor(req, options) {
this.#rawRequest = req;
if (options) {
this.#executionCtx = options.executionCtx;
this.env = options.env;
this.#notFoundHandler = options.notFoundHandler;
this.#path = options.path;
this.#matchResult = options.matchResult;
}
}
get req() {
this.#req ??= new HonoRequest(this.#rawRequest, this.#path, this.#matchResult);
return this.#req;
}
get event() {
if (this.#executionCtx && "respondWith" in this.#executionCtx) return this.#executionCtx;
else throw Error("This context has no FetchEvent");
}
get executionCtx() {
if (this.#executionCtx) return this.#executionCtx;
else throw Error("This context has no ExecutionContext");
}
get res() {
return this.#res ||= createResponseInstance(null, { headers: this.#preparedHeaders ??= new Headers() });
}
set res(_res) {
if (this.#res && _res) {
_res = createResponseInstance(_res.body, _res);
for (const [k, v] of this.#res.headers.entries()) {
if (k === "content-type") continue;
if (k === "set-cookie") {
const cookies = this.#res.headers.getSetCookie();
_res.headers.delete("set-cookie");
for (const cookie of cookies) _res.headers.append("set-cookie", cookie);
} else _res.headers.set(k, v);
}
}
this.#res = _res;
this.finalized = true;
}
render = (...args) => {
this.#renderer ??= (content) => this.html(content);
return this.#renderer(...args);
};
setLayout = (layout) => this.#layout = layout;
getLayout = () => this.#layout;
setRenderer = (renderer) => {
this.#renderer = renderer;
};
header = (name, value, options) => {
if (this.finalized && !this.#res.bodyUsed) this.#res = createResponseInstance(this.#res.body, this.#res);
const headers = this.#res ? this.#res.headers : this.#preparedHeaders ??= new Headers();
if (value === void 0) headers.delete(name);
else if (options?.append) headers.append(name, value);
else headers.set(name, value);
};
status = (status) => {
this.#status = status;
};
set = (key, value) => {
this.#var ??=   new Map();
this.#var.set(key, value);
};
get = (key) => {
return this.#var ? this.#var.get(key) : void 0;
};
get var() {
if (!this.#var) return {};
return Object.fromEntries(this.#var);
}
#newResponse(data, arg, headers) {
let responseHeaders = this.#res ? new Headers(this.#res.headers) : this.#preparedHeaders;
if (typeof arg === "object" && arg.headers) {
responseHeaders ??= new Headers();
for (const [key, value] of new Headers(arg.headers)) if (key === "set-cookie") responseHeaders.append(key, value);
else responseHeaders.set(key, value);
}
if (headers) {
if (!responseHeaders) {
let count = 0;
for (const k in headers) if (++count > 1 || typeof headers[k] !== "string") {
responseHeaders = new Headers();
break;
}
}
if (responseHeaders) for (const k in headers) {
const v = headers[k];
if (typeof v === "string") responseHeaders.set(k, v);
else {
responseHeaders.delete(k);
for (const v2 of v) responseHeaders.append(k, v2);
}
}
}
const status = typeof arg === "number" ? arg : arg?.status ?? this.#status;
return createResponseInstance(data, {
status,
headers: responseHeaders ?? headers
});
}
newResponse = (...args) => this.#newResponse(...args);
body = (data, arg, headers) => this.#newResponse(data, arg, headers);
text = (text, arg, headers) => {
return !this.#preparedHeaders && !this.#status && !arg && !headers && !this.finalized ? new Response(text) : this.#newResponse(text, arg, setDefaultContentType(TEXT_PLAIN, headers));
};
json = (object, arg, headers) => {
return this.#newResponse(JSON.stringify(object), arg, setDefaultContentType("application/json", headers));
};
html = (html, arg, headers) => {
const res = (html) => this.#newResponse(html, arg, setDefaultContentType("text/html; charset=UTF-8", headers));
return typeof html === "object" ? resolveCallback(html, HtmlEscapedCallbackPhase.Stringify, false, {}).then(res) : res(html);
};
redirect = (location, status) => {
const locationString = String(location);
this.header("Location", !/[^\x00-\xFF]/.test(locationString) ? locationString : encodeURI(locationString));
return this.newResponse(null, status ?? 302);
};
notFound = () => {
this.#notFoundHandler ??= () => createResponseInstance();
return this.#notFoundHandler(this);
};
};
const compose = (middleware, onError, onNotFound) => {
return (context, next) => {
let index = -1;
return dispatch(0);
async function dispatch(i) {
if (i <= index) throw new Error("next() called multiple times");
index = i;
let res;
let isError = false;
let handler;
if (middleware[i]) {
handler = middleware[i][0][0];
context.req.routeIndex = i;
} else handler = i === middleware.length && next || void 0;
if (handler) try {
res = await handler(context, () => dispatch(i + 1));
} catch (err) {
if (err instanceof Error && onError) {
context.error = err;
res = await onError(err, context);
isError = true;
} else throw err;
}
else if (context.finalized === false && onNotFound) res = await onNotFound(context);
if (res && (context.finalized === false || isError)) context.res = res;
return context;
}
};
};
const matchedRoutes = (c) => c.req[GET_MATCH_RESULT][0].map(([[, route]]) => route);
const routePath = (c, index) => matchedRoutes(c).at(c.req.routeIndex)?.path ?? "";
const METHODS = [
"get",
"post",
"put",
"delete",
"options",
"patch",
"query"
];
const MESSAGE_MATCHER_IS_ALREADY_BUILT = "Can not add a route since the matcher is already built.";
var UnsupportedPathError = class extends Error {};
const COMPOSED_HANDLER = "__COMPOSED_HANDLER";
const countTrailingSlashes = (path) => {
let index = path.length;
while (index > 0 && path.charCodeAt(index - 1) === 47) index--;
return path.length - index;
};
const getPathPrefixLength = (c, pathPrefix, routePath) => {
if (!/[:*]/.test(pathPrefix)) return pathPrefix.length;
const path = c.req.path;
const matchResult = c.req[GET_MATCH_RESULT];
const paramNames =   new Set();
let length = 0;
for (const part of splitRoutingPath(pathPrefix)) {
if (part[0] === ":" && part.endsWith("}?")) throw new Error(`mount(): Optional regular expression parameters are not supported in "${routePath}".`);
const pattern = getPattern(part);
if (pattern && pattern !== "*") {
const name = pattern[1];
if (paramNames.has(name)) throw new Error(`mount(): Duplicate path parameter "${name}" in "${routePath}".`);
paramNames.add(name);
}
if (pattern && pattern !== "*" && pattern[2] !== true) {
const value = matchResult.length === 2 ? matchResult[1][matchResult[0][c.req.routeIndex][1][pattern[1]]] : matchResult[0][c.req.routeIndex][1][pattern[1]];
length += value.length + 1;
} else if (pattern || part.endsWith("*")) {
const end = path.indexOf("/", length + 1);
length = end === -1 ? path.length : end;
} else length += part.length + 1;
}
return length;
};
const createMountedRequest = (c, pathPrefix, routePath) => {
if (/[^/]\*$/.test(routePath)) throw new Error(`mount(): Wildcard must follow "/" in "${routePath}".`);
const prefixLength = getPathPrefixLength(c, pathPrefix, routePath);
const path = c.req.path.slice(prefixLength) || "/";
if (prefixLength > c.req.path.length || path[0] !== "/" || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) throw new HTTPException(400, { message: "Invalid mounted path" });
const rawUrl = c.req.raw.url;
if (/^[^/?#]*\/\/[^/?#\\]*[?#\\]/.test(rawUrl)) throw new HTTPException(400, { message: "Invalid mounted path" });
const rawPathEnd = rawUrl.search(/[?#]/);
const rawTrailingSlashes = countTrailingSlashes(rawPathEnd === -1 ? rawUrl : rawUrl.slice(0, rawPathEnd));
if (rawTrailingSlashes > 1 && countTrailingSlashes(c.req.path) === rawTrailingSlashes - 1) throw new HTTPException(400, { message: "Invalid mounted path" });
const url = new URL(rawUrl);
url.pathname = path.replace(/[\\\t\n\r]/g, encodeURIComponent);
if (path.includes("%")) ;
return new Request(url, c.req.raw);
};
const notFoundHandler = (c) => {
return c.text("404 Not Found", 404);
};
const errorHandler = (err, c) => {
if ("getResponse" in err) {
const res = err.getResponse();
return c.newResponse(res.body, res);
}
console.error(err);
return c.text("Internal Server Error", 500);
};
var Hono$1 = class Hono {
get;
post;
put;
delete;
options;
patch;
query;
all;
on;
use;
router;
getPath;
_basePath = "/";
#path = "/";
routes = [];
constructor(options = {}) {
[...METHODS, "all"].forEach((method) => {
this[method] = (args1, ...args) => {
const methodName = method.toUpperCase();
if (typeof args1 === "string") this.#path = args1;
else this.#addRoute(methodName, this.#path, args1);
args.forEach((handler) => {
this.#addRoute(methodName, this.#path, handler);
});
return this;
};
});
this.on = (method, path, ...handlers) => {
for (const p of [path].flat()) {
this.#path = p;
for (const m of [method].flat()) {
const methodName = m.toUpperCase();
for (const handler of handlers) this.#addRoute(methodName, this.#path, handler);
}
}
return this;
};
this.use = (arg1, ...handlers) => {
if (typeof arg1 === "string") this.#path = arg1;
else {
this.#path = "*";
handlers.unshift(arg1);
}
handlers.forEach((handler) => {
this.#addRoute("ALL", this.#path, handler);
});
return this;
};
const { strict, ...optionsWithoutStrict } = options;
Object.assign(this, optionsWithoutStrict);
this.getPath = strict ?? true ? options.getPath ?? getPath : getPathNoStrict;
}
#clone() {
const clone = new Hono({
router: this.router,
getPath: this.getPath
});
clone.errorHandler = this.errorHandler;
clone.#notFoundHandler = this.#notFoundHandler;
clone.routes = this.routes;
return clone;
}
#notFoundHandler = notFoundHandler;
errorHandler = errorHandler;
route(path, app) {
const subApp = this.basePath(path);
app.routes.map((r) => {
let handler;
if (app.errorHandler === errorHandler) handler = r.handler;
else {
handler = async (c, next) => (await compose([], app.errorHandler)(c, () => r.handler(c, next))).res;
handler[COMPOSED_HANDLER] = r.handler;
}
subApp.#addRoute(r.method, r.path, handler, r.basePath);
});
return this;
}
basePath(path) {
const subApp = this.#clone();
subApp._basePath = mergePath(this._basePath, path);
return subApp;
}
onError = (handler) => {
this.errorHandler = handler;
return this;
};
notFound = (handler) => {
this.#notFoundHandler = handler;
return this;
};
mount(path, applicationHandler, options) {
let replaceRequest;
let optionHandler;
if (options) {
if (typeof options === "function") optionHandler = options;
else {
optionHandler = options.optionHandler;
if (options.replaceRequest === false) replaceRequest = (request) => request;
else replaceRequest = options.replaceRequest;
}
}
const getOptions = optionHandler ? (c) => {
const options = optionHandler(c);
return Array.isArray(options) ? options : [options];
} : (c) => {
let executionContext = void 0;
try {
executionContext = c.executionCtx;
} catch {}
return [c.env, executionContext];
};
const defaultReplaceRequest = (c) => {
const mountedRoutePath = routePath(c);
return createMountedRequest(c, mountedRoutePath.replace(/\/?\*$/, ""), mountedRoutePath);
};
const handler = async (c, next) => {
const res = await applicationHandler(replaceRequest ? replaceRequest(c.req.raw) : defaultReplaceRequest(c), ...getOptions(c));
if (res) return res;
await next();
};
this.#addRoute("ALL", mergePath(path, "*"), handler);
return this;
}
#addRoute(method, path, handler, baseRoutePath) {
path = mergePath(this._basePath, path);
const r = {
basePath: baseRoutePath !== void 0 ? mergePath(this._basePath, baseRoutePath) : this._basePath,
path,
method,
handler
};
this.router.add(method, path, [handler, r]);
this.routes.push(r);
}
#handleError(err, c) {
if (err instanceof Error) return this.errorHandler(err, c);
throw err;
}
#dispatch(request, executionCtx, env, method) {
if (method === "HEAD") return (async () => new Response(null, await this.#dispatch(request, executionCtx, env, "GET")))();
const path = this.getPath(request, { env });
const matchResult = this.router.match(method, path);
const c = new Context(request, {
path,
matchResult,
env,
executionCtx,
notFoundHandler: this.#notFoundHandler
});
if (matchResult[0].length === 1) {
let res;
try {
res = matchResult[0][0][0][0](c, async () => {
c.res = await this.#notFoundHandler(c);
});
} catch (err) {
return this.#handleError(err, c);
}
return res instanceof Promise ? res.then((resolved) => resolved || (c.finalized ? c.res : this.#notFoundHandler(c))).catch((err) => this.#handleError(err, c)) : res ?? this.#notFoundHandler(c);
}
const composed = compose(matchResult[0], this.errorHandler, this.#notFoundHandler);
return (async () => {
try {
const context = await composed(c);
if (!context.finalized) throw new Error("Context is not finalized. Did you forget to return a Response object or `await next()`?");
return context.res;
} catch (err) {
return this.#handleError(err, c);
}
})();
}
fetch = (request, ...rest) => {
return this.#dispatch(request, rest[1], rest[0], request.method);
};
request = (input, requestInit, Env, executionCtx) => {
if (input instanceof Request) return this.fetch(requestInit ? new Request(input, requestInit) : input, Env, executionCtx);
input = input.toString();
return this.fetch(new Request(/^https?:\/\//.test(input) ? input : `http://localhost${mergePath("/", input)}`, requestInit), Env, executionCtx);
};
fire = () => {
addEventListener("fetch", (event) => {
event.respondWith(this.#dispatch(event.request, event, void 0, event.request.method));
});
};
};
const createNullObject = () => Object.create(null);
const emptyParam = [];
function match(method, path) {
const matchers = this.buildAllMatchers();
const match = ((method, path) => {
const matcher = matchers[method] || matchers["ALL"];
const staticMatch = matcher[2][path];
if (staticMatch) return staticMatch;
const match = path.match(matcher[0]);
if (!match) return [[], emptyParam];
const index = match.indexOf("", 1);
return [matcher[1][index], match];
});
this.match = match;
return match(method, path);
}
const LABEL_REG_EXP_STR = "[^/]+";
const ONLY_WILDCARD_REG_EXP_STR = "[^]*";
const TAIL_WILDCARD_REG_EXP_STR = "(?:|/[^]*)";
const PATH_ERROR = Symbol();
const regExpMetaChars =   new Set(".\\+*[^]$()");
function compareKey(a, b) {
if (a.length === 1) return b.length === 1 ? a < b ? -1 : 1 : -1;
if (b.length === 1) return 1;
if (a === "[^]*" || a === "(?:|/[^]*)") return b === "[^]*" ? -1 : 1;
else if (b === "[^]*" || b === "(?:|/[^]*)") return -1;
if (a === "[^/]+") return 1;
else if (b === "[^/]+") return -1;
return a.length === b.length ? a < b ? -1 : 1 : b.length - a.length;
}
var Node$1 = class Node {
#index;
#varIndex;
#children = createNullObject();
insert(tokens, index, paramMap, context, keys) {
let node = this;
for (let i = 0, len = tokens.length; i < len; i++) {
const token = tokens[i];
const pattern = token.length === 1 ? token === "*" ? i === len - 1 ? [
"",
"",
ONLY_WILDCARD_REG_EXP_STR
] : [
"",
"",
LABEL_REG_EXP_STR
] : null : token === "/*" ? [
"",
"",
TAIL_WILDCARD_REG_EXP_STR
] : token.match(/^\:([^\{\}]+)(?:\{(.+)\})?$/);
let nextNode;
if (pattern) {
const name = pattern[1];
let regexpStr = pattern[2] || "[^/]+";
if (name && pattern[2]) {
if (new RegExp(regexpStr).test("")) throw PATH_ERROR;
regexpStr = regexpStr.replace(/^\((?!\?:)(?=[^)]+\)$)/, "(?:");
if (/\((?!\?:)/.test(regexpStr)) throw PATH_ERROR;
if (regexpStr.length === 1 && regExpMetaChars.has(regexpStr)) throw PATH_ERROR;
}
keys.push(regexpStr);
nextNode = node.#children[regexpStr];
if (!nextNode) {
if (regexpStr !== "[^]*" && regexpStr !== "(?:|/[^]*)") {
for (const k in node.#children) if ((regexpStr.length > 1 || k.length > 1) && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
}
nextNode = node.#children[regexpStr] = new Node();
}
if (name !== "") {
nextNode.#varIndex ??= context.varIndex++;
paramMap.push([name, nextNode.#varIndex]);
}
} else {
keys.push(token);
nextNode = node.#children[token];
if (!nextNode) {
for (const k in node.#children) if (k.length > 1 && k !== "[^]*" && k !== "(?:|/[^]*)") throw PATH_ERROR;
nextNode = node.#children[token] = new Node();
}
}
node = nextNode;
}
if (node.#index !== void 0) throw PATH_ERROR;
node.#index = index;
}
buildRegExpStr() {
const strList = Object.keys(this.#children).sort(compareKey).map((k) => {
const c = this.#children[k];
const childStr = c.buildRegExpStr();
return childStr === "" ? "" : (typeof c.#varIndex === "number" ? `(${k})@${c.#varIndex}` : regExpMetaChars.has(k) ? `\\${k}` : k) + childStr;
}).filter(Boolean);
if (typeof this.#index === "number" && this.#index !== -1) strList.unshift(`#${this.#index}`);
if (strList.length === 0) return "";
if (strList.length === 1) return strList[0];
return "(?:" + strList.join("|") + ")";
}
};
var Trie = class {
#context = { varIndex: 0 };
#root = new Node$1();
#index = 0;
paths = createNullObject();
insert(path, isStatic) {
const keys = [];
if (isStatic) {
this.#root.insert(path.split(""), -1, [], this.#context, keys);
this.paths[path] = [
-1,
[],
keys
];
return;
}
const paramAssoc = [];
const groups = [];
let markedPath = path;
for (let i = 0;;) {
let replaced = false;
markedPath = markedPath.replace(/\{(?:\{[\d,]+\}|[^}])+\}/g, (m) => {
const mark = `@\\${i}`;
groups[i] = [mark, m];
i++;
replaced = true;
return mark;
});
if (!replaced) break;
}
const tokens = markedPath.match(/(?::[^\/]+)|(?:\/\*$)|./gs) || [];
for (let i = groups.length - 1; i >= 0; i--) {
const [mark] = groups[i];
for (let j = tokens.length - 1; j >= 0; j--) if (tokens[j].indexOf(mark) !== -1) {
tokens[j] = tokens[j].replace(mark, groups[i][1]);
break;
}
}
this.#root.insert(tokens, this.#index, paramAssoc, this.#context, keys);
this.paths[path] = [
this.#index++,
paramAssoc,
keys
];
}
buildRegExp() {
let regexp = this.#root.buildRegExpStr();
if (regexp === "") return [
/^$/,
[],
[]
];
let captureIndex = 0;
const indexReplacementMap = [];
const paramReplacementMap = [];
regexp = regexp.replace(/#(\d+)|@(\d+)|\.\*\$/g, (_, handlerIndex, paramIndex) => {
if (handlerIndex !== void 0) {
indexReplacementMap[++captureIndex] = Number(handlerIndex);
return "$()";
}
if (paramIndex !== void 0) {
paramReplacementMap[Number(paramIndex)] = ++captureIndex;
return "";
}
return "";
});
return [
new RegExp(`^${regexp}`),
indexReplacementMap,
paramReplacementMap
];
}
};
function endsWithWildcard(keys) {
const tail = keys[keys.length - 1];
return tail === "[^]*" || tail === "(?:|/[^]*)";
}
function covers(wildcard, target) {
const last = wildcard.length - 1;
for (let i = 0; i < last; i++) if (wildcard[i] !== target[i]) return false;
return wildcard[last] === "[^]*" || target.length === last || target[last] === "/";
}
var RegExpRouter = class {
name = "RegExpRouter";
#handlers;
#tries;
constructor() {
this.#handlers = { ["ALL"]: [] };
this.#tries = { ["ALL"]: new Trie() };
}
#insertPath(method, path) {
try {
this.#tries[method].insert(path, !/\*|\/:/.test(path));
} catch (e) {
throw e === PATH_ERROR ? new UnsupportedPathError(path) : e;
}
}
add(method, path, handler) {
const handlers = this.#handlers;
if (!handlers) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
const tries = this.#tries;
if (!handlers[method]) {
tries[method] = new Trie();
handlers[method] = [...handlers["ALL"]];
for (const p in tries["ALL"].paths) this.#insertPath(method, p);
}
if (path === "/*") path = "*";
const methods = method === "ALL" ? Object.keys(handlers) : [method];
const paths = checkOptionalParameter(path) || [path];
for (const path of paths) for (const m of methods) {
if (!tries[m].paths[path]) this.#insertPath(m, path);
handlers[m].push([handler, path]);
}
}
match = match;
buildAllMatchers() {
const matchers = createNullObject();
for (const method of Object.keys(this.#handlers)) matchers[method] = this.#buildMatcher(method);
this.#handlers = this.#tries = void 0;
return matchers;
}
#buildMatcher(method) {
const handlers = this.#handlers[method];
const trie = this.#tries[method];
const staticMap = createNullObject();
const handlerData = [];
const [regexp, indexReplacementMap, paramReplacementMap] = trie.buildRegExp();
const own = createNullObject();
const entries = handlers.map(([h, p], i) => {
(own[p] ??= []).push(i);
return [h, trie.paths[p][1].reduceRight((map, [key, varIndex]) => {
map[key] = paramReplacementMap[varIndex];
return map;
}, createNullObject())];
});
const wildcards = Object.keys(own).filter((p) => endsWithWildcard(trie.paths[p][2]));
for (const path in trie.paths) {
const [index, , keys] = trie.paths[path];
const indexes = [...own[path]];
for (const p of wildcards) if (p !== path && covers(trie.paths[p][2], keys)) indexes.push(...own[p]);
const data = indexes.sort((a, b) => a - b).map((i) => entries[i]);
if (index === -1) {
const last = Math.max(-1, ...data.flatMap(([, map]) => Object.values(map)));
staticMap[path] = [data, last === -1 ? emptyParam : path.match(regexp).slice(0, last + 1)];
} else handlerData[index] = data;
}
return [
regexp,
indexReplacementMap.map((i) => handlerData[i]),
staticMap
];
}
};
var SmartRouter = class {
name = "SmartRouter";
#routers = [];
#routes = [];
constructor(init) {
this.#routers = init.routers;
}
add(method, path, handler) {
if (!this.#routes) throw new Error(MESSAGE_MATCHER_IS_ALREADY_BUILT);
this.#routes.push([
method,
path,
handler
]);
}
match(method, path) {
if (!this.#routes) throw new Error("Fatal error");
const routers = this.#routers;
const routes = this.#routes;
const len = routers.length;
let i = 0;
let res;
for (; i < len; i++) {
const router = routers[i];
try {
for (let i = 0, len = routes.length; i < len; i++) router.add(...routes[i]);
res = router.match(method, path);
} catch (e) {
if (e instanceof UnsupportedPathError) continue;
throw e;
}
this.match = router.match.bind(router);
this.#routers = [router];
this.#routes = void 0;
break;
}
if (i === len) throw new Error("Fatal error");
this.name = `SmartRouter + ${this.activeRouter.name}`;
return res;
}
get activeRouter() {
if (this.#routes || this.#routers.length !== 1) throw new Error("No active router has been determined yet.");
return this.#routers[0];
}
};
const emptyParams = createNullObject();
let order = 0;
var Node = class Node {
#methods = [];
#children = createNullObject();
#patterns = [];
#pattern;
#params = emptyParams;
insert(method, path, handler) {
let curNode = this;
const parts = splitRoutingPath(path);
const possibleKeys =   new Set();
let i = 0;
for (const p of parts) {
const nextP = parts[++i];
const pattern = getPattern(p, nextP) || (nextP === void 0 && p && p.indexOf("*") === p.length - 1 ? p : null);
const isParam = Array.isArray(pattern);
const key = isParam ? pattern[0] : pattern || p;
const child = curNode.#children[key] ||= new Node();
if (pattern && !child.#pattern) {
child.#pattern = pattern;
curNode.#patterns.push(child);
}
curNode = child;
if (isParam) possibleKeys.add(pattern[1]);
}
curNode.#methods.push({ [method]: {
handler,
possibleKeys: [...possibleKeys],
score: ++order
} });
}
#pushHandlerSets(handlerSets, node, method, nodeParams, params) {
for (let i = 0, len = node.#methods.length; i < len; i++) {
const m = node.#methods[i];
const handlerSet = m[method] || m["ALL"];
if (handlerSet) {
handlerSet.params = createNullObject();
handlerSets.push(handlerSet);
for (let i = 0, len = handlerSet.possibleKeys.length; i < len; i++) {
const key = handlerSet.possibleKeys[i];
handlerSet.params[key] = params?.[key] && !i ? params[key] : nodeParams[key] ?? params?.[key];
}
}
}
}
search(method, path) {
const handlerSets = [];
this.#params = emptyParams;
let curNodes = [this];
const parts = splitPath(path);
const curNodesQueue = [];
const len = parts.length;
let partOffsets = null;
for (let i = 0; i < len; i++) {
const part = parts[i];
const isLast = i === len - 1;
const tempNodes = [];
for (let j = 0, len2 = curNodes.length; j < len2; j++) {
const node = curNodes[j];
const nextNode = node.#children[part];
if (nextNode) {
nextNode.#params = node.#params;
if (isLast) {
if (nextNode.#children["*"]) this.#pushHandlerSets(handlerSets, nextNode.#children["*"], method, node.#params);
this.#pushHandlerSets(handlerSets, nextNode, method, node.#params);
} else tempNodes.push(nextNode);
}
for (const child of node.#patterns) {
const pattern = child.#pattern;
const params = node.#params === emptyParams ? {} : { ...node.#params };
if (typeof pattern === "string") {
if (pattern === "*" || part.startsWith(pattern.slice(0, -1))) {
this.#pushHandlerSets(handlerSets, child, method, node.#params);
if (pattern === "*") {
child.#params = params;
tempNodes.push(child);
}
}
continue;
}
const [, name, matcher] = pattern;
if (!part && matcher === true) continue;
if (matcher !== true) {
if (!partOffsets) {
partOffsets = [];
let offset = path[0] === "/" ? 1 : 0;
for (let p = 0; p < len; p++) {
partOffsets[p] = offset;
offset += parts[p].length + 1;
}
}
const restPathString = path.slice(partOffsets[i]);
const m = matcher.exec(restPathString);
if (m) {
if (!Object.hasOwn(params, name)) params[name] = m[0];
this.#pushHandlerSets(handlerSets, child, method, node.#params, params);
if (m[0].length === restPathString.length && child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, node.#params, params);
for (const _ in child.#children) {
child.#params = params;
const componentCount = m[0].match(/\//g)?.length ?? 0;
(curNodesQueue[componentCount] ||= []).push(child);
break;
}
continue;
}
}
if (matcher === true || matcher.test(part)) {
if (!Object.hasOwn(params, name)) params[name] = part;
if (isLast) {
this.#pushHandlerSets(handlerSets, child, method, params, node.#params);
if (child.#children["*"]) this.#pushHandlerSets(handlerSets, child.#children["*"], method, params, node.#params);
} else {
child.#params = params;
tempNodes.push(child);
}
}
}
}
const shifted = curNodesQueue.shift();
curNodes = shifted ? tempNodes.concat(shifted) : tempNodes;
}
if (handlerSets[1]) handlerSets.sort((a, b) => {
return a.score - b.score;
});
return [handlerSets.map(({ handler, params }) => [handler, params])];
}
};
var TrieRouter = class {
name = "TrieRouter";
#node = new Node();
add(method, path, handler) {
for (const result of checkOptionalParameter(path) || [path]) this.#node.insert(method, result, handler);
}
match(method, path) {
return this.#node.search(method, path);
}
};
var Hono = class extends Hono$1 {
constructor(options = {}) {
super(options);
this.router = options.router ?? new SmartRouter({ routers: [new RegExpRouter(), new TrieRouter()] });
}
};
export { Context, Hono };

// kernel/guest/sdk/mod.ts (made by deno task vendor author)
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
function fault(code, message, more = {}) {
return new FaultError(fault$1(code, message, more));
}
const granted = new Map();
function getPackage(name) {
return granted.get(name);
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
function keep(name, fn) {
if (typeof name !== "string" || name.length === 0 || name.length > 128) {
throw new TypeError("keep(): the name is no text of 1 to 128 characters; pass one that tells what the function is for");
}
if (typeof fn !== "function") throw new TypeError(`keep(): '${name}' is ${typeof fn}; pass a function`);
throw new Error("keep() works inside a running host only");
}
export { FaultError, fault, getPackage, keep, tool };

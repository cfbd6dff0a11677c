/** W3C trace context: one trace id for a tree of calls, one span id for each call. */
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const ZEROS = "0000000000000000";

function hex16(n: number): string {
  const digits = n.toString(16);
  return ZEROS.slice(digits.length) + digits;
}

/** `salt`: 16 hex digits, random for each kernel. */
export function newTrace(salt: string, id: number): string {
  const span = hex16(id);
  return `00-${salt}${span}-${span}-01`;
}
/** The same trace, this call's span. A caller's own trace is taken only when it is well-formed. */
export function childTrace(parent: string | undefined, salt: string, id: number): string {
  const trace = parent === undefined ? undefined : TRACEPARENT.exec(parent)?.[1];
  return trace === undefined ? newTrace(salt, id) : `00-${trace}-${hex16(id)}-01`;
}

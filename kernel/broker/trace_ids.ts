/** W3C trace context: one trace id for a tree of calls, one span id for each call. */
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const ZEROS = "0000000000000000";

function hex16(n: number): string {
  const digits = n.toString(16);
  return ZEROS.slice(digits.length) + digits;
}

/** Of a call that serves no other one: its caller's own trace where that is well-formed, else a new one. `salt`: 16 hex digits, random for each kernel. */
export function rootTrace(wanted: string | undefined, salt: string, id: number): string {
  const span = hex16(id);
  const trace = wanted === undefined ? undefined : TRACEPARENT.exec(wanted)?.[1];
  return `00-${trace ?? salt + span}-${span}-01`;
}

/** The trace of the call that is served, which the kernel has given it, with the new call's span. */
export function nestedTrace(parent: string, id: number): string {
  return `00-${parent.slice(3, 35)}-${hex16(id)}-01`;
}

/**
 * Tools that a client at the command line asks for in a principal's name: bound, admitted and asked about as any model's are. The operator's authority, which opened the
 * socket, has no part in it.
 */
import { type Fault, fault } from "../contract/fault.ts";
import type { Clock } from "../contract/powers.ts";
import { TOOL_ASPECT } from "../contract/tool_spec.ts";
import type { Payload } from "../contract/wire.ts";
import { APPROVAL_MS } from "./approvals.ts";
import { authorityOfPrincipal, type Principals } from "./authority.ts";
import { asksFirst, bindTool, type ToolDirectory } from "./bind_tool.ts";
import type { CallFlow } from "./call_flow.ts";
import { callAsOperator, type OperatorCall } from "./operator_desk.ts";

export interface PrincipalRequest {
  readonly principal: string;
  readonly tool: string;
  /** A list of the params map alone, as value_codec.ts writes it. */
  readonly payload: Payload;
}

export interface PrincipalCallParts {
  readonly flow: CallFlow;
  readonly clock: Clock;
  readonly trace_salt: string;
  readonly tools: ToolDirectory;
  readonly principals: Principals;
}

export function callAsPrincipal(
  { principal, tool: name, payload }: PrincipalRequest,
  { flow, clock, trace_salt, tools, principals }: PrincipalCallParts,
): OperatorCall {
  const authority = authorityOfPrincipal(principal, principals);
  if (!authority.ok) return refused(authority.fault);
  const tool = bindTool(name, authority.value, tools);
  if (!tool.ok) return refused(tool.fault);
  const asks = asksFirst(tool.value) ? { tool: tool.value, ms: APPROVAL_MS } : undefined;
  const crowded = asks && flow.approvals.refuses(principal);
  if (crowded !== undefined) return refused(fault("rate_limited", crowded));
  const { api, config, bounds } = authority.value;
  // Whether it may was decided when the tool was bound.
  const as = { api, config, services: "all" } as const;
  const request = { api: tool.value.api, aspect: TOOL_ASPECT, name: tool.value.spec.entry, payload };
  return callAsOperator(request, flow, { clock, trace_salt }, { caller: { api, principal }, as, under: bounds, asks });
}

function refused(why: Fault): OperatorCall {
  return { outcome: Promise.resolve({ ok: false, fault: why }), cancel: () => {} };
}

/** What a module's author imports as `meta-machine`. */
export { FaultError } from "../../contract/fault.ts";
export type { FaultCode } from "../../contract/fault.ts";
export { fault } from "./fault.ts";
export type { ModuleFaultCode } from "./fault.ts";
export { getPackage } from "./packages.ts";
export { type Tool, tool } from "./tool.ts";
export type { JsonSchema, ToolContext, ToolDefinition } from "./tool.ts";
export type { OutputOf, StandardSchema } from "./standard_schema.ts";
export { keep } from "./keep.ts";
export type { KeptFunction } from "./keep.ts";
export type {
  AskedRight,
  BearerKernel,
  Caller,
  Config,
  HandleMembers,
  HandleStats,
  HostEvent,
  Journal,
  Kernel,
  LimitHit,
  ModuleHandle,
  RemoteStream,
  Untyped,
} from "./kernel.ts";
export type {
  ProposalFinding,
  ProposedChange,
  ShadowOutcome,
  ShadowRequest,
  ShareOutcome,
  ShareRequest,
  ShareSide,
} from "./proposals.ts";
export type { ListedTool, ToolAuthority, ToolError, ToolOutcome, ToolRequest } from "./tools.ts";

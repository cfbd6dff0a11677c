/** The guest side of the fence, as the program starts it. */
export { runCell } from "./shell/run_cell.ts";
export { runVet } from "./shell/run_vet.ts";
export { GLOBAL_NAMES } from "./worker/global_names.ts";
export { type OpenCellOptions, startOpenCell } from "./open/open_cell.ts";
export type { MakeObject } from "./open/open_instance.ts";
export type { Kernel, ModuleHandle, ToolAuthority, Untyped } from "./sdk/mod.ts";
export { toolFailed, toolSucceeded } from "./sdk/tool_outcome.ts";
export {
  type BracketBlock,
  type BracketCall,
  type BracketMap,
  type BracketOutcome,
  type BracketValue,
  readTurn,
  renderResult,
  renderValue,
} from "./sdk/bracket/mod.ts";

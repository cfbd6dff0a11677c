/** The guest side of the fence, as the program starts it. */
export { runCell } from "./shell/run_cell.ts";
export { runVet } from "./shell/run_vet.ts";
export { GLOBAL_NAMES } from "./worker/global_names.ts";

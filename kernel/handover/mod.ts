export { HandOver } from "./hand_over.ts";
export { type KernelState, parseKernelState, STATE_FORMAT } from "./kernel_state.ts";
export { MetaWatch } from "./meta_watch.ts";
export { retire } from "./retire.ts";

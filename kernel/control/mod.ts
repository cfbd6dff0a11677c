/** The operator's socket, seen from the kernel: hand in a handler for each verb. */
export { CONTROL_BOUNDS } from "./control_bounds.ts";
export { type ControlHandlers, type ControlStream, EncodedAnswer, type ItemOf } from "./handlers.ts";
export { type ControlOptions, type ControlServer, serveControl } from "./serve_control.ts";

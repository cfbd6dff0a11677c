/*
tries: hold a core while it is loaded
harm: cpu
stopped by: guard
config: {limits: {liveness_ms: 1000, load_ms: 1000, shutdown_ms: 500, drain_ms: 500}, restart: {max: 1, window_s: 60}}
steps:
  - {state: given up, says: "load"}
*/
for (;;);
export class Module {}

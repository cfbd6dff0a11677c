/** The door of the watchdog, and of how it starts the program's own roles. */
export { runWatchdog, type WatchdogOptions } from "./run_watchdog.ts";
export { buildCommand, isFlagPath, type Places } from "./build_command.ts";
export { BAKED_FLAGS, type OneFile } from "./one_file_command.ts";
export { childrenTable } from "./children_table.ts";
export { readSurroundings } from "./prepare_home.ts";
export { startProcess } from "./start_process.ts";

/** The door of the watchdog. */
export { keepOnly } from "./keep_only.ts";
export { runWatchdog, type WatchdogOptions } from "./run_watchdog.ts";

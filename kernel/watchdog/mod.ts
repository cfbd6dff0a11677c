/** The door of the watchdog. */
export { runWatchdog, type WatchdogOptions } from "./run_watchdog.ts";

/** What can be measured by itself (`--only`). */
export const LINE_NAMES = [
  "call",
  "throughput",
  "modules",
  "cold",
  "warm",
  "boot",
  "memory",
  "idle",
  "reload",
  "swap",
  "bracket",
] as const;
export type LineName = typeof LINE_NAMES[number];

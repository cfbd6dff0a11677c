import type { Config } from "meta-machine";

/** How many requests of one caller are kept. */
export function readMost(config: Config): number {
  const most = config.get<unknown>("max_requests", 16);
  if (Number.isSafeInteger(most) && Number(most) >= 1 && Number(most) <= 100) return Number(most);
  throw new Error(`max_requests: found ${JSON.stringify(most)}, allowed: a whole number from 1 to 100`);
}

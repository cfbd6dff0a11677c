/** How long a server asks to wait, in ms: `retry-after-ms`, or `Retry-After` as seconds or as a date. */
export function readRetryAfter(
  headers: { get(name: string): string | null } | undefined,
  wall_ms: number,
): number | undefined {
  const ms = headers?.get("retry-after-ms");
  if (ms !== null && ms !== undefined && /^\d{1,9}(?:\.\d+)?$/.test(ms)) return Math.ceil(Number(ms));
  const text = headers?.get("retry-after")?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - wall_ms);
}

/** A limit that ended a process, in words for who wrote the module: the figures first, then what they mean where the name does not say it. */
export function limitWords(limit: string, found: number, allowed: number): string {
  const figures = `${limit}: found ${found}, allowed ${allowed}`;
  return limit === "liveness_ms" ? `${figures}; ${SILENT}` : figures;
}

/** Whoever gives the loop back answers: only code that goes on and on is silent for so long. */
const SILENT =
  "its code ran for so many ms without giving the loop back, as an endless loop or one very long step does";

/** Which lines of a module ran. The bundle of a test counts them (kernel/guest/vet/count_lines.ts), the test asks for the counts at its end. */

/** File of the module → line → how often it ran. Lines that hold no statement are not there. */
export type LineCounts = Record<string, Record<number, number>>;

/** The method that a counted bundle adds to its class: no author writes such a name. */
export const COUNTS_METHOD = "metaMachineLineCounts";

/** A module's answer, added to what was counted before. It is the module's word, and nothing but a report hangs on it. */
export function addCounts(sum: LineCounts, counts: unknown, show: (file: string) => string): void {
  if (typeof counts !== "object" || counts === null) return;
  for (const [file, lines] of Object.entries(counts)) {
    const known = sum[show(file)] ??= {};
    for (const [line, count] of Object.entries(lines as Record<string, number>)) {
      known[Number(line)] = (known[Number(line)] ?? 0) + Number(count);
    }
  }
}

/** One file for each test file, which run side by side. */
export async function addFileCoverage(folder: string, counts: LineCounts): Promise<void> {
  await Deno.writeTextFile(`${folder}/${crypto.randomUUID()}.json`, JSON.stringify(counts));
}

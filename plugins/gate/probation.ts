/** After an adoption: the module's own figures, until its probation is over. One that fails more often than is allowed is taken back. */
export interface Figures {
  readonly calls: number;
  readonly faults: number;
}

export interface ProbationBounds {
  /** Of the calls since the adoption. */
  readonly max_faults: number;
  readonly ms: number;
}

/** Fewer say nothing. */
const LEAST_FAULTS = 3;
const LOOK_MS = 500;

/** Why it is to be taken back; undefined when it has passed. `look` gives its figures, or nothing while they can't be had. */
export async function onProbation(
  look: () => Promise<Figures | undefined>,
  { max_faults, ms }: ProbationBounds,
  sleep: (ms: number) => Promise<void>,
): Promise<string | undefined> {
  let first: Figures | undefined;
  for (let passed = 0; passed <= ms; passed += LOOK_MS) {
    const now = await look();
    // A kernel that follows another one begins to count where that one left off, or from the beginning.
    if (now !== undefined && (first === undefined || now.calls < first.calls)) first = now;
    const why = now && first &&
      judged({ calls: now.calls - first.calls, faults: now.faults - first.faults }, max_faults);
    if (why !== undefined) return why;
    await sleep(LOOK_MS);
  }
  return undefined;
}

function judged({ calls, faults }: Figures, max_faults: number): string | undefined {
  if (faults < LEAST_FAULTS || faults <= calls * max_faults) return undefined;
  return `${faults} of ${calls} calls failed since it was adopted; ${Math.round(max_faults * 100)} % are allowed`;
}

/** Memory and descriptors of the host's lasting processes, over time. */

export interface Figures {
  readonly rss_mb: number;
  readonly descriptors: number;
}

export function figuresOf(pid: number): Figures | undefined {
  try {
    const kb = Number(/VmRSS:\s+(\d+) kB/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]);
    return { rss_mb: kb / 1_024, descriptors: [...Deno.readDirSync(`/proc/${pid}/fd`)].length };
  } catch {
    return undefined; // it has just ended
  }
}

/** Between two collections memory climbs: what counts is how deep it falls, in the last third and in the one before. */
export function growth(samples: readonly Figures[]): { readonly rss_mb: number; readonly descriptors: number } {
  const third = Math.floor(samples.length / 3);
  const [before, last] = [samples.slice(third, 2 * third), samples.slice(-third)];
  const least = (of: readonly Figures[], figure: keyof Figures) => Math.min(...of.map((one) => one[figure]));
  return {
    rss_mb: least(last, "rss_mb") - least(before, "rss_mb"),
    descriptors: least(last, "descriptors") - least(before, "descriptors"),
  };
}

/** What a tree of processes takes, read from Linux's /proc. */

/** Why nothing can be read here, or undefined. */
export function whyNoProc(): string | undefined {
  return Deno.build.os === "linux" ? undefined : "memory and processor time are read from Linux's /proc";
}

/** The process and all it started, as far as they still run. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...children.get(parent) ?? [], Number(name)]);
  }
  const found = [root];
  for (let at = 0; at < found.length; at++) found.push(...children.get(found[at]!) ?? []);
  return found;
}

export function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** Proportional set size in MB: a page that several processes share counts as its part in each. */
export function megabytesOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return kilobytes / 1_024;
}

/** Milliseconds that each thread has run. `stat` has them in steps of 10 for each process, too coarse for a hundred that sleep. */
export function processorMsOf(pids: readonly number[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const pid of pids) {
    for (const thread of threadsOf(pid)) {
      const ns = Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]);
      found.set(`${pid}/${thread}`, ns / 1e6);
    }
  }
  return found;
}

/** What threads have run in between; one that ended meanwhile counts for nothing. */
export function processorMsBetween(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  let ms = 0;
  for (const [thread, now] of after) ms += Math.max(0, now - (before.get(thread) ?? 0));
  return ms;
}

function parentOf(pid: number): number | undefined {
  // The name in parentheses may hold anything, also parentheses.
  const rest = /^.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`));
  return rest === null ? undefined : Number(rest[1]);
}

function threadsOf(pid: number): string[] {
  try {
    return [...Deno.readDirSync(`/proc/${pid}/task`)].map(({ name }) => name);
  } catch {
    return [];
  }
}

/** "" for a process that has just ended. */
function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}

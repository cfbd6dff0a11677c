/** What the system says of a process, from outside. Only on Linux: elsewhere nothing is known, and nothing is claimed. */
const READABLE = Deno.build.os === "linux";
/** Clock ticks of /proc in a second, on every Linux there is. */
const TICKS = 100;

/** Milliseconds of a core that it has used; undefined when it is gone or not known. */
export function cpuMs(pid: number): number | undefined {
  const fields = read(`/proc/${pid}/stat`)?.replace(/^.*\) /s, "").split(" ");
  return fields === undefined || fields[0] === "Z"
    ? undefined
    : (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS;
}

/** Resident megabytes; `peak`: the most there ever were. */
export function memoryMb(pid: number, which: "now" | "peak" = "now"): number | undefined {
  const kb = new RegExp(`^${which === "peak" ? "VmHWM" : "VmRSS"}:\\s+(\\d+) kB`, "m").exec(
    read(`/proc/${pid}/status`) ?? "",
  )?.[1];
  return kb === undefined ? undefined : Number(kb) / 1024;
}

/** Processes that name the folder in their arguments, and what they are started as. */
export function processesOf(folder: string): { readonly pid: number; readonly line: string }[] {
  if (!READABLE) return [];
  return [...Deno.readDirSync("/proc")]
    .filter(({ name }) => /^\d+$/.test(name))
    .map(({ name }) => ({ pid: Number(name), line: (read(`/proc/${name}/cmdline`) ?? "").replaceAll("\0", " ") }))
    .filter(({ line }) => line.includes(`${folder}/`) || line.includes(`${folder} `));
}

/** Sockets of the internet that these processes hold: addresses as the system writes them. */
export function internetSockets(pids: readonly number[]): string[] {
  const owned = new Set(pids.flatMap(socketsOf));
  return ["tcp", "tcp6", "udp", "udp6"].flatMap((table) =>
    (read(`/proc/net/${table}`) ?? "").split("\n").slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => owned.has(fields[9] ?? ""))
      .map((fields) => `${table} ${fields[1]} to ${fields[2]}`)
  );
}

function socketsOf(pid: number): string[] {
  try {
    return [...Deno.readDirSync(`/proc/${pid}/fd`)].map(({ name }) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(Deno.readLinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? "";
      } catch {
        return ""; // it has just been closed
      }
    }).filter((inode) => inode !== "");
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  if (!READABLE) return undefined;
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}

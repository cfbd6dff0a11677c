/** Children start with a cleared environment; without DENO_DIR they would look for the cache elsewhere than this process does. */

/** What decides it, read once. */
export interface CacheFacts {
  readonly env: Readonly<Record<string, string>>;
  readonly os: string;
  /** The user's folder as the system knows it, for when HOME is not set. */
  readonly home_folder: string;
  readonly cwd: string;
}

/** The folder that this process itself uses: the same rule that Deno follows (tests/facts holds it to that). */
export function findDenoDir({ env, os, home_folder, cwd }: CacheFacts): string {
  const from_cwd = (path: string) => path.startsWith("/") ? path : `${cwd}/${path}`;
  if (env["DENO_DIR"]) return from_cwd(env["DENO_DIR"]);
  const user = env["HOME"] || home_folder;
  if (os === "darwin") return from_cwd(`${user}/Library/Caches/deno`);
  return from_cwd(`${env["XDG_CACHE_HOME"] || `${user}/.cache`}/deno`);
}

/**
 * For the C library's allocator: one arena, and what is freed goes back to the system. Measured in a cell: 2.4 MB less of 23, of which a host has
 * many; a cell allocates little outside of V8.
 */
const LEAN_ALLOCATOR = Object.freeze({
  MALLOC_ARENA_MAX: "1",
  MALLOC_TRIM_THRESHOLD_: "65536",
  MALLOC_MMAP_THRESHOLD_: "65536",
});

/** All that a cell's environment holds: the cache's folder and settings of its allocator. */
export function cellEnvironment(facts: CacheFacts): Record<string, string> {
  return { ...LEAN_ALLOCATOR, DENO_DIR: findDenoDir(facts) };
}

/**
 * A kernel's has what OpenTelemetry was told too. It alone sees whole trees of calls; and what the collector wants to see of its clients may be a
 * secret, which has no business in a process that modules share.
 */
export function kernelEnvironment(facts: CacheFacts): Record<string, string> {
  const telemetry = Object.entries(facts.env).filter(([name]) => /^OTEL_[A-Z0-9_]+$/.test(name));
  return { ...cellEnvironment(facts), ...(telemetry.length > 0 && SERVICE), ...Object.fromEntries(telemetry) };
}

/** Under which name the traces stand, unless the one who starts the host gives another. */
const SERVICE = Object.freeze({ OTEL_SERVICE_NAME: "meta-machine" });

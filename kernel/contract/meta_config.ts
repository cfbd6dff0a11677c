/** `configs/meta.yml` and `configs/meta-vN.yml`: what configures the kernel itself. */
export interface MetaConfig {
  /** Base name of the kernel's source, sought in `<home>/kernel/`, then among the shipped ones. */
  readonly prog: string;
  /** There is no road without the fence: false is refused. */
  readonly enable_sandboxing: true;
  /** Path of the image's KV file, relative to the home. */
  readonly kv: string;
  /** Path of the event log, relative to the home. */
  readonly event_log: string;
  /** MiB at which a log is put aside. */
  readonly log_max_mb: number;
  /** Files of each log that stay aside. */
  readonly log_keep: number;
  /** Days after which a file put aside goes, whatever its number; 0: never. */
  readonly log_keep_days: number;
  /** Cells that may be starting at the same time. */
  readonly max_cells_starting: number;
  /** MiB that all cells may take together; 0: three quarters of the machine's. */
  readonly cells_memory_mb: number;
  /** Blank cells kept warm. */
  readonly warm_cells: number;
  /** MiB that the kernel's own process may take before it ends and the next one takes its place. */
  readonly kernel_memory_mb: number;
}

export const META_DEFAULTS: Omit<MetaConfig, "prog"> = Object.freeze({
  enable_sandboxing: true,
  kv: "runtime/image/live_image.kv",
  event_log: "runtime/logs/events.jsonl",
  log_max_mb: 10,
  log_keep: 5,
  log_keep_days: 0,
  max_cells_starting: 4,
  cells_memory_mb: 0,
  warm_cells: 0,
  kernel_memory_mb: 1_024,
});

/** A meta file as it was found: name, version descending order is the reader's. */
export interface MetaFile {
  /** Base name: `meta-v2.yml`. */
  readonly file: string;
  readonly version: string;
  readonly text: string;
  /** SHA-256 in hex of the text. */
  readonly hash: string;
}

/** Every bound has a name, a default and the harm it prevents. Per module: `limits:` in its config. */

/** What a config may set, each a positive integer. */
export interface Limits {
  readonly memory_mb: number;
  readonly heap_mb: number;
  readonly cpu_percent: number;
  readonly call_timeout_ms: number;
  readonly calls_in_flight: number;
  readonly call_depth: number;
  readonly message_bytes: number;
  readonly messages_per_s: number;
  readonly bytes_per_s: number;
  readonly log_lines_per_s: number;
  readonly open_streams: number;
  readonly timers: number;
  readonly state_bytes: number;
  readonly image_bytes: number;
  readonly liveness_ms: number;
  readonly drain_ms: number;
  readonly shutdown_ms: number;
  readonly load_ms: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  memory_mb: 128, // a bomb of buffers would take the machine's memory
  heap_mb: 96, // V8 ends the process at its heap's end; earlier is kinder to the machine
  cpu_percent: 100, // more than one core would starve the neighbours
  call_timeout_ms: 30_000, // a call that never ends would hold its caller for ever
  calls_in_flight: 256, // a burst would grow the callee's queue without bound
  call_depth: 16, // A→B→A would go on until memory ends
  message_bytes: 8_388_608, // one message would fill its receiver's memory
  messages_per_s: 1_000_000, // a flood would take the kernel's loop
  bytes_per_s: 67_108_864, // a flood of bytes would take the kernel's loop
  log_lines_per_s: 200, // a flood of lines would fill the disk
  open_streams: 64, // streams nobody reads would pile up
  timers: 10_000, // a storm of timers would take the cell's memory
  state_bytes: 8_388_608, // carried-over state would stop the kernel for long
  image_bytes: 67_108_864, // one module would fill the image
  liveness_ms: 5_000, // a busy loop would hold its callers and a core
  drain_ms: 5_000, // an old instance would never leave
  shutdown_ms: 2_000, // a shutdown that hangs would hold the host
  load_ms: 5_000, // a module that never finishes loading would hold the plan
});

export const LIMIT_NAMES = Object.freeze(Object.keys(DEFAULT_LIMITS)) as readonly (keyof Limits)[];

/** Bounds of the wire between kernel and cells, and of the control socket; not configurable. */
export const WIRE = Object.freeze({
  /** A longer frame is a lie or a bomb: refused before one byte of it is stored. */
  frame_bytes: 1_048_576,
  /** Routing headers are small; a large one would cost the kernel a parse. */
  header_bytes: 4_096,
  /** Messages in one frame: more would hold the loop for too long. */
  batch_messages: 256,
  /** Bytes after which a batch is sent although the turn goes on. */
  batch_bytes: 262_144,
  /** A payload above this travels in pieces, so that one large message does not hold all others. */
  chunk_bytes: 65_536,
  /** Items and their bytes that a stream may be ahead of its reader: more would fill memory on every hop. */
  items_ahead: 1_024,
  items_ahead_bytes: 262_144,
  /** One item of a stream travels in one frame, unlike other payloads: a larger value is better told as several. */
  item_bytes: 262_144,
  /** Levels of nesting in a payload, checked by a scan before it is parsed. */
  depth: 64,
  /** A link that has not proved itself gets one small frame and one second. */
  unproven_bytes: 1_024,
  unproven_ms: 1_000,
  unproven_links: 8,
  /** What a sender may have under way unacknowledged on one link before it waits for credit. */
  window_bytes: 4_194_304,
  window_messages: 4_096,
  /** What the kernel queues for a cell that does not read before it refuses more calls for it. */
  queue_bytes: 16_777_216,
  /** Answers kept by a callee's shell until the caller has acknowledged them. */
  done_count: 4_096,
  done_bytes: 16_777_216,
  done_ms: 60_000,
  /** Answers that one `ack` names: it costs no credit, so that a wide one would hold the kernel at no price. */
  ack_ids: 1_024,
});

/** Bounds of source and configuration files. */
export const SOURCES = Object.freeze({
  /** One file of a module: longer ones stop the stripper. */
  file_bytes: 2_097_152,
  /** All files of a module. */
  total_bytes: 8_388_608,
  files: 400,
  /** A config file; YAML costs much more than its size. */
  config_bytes: 262_144,
  configs: 2_000,
  yaml_aliases: 100,
  bundle_bytes: 8_388_608,
});

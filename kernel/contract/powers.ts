/** What the kernel can do in the world, as interfaces. `powers_deno.ts` is the one file that turns Deno into them. */

/** Monotonic milliseconds, wall clock and timers. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never go back, for measuring. */
  monotonic(): number;
  /** Runs once after `ms`; the returned function cancels and may be called any number of times. */
  after(ms: number, then: () => void): () => void;
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  /** 0 ≤ x < 1. */
  unit(): number;
}

export interface FileFacts {
  readonly kind: "file" | "folder" | "symlink" | "other";
  readonly size: number;
  readonly mtime_ms: number;
  readonly inode: number;
  readonly mode: number;
  readonly uid: number;
}

/** Files below the folders the kernel was given. Paths are absolute. Missing files are `undefined`, everything else throws. */
export interface Files {
  readText(path: string, max_bytes: number): Promise<string | undefined>;
  read(path: string, max_bytes: number): Promise<Uint8Array | undefined>;
  /** So many bytes from the beginning or before the end, or as many as there are, however long the file is. */
  readPart(path: string, part: { readonly first: number } | { readonly last: number }): Promise<Uint8Array | undefined>;
  /** Follows symlinks. */
  stat(path: string): Promise<FileFacts | undefined>;
  /** Does not follow the last symlink. */
  lstat(path: string): Promise<FileFacts | undefined>;
  realPath(path: string): Promise<string | undefined>;
  list(path: string): Promise<readonly { readonly name: string; readonly kind: FileFacts["kind"] }[] | undefined>;
  /** Beside and renamed: a reader sees the old or the new text, never half of it. */
  writeWhole(path: string, data: string | Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string, mode?: number): Promise<void>;
  /** Opens for appending; each write is one append of whole lines. */
  appender(path: string): Promise<Appender>;
  /** Calls back on any change below the paths; a hint only. */
  watch(paths: readonly string[], changed: (path: string) => void): () => void;
}

export interface Appender {
  readonly size: number;
  write(text: string): Promise<void>;
  close(): void;
}

/** A connected stream. `write` resolves when the system has taken all of it. */
export interface Connection {
  read(into: Uint8Array): Promise<number | null>;
  write(data: Uint8Array): Promise<void>;
  close(): void;
}

/** Unix sockets. */
export interface Sockets {
  /** Listens at `own` (removed first if stale), then publishes it as `published` by link and rename: never a moment without a socket. */
  listen(own: string, published: string, accept: (connection: Connection) => void): Promise<Listening>;
}

export interface Listening {
  /** Gives it the published name again, which another process may have taken for a while. */
  publish(): Promise<void>;
  close(): void;
}

/** The lines to and from the watchdog. */
export interface LineChannel {
  send(message: unknown): void;
  /** Ends when the watchdog is gone. */
  messages(): AsyncIterable<unknown>;
  /** Resolves when everything sent has been taken. */
  flush(): Promise<void>;
}

/** A call as a tracer sees it. */
export interface TracedCall {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: string;
  readonly caller: { readonly api: string; readonly principal: string };
  /** W3C trace context. */
  readonly trace: string;
  /** The call that was being served when this one was made. */
  readonly parent: TracedCall | undefined;
}

/** Is told of every admitted call. Never throws, never waits. */
export interface CallTracer {
  /** Gives the trace context that the call bears from now on; its callee sees it. */
  began(call: TracedCall): string;
  /** An answer is on its way, or its first piece: a fault's code, or undefined when all is well. The last word counts. */
  answered(call: TracedCall, code: string | undefined): void;
  ended(call: TracedCall): void;
}

/** What a Kernel is constructed with. */
export interface KernelPowers {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly files: Files;
  readonly sockets: Sockets;
  readonly watchdog: LineChannel;
  readonly pid: number;
  /** Version of the runtime, for what is cached of its work. */
  readonly runtime: string;
  /** Writes one line to stderr. Never throws. */
  readonly stderr: (line: string) => void;
  /** Ends this process after everything written has been taken. */
  readonly exit: (code: number) => void;
  /** Resident memory in bytes and CPU milliseconds of this process. */
  readonly figures: () => { rss: number; cpu_ms: number };
  /** Undefined when nobody wants traces. */
  readonly tracer?: CallTracer | undefined;
}

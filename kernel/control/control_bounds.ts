/** Bounds of the operator's socket, each with the harm it prevents; not configurable. */
import { DEFAULT_LIMITS } from "../contract/limits.ts";

export const CONTROL_BOUNDS = Object.freeze({
  /** Open at once: forgotten `logs -f` would hold the kernel's memory without end. */
  connections: 64,
  /** Unanswered requests of one connection: a script gone wild would queue calls without end. */
  requests: 16,
  /** One request's params put together from pieces: they would fill the kernel's memory. */
  request_bytes: DEFAULT_LIMITS.message_bytes,
  /** Bytes waiting for a client that does not read, above which its further requests are not read either. */
  unread_bytes: DEFAULT_LIMITS.message_bytes,
  /** Items waiting for a follower that does not read, above which new ones are dropped and counted. */
  stream_items: 1_000,
  stream_bytes: 1_048_576,
  /** Lines of the past that one `logs` or `events` may ask for. */
  lines: 10_000,
  /** What a closing server gives its clients to take their last answer. */
  close_ms: 500,
});

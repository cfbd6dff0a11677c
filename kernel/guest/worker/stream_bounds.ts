import { WIRE } from "../../contract/limits.ts";

/** Bounds of one stream over calls; not configurable. */
export const STREAM = Object.freeze({
  /** Items that a producer may be ahead of its consumer. */
  items: WIRE.items_ahead,
  /** Bytes that it may be ahead, but for one item that is larger. */
  bytes: WIRE.items_ahead_bytes,
  item_bytes: WIRE.item_bytes,
  /** Items in one message: each is parsed at once. */
  batch_items: 256,
  batch_bytes: 32_768,
});

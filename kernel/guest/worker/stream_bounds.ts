/** Bounds of one stream over calls; not configurable. */
export const STREAM = Object.freeze({
  /** Items that a producer may be ahead of its consumer: more would fill memory on every hop. */
  items: 1_024,
  /** Bytes that it may be ahead, but for one item that is larger. */
  bytes: 262_144,
  /** One item travels in one frame: a larger value is better told as several. */
  item_bytes: 262_144,
  /** Items in one message: each is parsed at once. */
  batch_items: 256,
  batch_bytes: 32_768,
});

/** Plain data (contract/plain.ts) as a payload's bytes and back: one door for both halves. */
export { ENCODE_BYTES, encodeValue } from "./encode_value.ts";
export { decodeValue } from "./decode_value.ts";

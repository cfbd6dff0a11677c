/**
 * Plain data: what may cross a fence. Not `Map`, not class instances, no functions, no holes.
 * `undefined` is allowed as a value and arrives as such.
 */
export type Plain =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** A plain object. */
export type PlainMap = { readonly [key: string]: Plain };

/** What a column can hold when it leaves: small integers as numbers, others as bigint. */
export type PlainValue = null | number | bigint | string | Uint8Array;
export type Row = Record<string, PlainValue>;

/** A row as plain data. The driver gives objects without a prototype, and every integer as a bigint so that none is rounded. */
export function plainRow(row: Readonly<Record<string, PlainValue>>): Row {
  const plain = { ...row };
  for (const name of Object.keys(plain)) {
    const value = plain[name];
    if (typeof value === "bigint") plain[name] = plainInteger(value);
  }
  return plain;
}

export function plainInteger(value: number | bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** About what a row takes in a message. */
export function rowBytes(row: Row): number {
  let bytes = 2;
  for (const name of Object.keys(row)) {
    const value = row[name];
    bytes += name.length + 4 + (typeof value === "string" || value instanceof Uint8Array ? value.length : 8);
  }
  return bytes;
}

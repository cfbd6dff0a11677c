/**
 * Where a record stands in its log: `7-100` is the hundredth that kernel 7 wrote. Epochs grow over kernels and over hosts, so a reader whose kernel
 * died can ask the next one for what came after, and a record that never reached the disk is not mistaken for one of the next kernel's.
 */
const RECORD_ID = /^([0-9]{1,15})-([0-9]{1,15})$/;

export interface RecordPlace {
  readonly epoch: number;
  readonly count: number;
}

export function recordId({ epoch, count }: RecordPlace): string {
  return `${epoch}-${count}`;
}

/** Undefined for anything else. */
export function parseRecordId(id: unknown): RecordPlace | undefined {
  const found = typeof id === "string" ? RECORD_ID.exec(id) : null;
  return found === null ? undefined : { epoch: Number(found[1]), count: Number(found[2]) };
}

/** A record without a place is as old as can be. */
export function standsAfter(id: string | undefined, mark: RecordPlace): boolean {
  const place = parseRecordId(id);
  if (place === undefined) return false;
  return place.epoch === mark.epoch ? place.count > mark.count : place.epoch > mark.epoch;
}

import { defineProperty, floor, freeze, monotonic, wallClock } from "./primordials.ts";

/** Clocks of a millisecond: finer ones measure what others do with the same processor. */
export function sealTime(): void {
  const clock = freeze({ now: () => floor(monotonic()) });
  defineProperty(globalThis, "performance", { value: clock, writable: true, configurable: true, enumerable: false });
  if (typeof Temporal !== "undefined") sealTemporal();
}

function sealTemporal(): void {
  const now = Temporal.Now;
  const { fromEpochMilliseconds } = Temporal.Instant;
  const timeZoneId = now.timeZoneId;
  const instant = () => fromEpochMilliseconds(wallClock());
  const zoned = (zone: Temporal.TimeZoneLike = timeZoneId()) => instant().toZonedDateTimeISO(zone);
  const coarse = {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone?: Temporal.TimeZoneLike) => zoned(zone).toPlainTime(),
  };
  for (const [name, value] of Object.entries(coarse)) {
    defineProperty(now, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

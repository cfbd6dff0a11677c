/** Resolves when `what` has, in whichever way, or after `ms`; leaves no timer behind. */
export async function within(ms: number, what: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([what.catch(() => {}), late.promise]);
  clearTimeout(timer);
}

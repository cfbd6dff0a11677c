/** One command at a time changes what is allowed: two that each read the lock and write it would lose a line, and a module without a line is local. */

/** The system frees it when this process ends, however it ends. The host takes no part: it only reads. */
export async function holdConfigs<T>(home: string, act: () => Promise<T>): Promise<T> {
  await Deno.mkdir(`${home}/configs`, { recursive: true, mode: 0o755 });
  using folder = await Deno.open(`${home}/configs`, { read: true });
  await folder.lock(true);
  return await act();
}

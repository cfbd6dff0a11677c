/** What `deno task start` sets for the watchdog; all contenders get it, so that the allocator is no difference between them. */
import config from "../deno.json" with { type: "json" };

export function environmentOfStart(): Record<string, string> {
  return Object.fromEntries(
    [...config.tasks.start.command.matchAll(/\b(MALLOC_\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
  );
}

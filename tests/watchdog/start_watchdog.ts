/** What a test starts: a watchdog in a process of its own, as `start` does it. */
import { fromFileUrl } from "@std/path";
import { ALL_CATEGORIES, type PermissionCategory } from "../../kernel/contract/roles.ts";
import { runWatchdog } from "../../kernel/watchdog/mod.ts";

function isGranted(name: PermissionCategory): boolean {
  return Deno.permissions.querySync({ name } as Deno.PermissionDescriptor).state === "granted";
}

const [home, ...options] = Deno.args;
Deno.exit(
  await runWatchdog({
    home: home!,
    program: fromFileUrl(new URL("../../", import.meta.url)),
    version: "0.0.0",
    log_level: "DEBUG",
    entry: fromFileUrl(new URL("./scripted_entry.ts", import.meta.url)),
    on_ready: ({ modules, control }) => {
      console.log(`ready: ${modules} modules, control ${control}`);
      console.log(`holds: ${ALL_CATEGORIES.filter(isGranted).join(" ")}`);
    },
    stop_at_stdin_end: options.includes("stop_at_stdin_end"),
  }),
);

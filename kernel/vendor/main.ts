import { fileURLToPath } from "node:url";
import { runVendor } from "./run_vendor.ts";

Deno.exitCode = await runVendor(Deno.args, fileURLToPath(new URL("../../", import.meta.url)), {
  out: console.log,
  err: console.error,
});

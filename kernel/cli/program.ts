/** What runs: the program's own folder, its version, and the Deno it was built on. */
import { fromFileUrl } from "@std/path";
import deno_json from "../../deno.json" with { type: "json" };

/** Absolute, with the shipped `configs/` in it. */
export const PROGRAM_FOLDER: string = fromFileUrl(new URL("../../", import.meta.url)).replace(/\/$/, "");
export const PROGRAM_VERSION: string = deno_json.version;
/** Everything here was measured on this one; others may lack a permission or a flag that the fence leans on. */
export const WANTED_DENO = "2.9.6";

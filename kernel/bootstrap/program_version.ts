import deno_json from "../../deno.json" with { type: "json" };

/** Of the program that this process was loaded from: the watchdog may be of an older one. */
export const PROGRAM_VERSION: string = deno_json.version;

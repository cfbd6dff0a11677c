/** `deno compile` puts a program behind `denort`, Deno without its tools, which is not part of Deno's own package. */
import { join } from "node:path";

/** Where it may be: what DENORT_BIN names alone, where that is set; else the archive that Deno keeps once it has fetched it. */
export function denortPlaces(
  facts: {
    readonly denort_bin: string | undefined;
    readonly deno_dir: string;
    readonly version: string;
    readonly target: string;
  },
): readonly string[] {
  if (facts.denort_bin !== undefined) return [facts.denort_bin];
  return [join(facts.deno_dir, "dl/release", `v${facts.version}`, `denort-${facts.target}.zip`)];
}

/** Undefined when it is here; else why a binary can't be made, and what to do about it. */
export async function missingDenort(): Promise<string | undefined> {
  const places = denortPlaces({
    denort_bin: Deno.env.get("DENORT_BIN"),
    deno_dir: await denoDir(),
    version: Deno.version.deno,
    target: Deno.build.target,
  });
  for (const place of places) if (await isFile(place)) return undefined;
  return `denort ${Deno.version.deno} is not here (sought: ${
    places.join(", ")
  }); set DENORT_BIN to one, or let 'deno compile' fetch it once where dl.deno.land is within reach`;
}

async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return (JSON.parse(new TextDecoder().decode(stdout)) as { denoDir: string }).denoDir;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

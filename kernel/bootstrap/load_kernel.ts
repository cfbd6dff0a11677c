/** Finds the class `Kernel` that a meta file's `prog` names: in the home's `kernel/`, then among the shipped ones. */
import type { MetaConfig } from "../contract/meta_config.ts";
import type { Files } from "../contract/powers.ts";
import type { KernelClass } from "../kernel_setup.ts";

/** Shipped kernels, by base name: literal imports, so that they are part of the program wherever it runs. */
const SHIPPED: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  kernel: () => import("../kernel.ts"),
};

/** Throws with the reason when there is none. A file is imported anew when its text has changed. */
export async function loadKernelClass(
  files: Files,
  places: { home: string; program: string },
  meta: MetaConfig,
): Promise<KernelClass> {
  const found = await importProg(files, places, meta.prog);
  const { Kernel } = found;
  if (typeof Kernel === "function") return Kernel as KernelClass;
  const hint = "Module" in found ? "; it exports a class named Module, which is a plugin's" : "";
  throw new Error(`kernel/${meta.prog}.ts exports no class named Kernel${hint}`);
}

async function importProg(
  files: Files,
  { home, program }: { home: string; program: string },
  prog: string,
): Promise<Record<string, unknown>> {
  const shipped = Object.hasOwn(SHIPPED, prog) ? SHIPPED[prog] : undefined;
  if (shipped !== undefined && home === program) return await shipped();
  const path = `${home}/kernel/${prog}.ts`;
  const facts = await files.stat(path);
  if (facts !== undefined) return await import(`${fileUrl(path)}?v=${facts.mtime_ms}-${facts.size}`);
  if (shipped !== undefined) return await shipped();
  throw new Error(
    `prog '${prog}' not found: neither ${path} nor a shipped kernel (${Object.keys(SHIPPED).join(", ")})`,
  );
}

/** A home's name may hold anything, also what means something in a URL. */
function fileUrl(path: string): string {
  return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

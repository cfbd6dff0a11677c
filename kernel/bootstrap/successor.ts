/**
 * A kernel that is to take over: it loads the one version it was started for, constructs it, imports the state of the kernel that leads, and boots. Whatever
 * fails before it says `imported` costs nothing but this process: the other one serves on.
 */
import type { MetaConfig, MetaFile } from "../contract/meta_config.ts";
import type { KernelLike, KernelSetup } from "../kernel_setup.ts";
import { parseMeta } from "../config/mod.ts";
import { loadKernelClass } from "./load_kernel.ts";

type Base = Omit<KernelSetup, "meta" | "meta_file">;

export interface SuccessorParts {
  /** Resolves with the former kernel's state. */
  readonly state: () => Promise<unknown>;
  /** The meta file is read: its bounds hold from now on. */
  readonly bound: (meta: MetaConfig) => void;
}

/** No fault of the version's: there is another one by now. */
export class Superseded extends Error {}

/** Resolves when it leads and has booted. Throws with the reason for which it can't. */
export async function bootSuccessor(
  base: Base,
  found: readonly MetaFile[],
  { state, bound }: SuccessorParts,
): Promise<{ readonly kernel: KernelLike; readonly meta: MetaConfig }> {
  const { powers, hello, log } = base;
  const wanted = hello.successor!;
  const meta_file = found.find(({ file, hash }) => file === wanted.meta && hash === wanted.hash);
  if (meta_file === undefined) throw new Superseded(`${wanted.meta} has changed since a hand-over to it was asked for`);
  const meta = parseMeta(meta_file.text);
  if (!meta.ok) throw new Error(meta.reason);
  bound(meta.value);
  powers.watchdog.send({ t: "booting", meta: meta_file.file, hash: meta_file.hash });
  const Kernel = await loadKernelClass(powers.files, hello, meta.value);
  const kernel = new Kernel({ ...base, meta: meta.value, meta_file });
  if (kernel.importState === undefined) {
    throw new Error(`the Kernel of '${meta.value.prog}' has no importState(): it can be started, but can't take over`);
  }
  const told = state();
  powers.watchdog.send({ t: "take_over" });
  await kernel.importState(await told);
  log.info(`the state is imported; taking over with ${meta_file.file}`);
  await kernel.boot();
  return { kernel, meta: meta.value };
}

/** The text that a module runs as: from the cache, else from the vet cell, once for all who ask at the same time. */
import { ok, type Result } from "../contract/fault.ts";
import type { SourceSet } from "../contract/spec.ts";
import type { VetAnswer, VetOrder } from "../contract/wire.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import type { BundleCache } from "./bundle_cache.ts";

/** Raised by hand whenever kernel/guest/vet makes another bundle of the same source. */
export const VET_VERSION = 2;

export interface BundleRequest {
  readonly api: string;
  readonly source: SourceSet;
  /** `grants.packages` and `grants.builtins`. */
  readonly packages: readonly string[];
  readonly builtins: readonly string[];
  /** The module's config, to be named where something is not granted. */
  readonly config?: string;
}

export interface BundlePowers {
  readonly cache: BundleCache;
  /** Asks a vet cell; answers a fault also when that cell dies. */
  readonly vet: (order: VetOrder) => Promise<Result<VetAnswer>>;
  /** Versions of the shipped packages by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** The version of the runtime, which strips the types. */
  readonly runtime: string;
}

export type LoadBundle = (request: BundleRequest) => Promise<Result<VetAnswer>>;

/** Faults are not kept: the next who asks has it vetted again. */
export function bundleLoader({ cache, vet, versions, runtime }: BundlePowers): LoadBundle {
  const under_way = new Map<string, Promise<Result<VetAnswer>>>();

  return async (request) => {
    const key = await bundleKey(request, versions, runtime);
    const other = under_way.get(key);
    if (other !== undefined) return await other;
    const mine = load(key, request).finally(() => under_way.delete(key));
    under_way.set(key, mine);
    return await mine;
  };

  async function load(key: string, request: BundleRequest): Promise<Result<VetAnswer>> {
    const { source: { entry, files }, ...facts } = request;
    const kept = await cache.read(key);
    if (kept !== undefined) return ok({ code: kept });
    const answer = await vet({ ...facts, entry, files });
    if (answer.ok) await cache.write(key, answer.value.code);
    return answer;
  }
}

/** Changes with everything that a bundle is made of. */
export async function bundleKey(
  { api, source, packages, builtins }: BundleRequest,
  versions: Readonly<Record<string, string>>,
  runtime: string,
): Promise<string> {
  const granted = packages.toSorted().map((name) => [name, versions[name] ?? ""]);
  return await sha256Hex(JSON.stringify([VET_VERSION, runtime, api, source.hash, granted, builtins.toSorted()]));
}

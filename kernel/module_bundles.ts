/** The text that a module runs as, from its source: the loader, with this home's cache and its vet cell. */
import { ok, refuse, type Result } from "./contract/fault.ts";
import type { Files } from "./contract/powers.ts";
import type { PlannedModule } from "./contract/spec.ts";
import type { VetCell } from "./cell/mod.ts";
import { bundleCache, bundleLoader } from "./loader/mod.ts";
import { LIBRARY_VERSIONS } from "../libs/mod.ts";

export interface BundleParts {
  readonly files: Files;
  readonly home: string;
  readonly vet: Pick<VetCell, "vet">;
  readonly runtime: string;
  /** Names of modules' files as a person finds them. */
  readonly inRealPaths: (text: string) => string;
}

/** How long one source may keep the vet cell busy. */
const VET_MS = 5_000;

export function moduleBundles(
  { files, home, vet, runtime, inRealPaths }: BundleParts,
): (planned: PlannedModule) => Promise<Result<string>> {
  const load = bundleLoader({
    cache: bundleCache(files, `${home}/runtime/cache/modules`),
    vet: (order) => vet.vet(order, VET_MS),
    versions: LIBRARY_VERSIONS,
    runtime,
  });
  return async ({ spec: { api, config, grants: { packages, builtins } }, source }) => {
    const bundled = await load({ api, config, source, packages, builtins });
    if (bundled.ok) return ok(bundled.value.code);
    return refuse({ ...bundled.fault, message: inRealPaths(bundled.fault.message) });
  };
}

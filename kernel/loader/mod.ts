/** From files to the text that runs: sources read once, bundles vetted once, positions told in the author's words. */
export { type BundleCache, bundleCache } from "./bundle_cache.ts";
export {
  bundleKey,
  bundleLoader,
  type BundlePowers,
  type BundleRequest,
  type LoadBundle,
  VET_VERSION,
} from "./load_bundle.ts";
export { type OwnPackages, ownPackages, type ReadOwnPackages } from "./own_packages.ts";
export {
  isPackageName,
  isPackageVersion,
  type LockedPackage,
  packageFile,
  PACKAGES,
  PACKAGES_FOLDER,
  PACKAGES_LOCK,
  type PackagesLock,
  parsePackagesLock,
} from "./packages_lock.ts";
export { readSources, type SourceCandidate } from "./read_sources.ts";
export { type FindPath, pathsOf, pluginUrl, realPositions } from "./source_positions.ts";

/**
 * From files to the desired state: readConfigs → settle → resolvePlan (pick versions, parse, find claims, apply the
 * lock, hash). Pure but for the reading.
 *
 * @module
 */
export type { AllowedCopies, AllowedCopy } from "./allowed_copy.ts";
export { allowedFormer } from "./allowed_copy.ts";
export { applyLock, type LockVerdict, SHIPPED_ONLY } from "./apply_lock.ts";
export { beyondLock } from "./beyond_lock.ts";
export { canonicalText } from "./canonical_text.ts";
export { compareVersions } from "./compare_versions.ts";
export { doubtsOf } from "./doubts.ts";
export { CONFIGS, type DerivedNames, deriveNames, hasConfigExtension } from "./derive_names.ts";
export { findMetaFiles } from "./find_meta_files.ts";
export { hashModule, type PromptText } from "./hash_module.ts";
export { type HomeFolder, homeRights } from "./home_rights.ts";
export { lockLine, NOTHING_ALLOWED } from "./lock_line.ts";
export { isMetaName, metaFiles } from "./meta_files.ts";
export { CONFIG_KEYS, DEFAULT_IDLE_MS, lineOf, parseConfig, type ParsedConfig } from "./parse_config.ts";
export { neverWritten } from "./never_written.ts";
export { NO_GRANTS } from "./parse_grants.ts";
export { type Lock, LOCK_FILE, type LockEntry, type ParsedLock, parseLock } from "./parse_lock.ts";
export { DEFAULT_PRINCIPAL, parsePrincipals } from "./parse_principals.ts";
export { type ParsedMeta, parseMeta } from "./parse_meta.ts";
export { type PickedVersions, pickVersions } from "./pick_versions.ts";
export { type ConfigCache, type ConfigsRead, type ConfigText, readConfigs, type ReadOptions } from "./read_configs.ts";
export { DEFAULT_RESTART } from "./parse_restart.ts";
export { type PlanWorld, resolvePlan } from "./resolve_plan.ts";
export { type ProgCandidate, progCandidates, type ProgPlaces } from "./resolve_prog.ts";
export { type LockSeen, settleLock } from "./settle_lock.ts";
export { settle, SETTLE_MS, type Settled, type Settling } from "./settle.ts";
export { type Rename, toggleFiles } from "./toggle_files.ts";
export { isReservedName } from "./walk_configs.ts";
export { beyondGrants } from "./within_grants.ts";

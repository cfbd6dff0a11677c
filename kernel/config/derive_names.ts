/** The folder of all configs, relative to the home. */
export const CONFIGS = "configs";

/** What the place of a config file says by itself. Not yet checked: a path may make no api name. */
export interface DerivedNames {
  /** The file without version and extension: all versions of one config have the same. */
  readonly base: string;
  /** Default of `api` and of `prog`: the base below `configs/`, a dot read as `_`. */
  readonly path: string;
  /** As written in the file name (`1.9`), or "". */
  readonly version: string;
}

/**
 * `configs/services/my_module-v1.2.yml` → path `services/my_module`, version `1.2`. The file is relative to the home.
 */
export function deriveNames(file: string): DerivedNames {
  const stem = file.replace(CONFIG_EXTENSION, "");
  const version = /-v(\d+(?:\.\d+)*)$/.exec(stem)?.[1] ?? "";
  const base = version === "" ? stem : stem.slice(0, -(version.length + "-v".length));
  const below = base.startsWith(`${CONFIGS}/`) ? base.slice(CONFIGS.length + 1) : base;
  return { base, path: below.replaceAll(".", "_"), version };
}

/** True for the name of a file that is read as a config. */
export function hasConfigExtension(name: string): boolean {
  return CONFIG_EXTENSION.test(name);
}

const CONFIG_EXTENSION = /\.ya?ml$/;

import { BUILTINS, type FolderGrant, type Grants, type ImageGrant, KERNEL_GRANTS } from "../contract/spec.ts";
import type { ValuePath } from "../std/yaml_lines.ts";
import { parseSecretGrant } from "./parse_secret_grant.ts";
import { parseServiceGrant } from "./parse_service_grant.ts";
import { readListenAddress, readNetAddress } from "./read_address.ts";
import { readHomePath, readRelativePath } from "./read_path.ts";
import { readBoolean, readChoice, readList, readMap, readText } from "./read_value.ts";

// deno-fmt-ignore
const KEYS: readonly (keyof Grants)[] = Object.freeze([
  "services", "net", "secrets", "image", "prompts", "logs", "packages", "builtins", "listen", "folders", "kernel", "wasm",
]);
export { NO_GRANTS } from "../contract/spec.ts";

const MODES = ["r", "rw"] as const;

/**
 * The `grants:` of a config, of the lock or of a principal. Throws Misfit for an unknown key and for every entry out of
 * its pattern or list.
 */
export function parseGrants(value: unknown, path: ValuePath): Grants {
  const map = readMap(value, path, KEYS);
  const list = <T>(key: keyof Grants, entry: string, read: (entry: unknown, path: ValuePath) => T) =>
    readList(map[key], [...path, key], entry, read);
  return Object.freeze({
    services: list("services", "api names or maps of api, methods, aspects", parseServiceGrant),
    net: list("net", "host:port", readNetAddress),
    secrets: list("secrets", "names of environment variables", parseSecretGrant),
    image: list("image", "maps of root, mode", parseImageGrant),
    prompts: list("prompts", "files below prompts/", (entry, at) => readRelativePath(entry, at, "prompts/")),
    logs: list("logs", "names of logs", readLogName),
    packages: list("packages", "names of packages", readPackageName),
    builtins: list("builtins", BUILTINS.join(", "), (entry, at) => readChoice(entry, at, BUILTINS)),
    listen: list("listen", "host:port", readListenAddress),
    folders: list("folders", "maps of path, mode", parseFolderGrant),
    kernel: list("kernel", KERNEL_GRANTS.join(", "), (entry, at) => readChoice(entry, at, KERNEL_GRANTS)),
    wasm: map.wasm === undefined || map.wasm === null ? false : readBoolean(map.wasm, [...path, "wasm"]),
  });
}

function parseFolderGrant(value: unknown, path: ValuePath): FolderGrant {
  const map = readMap(value, path, ["path", "mode"]);
  return Object.freeze({
    path: readHomePath(map.path, [...path, "path"]),
    mode: readChoice(map.mode, [...path, "mode"], MODES),
  });
}

function parseImageGrant(value: unknown, path: ValuePath): ImageGrant {
  const map = readMap(value, path, ["root", "mode"]);
  return Object.freeze({
    root: readRelativePath(map.root, [...path, "root"], "the image's root"),
    mode: readChoice(map.mode, [...path, "mode"], MODES),
  });
}

function readLogName(value: unknown, path: ValuePath): string {
  const allowed = "a letter followed by up to 31 letters, digits, '_' or '-'";
  return readText(value, path, allowed, (text) => /^[A-Za-z][A-Za-z0-9_-]{0,31}$/.test(text));
}

function readPackageName(value: unknown, path: ValuePath): string {
  const allowed = "the name of a package, such as kysely or @scope/name";
  const name = /^(?:@[a-z0-9][a-z0-9._-]{0,63}\/)?[a-z0-9][a-z0-9._-]{0,127}$/;
  return readText(value, path, allowed, (text) => name.test(text));
}

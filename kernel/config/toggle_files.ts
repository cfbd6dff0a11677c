import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { ApiName } from "../contract/names.ts";
import { guessApi } from "./guess_api.ts";
import { parseConfig } from "./parse_config.ts";

/** A rename below the home; both paths relative to it. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/**
 * Which renames switch an api off (a dot before every file that claims it, whatever its version) or on again. `files`
 * are all config files, those with a dot included (readConfigs with `dotted: "list"`). Nothing to rename is fine when
 * the api is as wanted already. Refuses an api that no file claims, and a rename onto a file that is there.
 */
export function toggleFiles(
  want: "enable" | "disable",
  api: ApiName,
  files: readonly { readonly file: string; readonly text: string }[],
): Result<readonly Rename[]> {
  const claimants = files.filter(({ file, text }) => apiOf(bare(file), text) === api).map(({ file }) => file);
  if (claimants.length === 0) {
    return refuse(
      fault("not_found", `no file below configs/ claims api '${api}'`, { hint: "`status` lists the apis there are" }),
    );
  }
  const renames = claimants.filter((file) => isDotted(file) === (want === "enable")).map((file) => ({
    from: file,
    to: flip(file),
  }));
  const there = renames.find(({ to }) => files.some(({ file }) => file === to));
  if (there === undefined) return ok(renames);
  return refuse(fault("conflict", `cannot rename ${there.from} to ${there.to}: there is such a file`, {
    hint: `remove or rename one of the two, then ${want} again`,
    retriable: false,
  }));
}

function apiOf(file: string, text: string): ApiName | undefined {
  const parsed = parseConfig({ file, text });
  return parsed.ok ? parsed.spec.api : parsed.rejection.api ?? guessApi(file, text);
}

function isDotted(file: string): boolean {
  return file.slice(file.lastIndexOf("/") + 1).startsWith(".");
}

function bare(file: string): string {
  return isDotted(file) ? flip(file) : file;
}

function flip(file: string): string {
  const name = file.lastIndexOf("/") + 1;
  return isDotted(file) ? file.slice(0, name) + file.slice(name + 1) : `${file.slice(0, name)}.${file.slice(name)}`;
}

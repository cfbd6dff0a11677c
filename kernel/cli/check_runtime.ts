/** `doctor` on what runs the program. */
import { compare, parse } from "@std/semver";
import { fail, type Finding, good, warn } from "./doctor_finding.ts";
import { WANTED_DENO } from "./program.ts";

export function checkDeno(version: string): Finding {
  const found = `deno ${version}`;
  if (version === WANTED_DENO) return good("deno", found);
  const mend = `use ${WANTED_DENO}: npm install -g deno@${WANTED_DENO}, or npx deno@${WANTED_DENO} task start`;
  const older = compare(parse(version), parse(WANTED_DENO)) < 0;
  return older ? fail("deno", `${found}, older than ${WANTED_DENO}`, mend) : warn("deno", `${found}, untried`, mend);
}

export function checkPlatform(os: string, arch: string): Finding {
  if (os === "linux" || os === "darwin") return good("platform", `${os} ${arch}`);
  return fail("platform", `${os} ${arch} is not supported`, "use Linux or macOS");
}

export interface DiskFacts {
  readonly free_bytes: number;
  readonly total_bytes: number;
}
const MIB = 1_048_576;
const GIB = 1_073_741_824;

/** A full disk stops logs first and data next. */
export function checkDisk({ free_bytes, total_bytes }: DiskFacts): Finding {
  const found = `${(free_bytes / GIB).toFixed(1)} of ${(total_bytes / GIB).toFixed(1)} GiB free`;
  if (free_bytes < 64 * MIB) return fail("disk", found, "free some space; commits and logs will fail");
  return free_bytes < GIB ? warn("disk", found, "free some space") : good("disk", found);
}

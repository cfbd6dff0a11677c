/** `doctor`: what would keep a host from running here, and what would mend it. */
import { statfsSync } from "node:fs";
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { checkHost } from "./check_host.ts";
import { checkProgram } from "./check_program.ts";
import { checkRunFolder } from "./check_run_folder.ts";
import { checkDeno, checkDisk, checkPlatform, type DiskFacts } from "./check_runtime.ts";
import { type Colour, paint } from "./colour.ts";
import { fail, type Finding } from "./doctor_finding.ts";
import { examples } from "./examples.ts";
import { PROGRAM_FOLDER, PROGRAM_VERSION } from "./program.ts";
import { realHomes } from "./real_homes.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareDoctor(program: Command, run: RunCommand): void {
  program.command("doctor")
    .description("look at versions, rights, grants, sockets, lock and disk, and say what would mend what is wrong")
    .addHelpText("after", examples("doctor", "doctor --json"))
    .action(() =>
      run(async ({ home, json, out }) => {
        const findings = await examine(home);
        const well = findings.every(({ state }) => state !== "fail");
        if (json) await answerJson(out, { ok: well, checks: findings });
        else await answerText(out, renderFindings(findings, out.colour));
        return ok(well ? 0 : 1);
      })
    );
}

/** A look that itself fails is a finding too. */
async function examine(home: string): Promise<readonly Finding[]> {
  const looks: readonly (readonly [string, () => readonly Finding[] | Promise<readonly Finding[]>])[] = [
    ["runtime", () => [checkDeno(Deno.version.deno), checkPlatform(Deno.build.os, Deno.build.arch)]],
    ["program", () => checkProgram(PROGRAM_FOLDER)],
    // Brings the config reader along, which no other command and no host's parent needs in its memory.
    ["home", async () => (await import("./check_home.ts")).checkHome(home)],
    ["grants", async () => await grantsOf(home)],
    ["run folder", async () => [await checkRunFolder(home)]],
    ["host", () => checkHost(home, PROGRAM_VERSION)],
    ["disk", () => [checkDisk(readDisk(home))]],
  ];
  const findings: Finding[] = [];
  for (const [name, look] of looks) {
    try {
      findings.push(...await look());
    } catch (error) {
      findings.push(fail(name, `could not be examined: ${(error as Error).message}`, "check the rights of this user"));
    }
  }
  return findings;
}

/** A home that is not there yet has said nothing; the look at the home tells that. */
async function grantsOf(home: string): Promise<readonly Finding[]> {
  if (await Deno.stat(`${home}/configs`).catch(() => undefined) === undefined) return [];
  const { checkGrants } = await import("./check_grants.ts");
  return [await checkGrants(await realHomes(home))];
}

const COLOURS: Readonly<Record<Finding["state"], Colour>> = Object.freeze({ ok: "green", warn: "yellow", fail: "red" });

/** One line for each, and under it what would mend it. */
export function renderFindings(findings: readonly Finding[], colour: boolean): string {
  const widest = Math.max(...findings.map(({ name }) => name.length));
  return findings.flatMap((finding) => {
    const state = paint(finding.state.padEnd(4), COLOURS[finding.state], colour);
    const line = `${state}  ${finding.name.padEnd(widest)}  ${safeLine(finding.found)}`;
    return finding.state === "ok" ? [line] : [line, `${" ".repeat(6 + widest + 2)}→ ${safeLine(finding.mend)}`];
  }).join("\n");
}

/** Of the home, or of the nearest folder above it that is there. */
function readDisk(path: string): DiskFacts {
  for (let at = path;; at = at.replace(/\/[^/]*$/, "") || "/") {
    try {
      const { bavail, blocks, bsize } = statfsSync(at);
      return { free_bytes: bavail * bsize, total_bytes: blocks * bsize };
    } catch (error) {
      if (at === "/") throw error;
    }
  }
}

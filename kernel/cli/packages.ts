/** `packages`: what modules ask for, and the operator's answers. Needs no host; a running one fetches nothing. */
import type { Command } from "commander";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { PROGRAM } from "../program/mod.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { holdConfigs } from "./grants/hold_configs.ts";
import { approveRequest } from "./packages/approve_request.ts";
import { readPackagesLock } from "./packages/edit_packages_lock.ts";
import { renderApproved, renderPackages } from "./packages/render.ts";
import { findRequest, type PackageRequest, readRequests, writeAnswer } from "./packages/requests.ts";
import { realHomes } from "./real_homes.ts";
import type { RunCommand } from "./setting.ts";

export function declarePackages(program: Command, run: RunCommand): void {
  const group = program.command("packages")
    .description("npm packages that modules ask for, and those that you approved for this home")
    .addHelpText("after", examples("packages", "packages approve 5e0c12a9", "packages deny 5e0c12a9"));
  group.command("list", { isDefault: true })
    .description("list what modules have asked for, and the packages of this home's own; packages alone does the same")
    .addHelpText("after", examples("packages", "packages list --json"))
    .action(() =>
      run(async ({ home: named, json, out }) => {
        const { home } = await realHomes(named);
        const requests = await readRequests(home);
        if (!requests.ok) return requests;
        const lock = await readPackagesLock(home);
        if (!lock.ok) return lock;
        const approved = [...lock.value].map(([name, line]) => ({ name, ...line }));
        if (json) await answerJson(out, { requests: requests.value, approved });
        else await answerText(out, renderPackages(requests.value, lock.value, Date.now(), out.colour));
        return ok(0);
      })
    );
  group.command("approve")
    .description(
      "download, check and bundle the package of this request, and record it, so that modules may be granted it",
    )
    .argument("<id>", "as `packages list` shows it")
    .addHelpText("after", examples("packages approve 5e0c12a9"))
    .action((id: string) =>
      run(async ({ home: named, json, out }) => {
        const { home, program, one_file } = await realHomes(named);
        if (one_file !== undefined) return refuse(fault("conflict", WITHOUT_BUNDLER, { hint: FROM_SOURCES }));
        const approved = await approveRequest(home, program, id);
        if (!approved.ok) return approved;
        const { request: { name, version }, ...facts } = approved.value;
        if (json) await answerJson(out, { id, name, version, ...facts, instead_of: facts.instead_of ?? null });
        else await answerText(out, renderApproved(approved.value));
        return ok(0);
      })
    );
  group.command("deny")
    .description("say no to this request; what was approved before stays")
    .argument("<id>", "as `packages list` shows it")
    .addHelpText("after", examples("packages deny 5e0c12a9"))
    .action((id: string) =>
      run(async ({ home: named, json, out }) => {
        const { home } = await realHomes(named);
        const denied = await holdConfigs(home, () => deny(home, id));
        if (!denied.ok) return denied;
        const { name, version } = denied.value;
        if (json) await answerJson(out, { ...denied.value, state: "denied" });
        else {await answerText(
            out,
            `denied ${name}@${version}; its module sees that; the same request is not made again`,
          );}
        return ok(0);
      })
    );
}

const WITHOUT_BUNDLER = `a program in one ${PROGRAM.form === "binary" ? "binary" : "file"} has no bundler`;
const FROM_SOURCES = "approve it with the program's sources and --home; the home is then served by either";

async function deny(home: string, id: string): Promise<Result<PackageRequest>> {
  const found = await findRequest(home, id);
  if (!found.ok) return found;
  const answered = await writeAnswer(home, id, "denied");
  return answered.ok ? found : answered;
}

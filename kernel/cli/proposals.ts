/** `proposals`, `adopt`, `reject`, `rollback`: changes that modules want, and a person decides about. */
import type { Command } from "commander";
import { ok } from "../contract/fault.ts";
import type { Finding, ListedProposal, Proposal } from "../contract/proposal.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { paint } from "./colour.ts";
import { examples } from "./examples.ts";
import { renderAge } from "./render_age.ts";
import { renderDiff } from "./render_diff.ts";
import { renderTable } from "./render_table.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareProposals(program: Command, run: RunCommand): void {
  const group = program.command("proposals")
    .description("changes of modules, configs and prompts that modules propose")
    .addHelpText("after", examples("proposals", "proposals show p5e0c12a9b7d4", "adopt p5e0c12a9b7d4"));
  group.command("list", { isDefault: true })
    .description("list them, the newest first; proposals alone does the same")
    .addHelpText("after", examples("proposals", "proposals list --json"))
    .action(() =>
      run(async (setting) => {
        const answer = await askHost(setting, "proposals", {});
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderProposals(answer.value, Date.now(), setting.out.colour));
        return ok(0);
      })
    );
  group.command("show")
    .description("what it is for, what would change, and what was found")
    .argument("<id>", "as `proposals` lists it")
    .addHelpText("after", examples("proposals show p5e0c12a9b7d4"))
    .action((id: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "proposals show", { id });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderProposal(answer.value, setting.out.colour));
        return ok(0);
      })
    );
  declareDecision(
    program,
    run,
    "adopt",
    "judge a proposal, write it, and wait until it runs; one that does not is taken back",
  );
  declareDecision(program, run, "reject", "put a proposal aside");
  program.command("rollback")
    .description("take the latest adopted change of a module back")
    .argument("<api>", "the module's api name")
    .addHelpText("after", examples("rollback notes"))
    .action((api: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "rollback", { api });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `took ${answer.value.id} back: ${safeLine(lastOf(answer.value))}`);
        return ok(0);
      })
    );
}

function declareDecision(program: Command, run: RunCommand, verb: "adopt" | "reject", description: string): void {
  program.command(verb)
    .description(description)
    .argument("<id>", "as `proposals` lists it")
    .addHelpText("after", examples("proposals show p5e0c12a9b7d4", `${verb} p5e0c12a9b7d4`))
    .action((id: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, verb, { id });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `${answer.value.state} ${id}: ${safeLine(lastOf(answer.value))}`);
        return ok(0);
      })
    );
}

export function renderProposals(proposals: readonly ListedProposal[], now: number, colour: boolean): string {
  if (proposals.length === 0) return "nobody has proposed a change";
  const columns = ["ID", "STATE", "API", "CHANGES", "BY"].map((title) => ({ title }));
  const rows = proposals.map(({ id, state, api, kind, by, created, objective }) => [
    ...[id, state, safeLine(api), kind, safeLine(by), renderAge((now - Date.parse(created)) / 1_000)],
    safeLine(objective),
  ]);
  return renderTable([...columns, { title: "AGE", align: "right" as const }, { title: "FOR" }], rows, colour);
}

export function renderProposal(proposal: Proposal, colour: boolean): string {
  const { id, state, api, kind, by, principal, model, objective, before, after, findings } = proposal;
  const former = new Map(before.map(({ file, text }) => [file, text]));
  return [
    `${id}: ${kind} of ${safeLine(api)}, ${state}`,
    `by ${safeLine(by)} for ${safeLine(principal)}${model === undefined ? "" : `, written by ${safeLine(model)}`}`,
    safeLine(objective),
    ...after.map(({ file, text }) => `\n${renderDiff(file, former.get(file), text, colour)}`),
    ...(findings.length === 0 ? [] : ["", ...findings.map((finding) => renderFinding(finding, colour))]),
  ].join("\n");
}

function renderFinding({ check, passed, said }: Finding, colour: boolean): string {
  return `${paint(passed ? "passed" : "failed", passed ? "green" : "red", colour)} ${safeLine(check)}: ${
    safeLine(said)
  }`;
}

function lastOf({ findings }: Proposal): string {
  return findings.at(-1)?.said ?? "";
}

/** `approvals`, `approve`, `deny`: what models ask of the operator. */
import type { Command } from "commander";
import type { ListedApproval } from "../contract/control.ts";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { renderAge } from "./render_age.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareApprovals(program: Command, run: RunCommand): void {
  program.command("approvals")
    .description("list the calls that models ask for and that wait for your yes")
    .addHelpText("after", examples("approvals", "approvals --json", "approve 3fa11"))
    .action(() =>
      run(async (setting) => {
        const answer = await askHost(setting, "approvals", {});
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderApprovals(answer.value));
        return ok(0);
      })
    );
  declareAnswer(program, run, "approve", "let the call run that waits under this id, this once", "approved");
  declareAnswer(program, run, "deny", "refuse the call that waits under this id", "denied");
}

function declareAnswer(
  program: Command,
  run: RunCommand,
  verb: "approve" | "deny",
  description: string,
  done: string,
): void {
  program.command(verb)
    .description(description)
    .argument("<id>", "as `approvals` lists it")
    .addHelpText("after", examples("approvals", `${verb} 3fa11`))
    .action((id: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, verb, { id });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else {
          const { tool, principal } = answer.value;
          await answerText(setting.out, `${done}: ${safeLine(tool)} for ${safeLine(principal)}`);
        }
        return ok(0);
      })
    );
}

/** One paragraph each: whoever says yes has to have read what for. */
export function renderApprovals(approvals: readonly ListedApproval[]): string {
  if (approvals.length === 0) return "nothing waits for your yes";
  return approvals.map((one) =>
    [
      `${one.id}  ${safeLine(one.tool)}  for ${safeLine(one.principal)}, waits for ${renderAge(one.waited_s)}${
        marks(one)
      }`,
      `  ${safeLine(one.params)}`,
    ].join("\n")
  ).join("\n");
}

function marks({ readOnly, destructive }: ListedApproval): string {
  const said = [...(readOnly ? ["read-only"] : []), ...(destructive ? ["destructive"] : [])];
  return said.length === 0 ? "" : `; says that it is ${said.join(", ")}`;
}

/** `token`: who may act for a principal from outside. */
import type { Command } from "commander";
import type { ListedToken } from "../contract/control.ts";
import { ok } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { askHost } from "./ask_host.ts";
import { examples } from "./examples.ts";
import { renderAge } from "./render_age.ts";
import { renderTable } from "./render_table.ts";
import { safeLine } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareToken(program: Command, run: RunCommand): void {
  const group = program.command("token")
    .description("tokens for clients outside: whoever shows one acts as its principal (configs/principals.yml)")
    .addHelpText("after", examples("token new console", "token", "token revoke 5e0c12a9b7d4"));
  group.command("list", { isDefault: true })
    .description("list the tokens that there are, without their texts; token alone does the same")
    .addHelpText("after", examples("token", "token list --json"))
    .action(() =>
      run(async (setting) => {
        const answer = await askHost(setting, "token list", {});
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, renderTokens(answer.value, Date.now(), setting.out.colour));
        return ok(0);
      })
    );
  group.command("new")
    .description("make a token; it is shown this once and stored as a hash only")
    .argument("<principal>", "a name of configs/principals.yml, or console")
    .addHelpText("after", examples("token new console", "token new web/kitchen --json"))
    .action((principal: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "token new", { principal });
        if (!answer.ok) return answer;
        const { id, token } = answer.value;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `${token}\n\nshown this once; take it back with: token revoke ${id}`);
        return ok(0);
      })
    );
  group.command("revoke")
    .description("take a token back: from now on it gives no authority")
    .argument("<id>", "as `token list` shows it")
    .addHelpText("after", examples("token revoke 5e0c12a9b7d4"))
    .action((id: string) =>
      run(async (setting) => {
        const answer = await askHost(setting, "token revoke", { id });
        if (!answer.ok) return answer;
        if (setting.json) await answerJson(setting.out, answer.value);
        else await answerText(setting.out, `revoked the token ${id} of ${safeLine(answer.value.principal)}`);
        return ok(0);
      })
    );
}

export function renderTokens(tokens: readonly ListedToken[], now: number, colour: boolean): string {
  if (tokens.length === 0) return "there are no tokens";
  const columns = [{ title: "ID" }, { title: "PRINCIPAL" }, { title: "AGE", align: "right" as const }];
  const rows = tokens.map(({ id, principal, created }) => [
    safeLine(id),
    safeLine(principal),
    renderAge((now - Date.parse(created)) / 1_000),
  ]);
  return renderTable(columns, rows, colour);
}

/** `grants`: what a module may have, what it asks for, and the operator's word on it. */
import type { Command } from "commander";
import { fault, ok, refuse } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { canConfirm, confirm } from "./confirm.ts";
import { examples } from "./examples.ts";
import { allow } from "./grants/allow.ts";
import { lookUp } from "./grants/look_up.ts";
import { type GrantsJson, grantsJson, renderDiff, renderShow } from "./grants/render_judged.ts";
import { realHomes } from "./real_homes.ts";
import { safeText } from "./safe_text.ts";
import type { RunCommand } from "./setting.ts";

export function declareGrants(program: Command, run: RunCommand): void {
  const group = program.command("grants")
    .description("what a module may have, what it asks for, and your word on it; needs no host")
    .addHelpText("after", examples("grants show notes", "grants diff notes", "grants allow notes"));
  const show = (name: string, description: string, render: typeof renderShow) =>
    group.command(name)
      .description(description)
      .argument("<api>", "the module's api name")
      .addHelpText("after", examples(`grants ${name} notes`))
      .action((api: string) =>
        run(async ({ home, json, out }) => {
          const found = await lookUp(await realHomes(home), api);
          if (!found.ok) return found;
          const facts = grantsJson(found.value);
          if (json) await answerJson(out, facts);
          else await answerText(out, safeText(render(facts)));
          return ok(0);
        })
      );
  show("show", "what a module asks for and what that means, what you allowed, and what it has", renderShow);
  show("diff", "what it asks for beyond what you have allowed, and what of its source has changed", renderDiff);
  group.command("allow")
    .description(
      "allow what a module asks for as it stands: it starts, or its new version takes the former one's place",
    )
    .argument("<api>", "the module's api name")
    .option("--hash <prefix>", "only if its source and config are as 'grants diff' showed them with this hash")
    .option("-y, --yes", "without the question that is asked on a terminal")
    .addHelpText("after", examples("grants allow notes", "grants allow notes --hash 3f2a9c01b7de"))
    .action((api: string, { hash, yes }: { hash?: string; yes?: true }) =>
      run(async ({ home, json, out }) => {
        const homes = await realHomes(home);
        const found = await lookUp(homes, api);
        if (!found.ok) return found;
        const before = grantsJson(found.value);
        if (before.pending && !yes && hash === undefined && !json && canConfirm()) {
          out.note(safeText(renderDiff(before)));
          if (before.impossible === null && !await confirm(`allow ${before.api} all of this? [y/N] `)) {
            return refuse(fault("denied", `nothing was allowed`, { hint: "answer y, or use --yes" }));
          }
        }
        const allowed = await allow(homes, api, hash ?? before.allow_hash);
        if (!allowed.ok) return allowed;
        const now = grantsJson(allowed.value.judged);
        if (json) await answerJson(out, { api, origin: now.origin, hash: now.source.hash, allowed: now.beyond });
        else await answerText(out, safeText(renderAllowed(now, allowed.value.written)));
        return ok(0);
      })
    );
}

function renderAllowed({ api, beyond, source: { hash, recorded }, origin }: GrantsJson, written: boolean): string {
  if (!written) return `${api} is part of the program: it needs nobody's word`;
  const what = beyond.length === 0 ? ["as it asked for before"] : beyond.map((one) => `  + ${one}`);
  const source = origin !== "local" && recorded !== hash ? [`  source ${hash}`] : [];
  return [`allowed ${api}`, ...what, ...source].join("\n");
}

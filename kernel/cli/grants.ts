/** `grants`: what a module may have, what it asks for, and the operator's word on it. */
import type { Command } from "commander";
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import { answerJson, answerText } from "./answer.ts";
import { examples } from "./examples.ts";
import { addedLine, editLock, localLine } from "./grants/edit_lock.ts";
import { type Judged, lookUp } from "./grants/look_up.ts";
import { grantsJson, renderDiff, renderShow } from "./grants/render_judged.ts";
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
  show("show", "what a module asks for and what that means", renderShow);
  show("diff", "what it asks for beyond what you have allowed, and what of its source has changed", renderDiff);
  group.command("allow")
    .description(
      "allow what a module asks for as it stands: it starts, or its new version takes the former one's place",
    )
    .argument("<api>", "the module's api name")
    .option("--hash <prefix>", "only if its source has this hash, as 'grants diff' showed it")
    .addHelpText("after", examples("grants allow notes", "grants allow notes --hash 3f2a9c01b7de"))
    .action((api: string, { hash }: { hash?: string }) =>
      run(async ({ home, json, out }) => {
        const { home: real, program } = await realHomes(home);
        const found = await lookUp({ home: real, program }, api);
        if (!found.ok) return found;
        const before = grantsJson(found.value);
        const allowed = await allow(real, found.value, hash);
        if (!allowed.ok) return allowed;
        if (json) {
          await answerJson(out, { api, origin: before.origin, hash: before.source.hash, allowed: before.beyond });
        } else await answerText(out, safeText(renderAllowed(before.api, before.beyond, allowed.value)));
        return ok(0);
      })
    );
}

/** False when there was nothing to allow. */
async function allow(
  home: string,
  { spec, source, entry, origin }: Judged,
  hash: string | undefined,
): Promise<Result<boolean>> {
  if (hash !== undefined && !source.hash.startsWith(hash.toLowerCase())) {
    return refuse(fault("conflict", `the source of '${spec.api}' has hash ${source.hash}, not ${hash}`, {
      hint: `it has changed since you looked: see 'grants diff ${spec.api}'`,
      retriable: false,
    }));
  }
  if (origin === "shipped") return ok(false);
  if (origin === "added") await editLock(home, spec.api, addedLine(entry!.from, source.hash, spec));
  else await editLock(home, spec.api, localLine(spec));
  return ok(true);
}

function renderAllowed(api: string, beyond: readonly string[], written: boolean): string {
  if (!written) return `${api} is part of the program: it needs nobody's word`;
  const what = beyond.length === 0 ? ["as it asked for before"] : beyond.map((one) => `  + ${one}`);
  return [`allowed ${api}`, ...what].join("\n");
}

/** One real host for each family of attacks, with the innocent neighbour beside it; each module is a test of its own. */
import { HostUnderAttack } from "../neighbour.ts";
import { Attack } from "./attack.ts";
import type { Hostile } from "./declaration.ts";
import { assertHarmless, logFiles } from "./harmless_text.ts";
import { homeFiles } from "./home_files.ts";
import { hostileModules } from "./read_modules.ts";
import { Surroundings } from "./surroundings.ts";

export function attackFamily(family: string): void {
  Deno.test(`hostile modules: ${family}`, async (t) => {
    const around = await Surroundings.make();
    const attacked = await HostUnderAttack.start({}, around.env);
    try {
      const modules = hostileModules(family);
      await bringIn(attacked, around, modules);
      for (const hostile of modules) {
        await t.step(`${hostile.api} tries to ${hostile.tries}`, async () => {
          await new Attack(attacked, around, hostile).run();
          await attacked.assertUnharmed();
          await around.assertUntouched(attacked.home);
        });
      }
      assertHarmless("stderr of the host", attacked.host.stderr);
      around.assertSecretKept("stderr of the host", attacked.host.stderr);
      for (const [name, text] of logFiles(attacked.home)) {
        assertHarmless(name, text);
        around.assertSecretKept(name, text);
      }
      await around.assertUntouched(attacked.home);
    } finally {
      await attacked.end().finally(() => around.end());
    }
  });
}

/** Sources and links first: a config is what starts a module. */
export async function bringIn(
  attacked: HostUnderAttack,
  around: Surroundings,
  modules: readonly Hostile[],
): Promise<void> {
  const all = modules.map((hostile) => homeFiles(hostile, around.folder, around.port));
  for (const { sources } of all) await attacked.write(sources);
  for (const { links } of all) {
    for (const [path, target] of Object.entries(links)) {
      await Deno.mkdir(`${attacked.home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.symlink(target, `${attacked.home}/${path}`);
    }
  }
  for (const { configs } of all) await attacked.write(configs);
}

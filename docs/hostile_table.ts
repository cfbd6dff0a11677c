/** The table of hostile modules, made of what each declares (tests/hostile/suite/declaration.ts). */
import { describeOutcome } from "../tests/hostile/suite/declaration.ts";
import { families, hostileModules } from "../tests/hostile/suite/read_modules.ts";

export function hostileRows(): string[][] {
  return families().flatMap(hostileModules).map((hostile) => [
    `\`${hostile.api}\``,
    hostile.tries,
    hostile.harm,
    hostile.stopped_by,
    describeOutcome(hostile),
  ]);
}

export function hostileCount(): string {
  const all = families().map((family) => [family, hostileModules(family).length] as const);
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  return `${total} modules: ${all.map(([family, count]) => `${count} \`${family}\``).join(", ")}.`;
}


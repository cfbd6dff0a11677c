/** Kernels that must not take over, or not for long: each as the text of a home's `kernel/NAME.ts`. */
const SHIPPED = `import { Kernel as Shipped } from "meta-machine/kernel";\n`;

export const BROKEN_KERNELS = Object.freeze({
  /** Its file does not parse. */
  does_not_load: "export class Kernel {",
  no_class: "export class Kernels {}",
  throws_constructing:
    `${SHIPPED}export class Kernel extends Shipped { constructor(s) { super(s); throw new Error("no such luck"); } }`,
  throws_importing:
    `${SHIPPED}export class Kernel extends Shipped { importState() { throw new Error("what is this state"); } }`,
  /** It reads an older format only. */
  refuses_the_state:
    `${SHIPPED}export class Kernel extends Shipped { importState({ tally: _, ...rest }) { super.importState({ ...rest, spare: 1 }); } }`,
  throws_booting: `${SHIPPED}export class Kernel extends Shipped {
  importState({ counted: _, tally: __, ...rest }) { super.importState(rest); }
  boot() { throw new Error("no boot"); }
}`,
  hangs_importing: `${SHIPPED}export class Kernel extends Shipped { importState() { return new Promise(() => {}); } }`,
  spins_importing: `${SHIPPED}export class Kernel extends Shipped { importState() { for (;;); } }`,
  exits_importing: `${SHIPPED}export class Kernel extends Shipped { importState() { Deno.exit(0); } }`,
  /** It takes over, and dies a second later. */
  dies_soon: `${SHIPPED}export class Kernel extends Shipped {
  async boot() { await super.boot(); setTimeout(() => Deno.exit(7), 1_000); }
}`,
  /** It takes over, and takes more and more memory. */
  leaks: `${SHIPPED}export class Kernel extends Shipped {
  kept = [];
  async boot() { await super.boot(); setInterval(() => this.kept.push(new Uint8Array(20_000_000).fill(1)), 50); }
}`,
});

export type BrokenKernel = keyof typeof BROKEN_KERNELS;

/** Those that fail before they lead: the former kernel serves on. */
export const NEVER_LEAD: readonly BrokenKernel[] = [
  "does_not_load",
  "no_class",
  "throws_constructing",
  "throws_importing",
  "refuses_the_state",
  "throws_booting",
  "exits_importing",
  "hangs_importing",
  "spins_importing",
];

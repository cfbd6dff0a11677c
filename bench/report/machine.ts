/** Where it was measured: figures of two machines can't be compared, only ratios can. */
export interface Machine {
  readonly os: string;
  readonly arch: string;
  readonly cores: number;
  readonly deno: string;
  readonly v8: string;
}

export function machineOf(): Machine {
  const { os, arch } = Deno.build;
  return { os, arch, cores: navigator.hardwareConcurrency, deno: Deno.version.deno, v8: Deno.version.v8 };
}

export function sayMachine({ os, arch, cores, deno }: Machine): string {
  return `${os} ${arch}, ${cores} cores, Deno ${deno}`;
}

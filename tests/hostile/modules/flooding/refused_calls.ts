/*
tries: drown the kernel in calls that it must refuse
harm: flood
stopped by: broker
steps:
  - {call: attack, answers: {not_granted: 20000}, process: same}
*/
export class Module {
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
  }
  async attack() {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    const nobody = this.kernel.getApi("nobody");
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 1_000 }, () => nobody.ping().catch((error: any) => count(error.code))));
    }
    return codes;
  }
}

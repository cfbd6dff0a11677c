/*
tries: drown the kernel in questions for a secret
harm: flood
stopped by: broker
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
  }
  async attack() {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 1_000 }, () => this.kernel.secret("X").catch((error: any) => count(error.code))));
    }
    return Object.keys(codes).filter((code) => !["not_granted", "rate_limited"].includes(code));
  }
}

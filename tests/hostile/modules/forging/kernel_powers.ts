/*
tries: use powers of the kernel that it was not granted
harm: rights
stopped by: broker
config: {grants: {services: [forging/kernel_powers_service]}}
beside:
  forging/kernel_powers_service: {source: service.ts}
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/kernel_powers_service");
  }
  async attack() {
    const { kernel } = this;
    const ways: Record<string, () => Promise<unknown>> = {
      secret: () => kernel.secret("KEY"), prompt: () => kernel.prompt("KEY"), status: () => kernel.status(), reload: () => kernel.reload("neighbour"),
      log: () => kernel.log("metacognition").read(), log_append: () => kernel.log("metacognition").append({ a: 1 }), propose: () => kernel.propose({}),
      adopt: () => kernel.adopt("x"), rollback: () => kernel.rollback("x"), order: () => kernel.order("train", {}), shadow: () => kernel.shadow({}), route: () => kernel.route_share("x", 1),
    };
    const passed = [];
    for (const [name, way] of Object.entries(ways)) {
      try {
        await way();
        passed.push(name);
      } catch { /* refused */ }
    }
    return passed;
  }
}

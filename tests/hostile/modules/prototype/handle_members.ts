/*
tries: change or bend a handle
harm: pollutes
stopped by: lockdown
config: {grants: {services: [prototype/handle_members_service]}}
beside:
  prototype/handle_members_service: {source: service.ts}
steps:
  - {call: attack, answers: [[], undefined, false, true, undefined], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("prototype/handle_members_service");
  }
  async attack() {
    const ways: Record<string, () => unknown> = {
      set: () => this.service.ping = 1,
      define: () => Object.defineProperty(this.service, "ping", { value: 1 }),
      kernel: () => this.kernel.getApi = 1,
      prototype: () => Object.setPrototypeOf(this.service, null),
    };
    const passed = [];
    for (const [name, way] of Object.entries(ways)) {
      try {
        way();
        passed.push(name);
      } catch { /* fixed */ }
    }
    return [passed, typeof this.service.then, "then" in this.service, await this.service === this.service, typeof this.service[Symbol.iterator]];
  }
}

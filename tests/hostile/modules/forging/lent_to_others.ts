/*
tries: call a function that was lent to another
harm: rights
stopped by: broker
config: {grants: {services: [forging/lent_to_others_service]}}
beside:
  forging/lent_to_others_service: {source: service.ts}
steps:
  - {call: attack, answers: [no_attribute], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/lent_to_others_service");
  }
  async attack() {
    const codes = [];
    for (const name of ["secret", "0", "lent", "kept", "held"]) codes.push(await this.service.call(name, 1).catch((error: any) => error.code));
    return [...new Set(codes)];
  }
}

/*
tries: send one message that is larger than its receiver takes
harm: flood
stopped by: link
config: {grants: {services: [flooding/too_big_service]}, limits: {memory_mb: 512}}
beside:
  flooding/too_big_service: {source: service.ts}
steps:
  - {call: attack, answers: "too_large: the message is larger than the 8388608 bytes its receiver takes", process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/too_big_service");
  }
  async attack() {
    return await this.service.size("x".repeat(9_000_000)).catch((error: any) => `${error.code}: ${error.message}`);
  }
}

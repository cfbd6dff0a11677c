/*
tries: send one item of a stream that is larger than a frame
harm: flood
stopped by: link
config: {grants: {services: [flooding/huge_item_service]}, limits: {memory_mb: 512}}
beside:
  flooding/huge_item_service: {source: service.ts}
steps:
  - {call: attack, answers: too_large, process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/huge_item_service");
  }
  async attack() {
    async function* bomb() {
      yield "z".repeat(40_000_000);
    }
    return await this.service.swallow(bomb()).catch((error: any) => error.code);
  }
}

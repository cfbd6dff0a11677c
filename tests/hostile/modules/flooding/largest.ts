/*
tries: end a receiver with default limits by messages of the largest allowed size
harm: flood
stopped by: link
config: {grants: {services: [flooding/largest_service]}, limits: {memory_mb: 1024, heap_mb: 512}}
beside:
  flooding/largest_service: {source: service.ts}
steps:
  - {call: attack, answers: [1000000, 2000000, 4000000, 8000000, 8000000], process: same}
  - {call: ping, of: flooding/largest_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/largest_service");
  }
  async attack() {
    const sizes = [];
    for (const megabytes of [1, 2, 4, 8, 8]) sizes.push(await this.service.size("x".repeat(megabytes * 1_000_000)));
    return sizes;
  }
}

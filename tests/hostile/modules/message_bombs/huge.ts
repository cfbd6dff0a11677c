/*
tries: send a text of nine megabytes as an argument
harm: memory
stopped by: link
config: {grants: {services: [message_bombs/huge_service]}, limits: {memory_mb: 512}}
beside:
  message_bombs/huge_service: {source: service.ts, config: {limits: {memory_mb: 512}}}
steps:
  - {call: attack, matches: "8388608 bytes", process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/huge_service");
  }
  async attack() {
    return await this.service.take("x".repeat(9_000_000)).catch((error: any) => error.message);
  }
}

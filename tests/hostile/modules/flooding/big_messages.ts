/*
tries: fill a service's memory by sixty megabytes at once
harm: flood
stopped by: broker
config: {grants: {services: [flooding/big_messages_service]}, limits: {memory_mb: 1024, heap_mb: 512}}
beside:
  flooding/big_messages_service: {source: service.ts}
steps:
  - {call: attack, answers: [], process: same}
  - {call: ping, of: flooding/big_messages_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/big_messages_service");
  }
  async attack() {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    const megabyte = "x".repeat(1_000_000);
    await Promise.all(Array.from({ length: 60 }, () =>
      this.service.size(megabyte).then((size: number) => count(size === 1_000_000 ? "ok" : "wrong"), (error: any) => count(error.code))));
    return Object.keys(codes).filter((code) => !["ok", "rate_limited"].includes(code));
  }
}

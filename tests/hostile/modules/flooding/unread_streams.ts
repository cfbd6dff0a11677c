/*
tries: open streams that it never reads
harm: flood
stopped by: broker
config: {grants: {services: [flooding/unread_streams_service]}}
beside:
  flooding/unread_streams_service: {source: service.ts}
steps:
  - {call: attack, answers: {open: 48, codes: {quota: 26}, made: 0}, process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/unread_streams_service");
  }
  open: unknown[] = [];
  async attack() {
    const codes: Record<string, number> = {};
    const count = (code: string) => codes[code] = (codes[code] ?? 0) + 1;
    for (let i = 0; i < 74; i++) {
      try {
        this.open.push(await this.service.endless(10_000));
      } catch (error) {
        count((error as any).code);
      }
    }
    return { open: this.open.length, codes, made: await this.service.counts() };
  }
}

/*
tries: produce without end into a service that reads five
harm: flood
stopped by: broker
config: {grants: {services: [flooding/endless_stream_service]}}
beside:
  flooding/endless_stream_service: {source: service.ts}
steps:
  - {call: attack, answers: [5, not read, true], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/endless_stream_service");
  }
  async attack() {
    let made = 0;
    async function* endless() {
      for (;;) {
        made++;
        yield "y".repeat(1_000);
      }
    }
    const read = await this.service.swallow(endless());
    const ignored = await this.service.forget(endless());
    await this.kernel.sleep(100);
    return [read, ignored, made < 5_000];
  }
}

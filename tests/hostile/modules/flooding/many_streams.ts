/*
tries: answer with more streams than may be open
harm: flood
stopped by: broker
config: {grants: {services: [flooding/many_streams_service]}}
beside:
  flooding/many_streams_service: {source: service.ts}
steps:
  - {call: attack, answers: quota, process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/many_streams_service");
  }
  async attack() {
    return await this.service.streams(65).then((all: unknown[]) => all.length, (error: any) => error.code);
  }
}

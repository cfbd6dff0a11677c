/*
tries: call back and back without end
harm: cpu
stopped by: broker
config: {grants: {services: [recursion/callbacks_service]}}
beside:
  recursion/callbacks_service: {source: service.ts}
steps:
  - {call: attack, answers: [true, true], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("recursion/callbacks_service");
  }
  async attack() {
    let depth = 0;
    const again = async (): Promise<unknown> => {
      depth++;
      return await this.service.each(1, again);
    };
    const message = await this.service.each(1, again).catch((error: any) => error.message);
    return [/limits\.call_depth allows/.test(message), depth <= 16];
  }
}

/*
tries: have a service keep more functions of its than may be lent
harm: flood
stopped by: broker
config: {grants: {services: [flooding/kept_functions_service]}}
beside:
  flooding/kept_functions_service: {source: service.ts}
steps:
  - {call: attack, answers: 256, process: same}
*/
import { keep } from "meta-machine";

export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("flooding/kept_functions_service");
  }
  async attack() {
    for (let i = 0; i < 300; i++) {
      try {
        await this.service.hold(keep(`k${i}`, () => i));
      } catch {
        return i;
      }
    }
    return 300;
  }
}

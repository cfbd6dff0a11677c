/*
tries: change a fault's code between two readings
harm: lies
stopped by: codec
config: {grants: {services: [forging/changing_code_service]}}
beside:
  forging/changing_code_service: {source: service.ts}
steps:
  - {call: attack, fails: not_found}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/changing_code_service");
  }
  attack() {
    let n = 0;
    throw {
      get code() {
        return n++ ? "internal" : "not_found";
      },
      message: "m",
    };
  }
}

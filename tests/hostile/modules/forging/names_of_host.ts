/*
tries: call the kernel and the operator as if they were services
harm: rights
stopped by: broker
config: {grants: {services: [forging/names_of_host_service]}}
beside:
  forging/names_of_host_service: {source: service.ts}
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/names_of_host_service");
  }
  async attack() {
    const codes = [];
    for (const api of ["@kernel", "@operator", "@vet", "../../etc/passwd", "", "__proto__", "neighbour"]) {
      try {
        codes.push(await this.kernel.getApi(api).status());
      } catch (error) {
        codes.push((error as any).code);
      }
    }
    return codes.filter((code) => !["not_granted", "private_name", "invalid_argument", "service_down"].includes(code));
  }
}

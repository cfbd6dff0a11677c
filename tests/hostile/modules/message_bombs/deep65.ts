/*
tries: send what is nested one level deeper than allowed
harm: kills
stopped by: codec
config: {grants: {services: [message_bombs/deep65_service]}}
beside:
  message_bombs/deep65_service: {source: service.ts}
steps:
  - {call: result, fails: "too_deep", says: "result", maybe_ran: true}
  - {call: argument, answers: too_deep}
  - {call: ping, of: message_bombs/deep65_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/deep65_service");
  }
  made() {
    let value: unknown = 1;
    for (let i = 0; i < 65; i++) value = [value];
    return value;
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

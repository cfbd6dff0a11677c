/*
tries: send what is nested 100,000 deep
harm: kills
stopped by: codec
config: {grants: {services: [message_bombs/deep_service]}}
beside:
  message_bombs/deep_service: {source: service.ts}
steps:
  - {call: result, fails: "too_deep", says: "result", maybe_ran: true}
  - {call: argument, answers: too_deep}
  - {call: ping, of: message_bombs/deep_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/deep_service");
  }
  made() {
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = [value];
    return value;
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

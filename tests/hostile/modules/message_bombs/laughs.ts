/*
tries: send a value that is small here and endless there
harm: memory
stopped by: codec
config: {grants: {services: [message_bombs/laughs_service]}, limits: {liveness_ms: 30000}}
beside:
  message_bombs/laughs_service: {source: service.ts}
steps:
  - {call: result, fails: "too_large|invalid_argument|too_deep", says: "/^result/", maybe_ran: true}
  - {call: argument, answers: too_large}
  - {call: ping, of: message_bombs/laughs_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/laughs_service");
  }
  made() {
    let value: unknown = ["lol"];
    for (let i = 0; i < 40; i++) value = [value, value, value, value];
    return value;
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

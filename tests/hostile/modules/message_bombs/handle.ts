/*
tries: send its handle of a service to somebody else
harm: rights
stopped by: codec
config: {grants: {services: [message_bombs/handle_service]}}
beside:
  message_bombs/handle_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "result", maybe_ran: true}
  - {call: argument, answers: invalid_argument}
  - {call: ping, of: message_bombs/handle_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/handle_service");
  }
  made() {
    return { handle: this.service };
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

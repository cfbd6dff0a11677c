/*
tries: send a buffer that could be shared
harm: memory
stopped by: codec
config: {grants: {services: [message_bombs/buffer_service]}}
beside:
  message_bombs/buffer_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "result", maybe_ran: true}
  - {call: argument, answers: invalid_argument}
  - {call: ping, of: message_bombs/buffer_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/buffer_service");
  }
  made() {
    return new ArrayBuffer(8);
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

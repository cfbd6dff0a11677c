/*
tries: send a port of a stream
harm: rights
stopped by: codec
config: {grants: {services: [message_bombs/port_service]}}
beside:
  message_bombs/port_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "/^result|stream/", maybe_ran: true}
  - {call: argument, answers: object}
  - {call: ping, of: message_bombs/port_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/port_service");
  }
  made() {
    return { port: new ReadableStream() };
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

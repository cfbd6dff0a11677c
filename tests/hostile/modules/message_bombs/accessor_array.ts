/*
tries: send an array whose item is code
harm: code
stopped by: codec
config: {grants: {services: [message_bombs/accessor_array_service]}}
beside:
  message_bombs/accessor_array_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "result", maybe_ran: true}
  - {call: argument, answers: invalid_argument}
  - {call: ping, of: message_bombs/accessor_array_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/accessor_array_service");
  }
  made() {
    return Object.defineProperty([1], "0", { get: () => 1 });
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

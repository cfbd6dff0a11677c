/*
tries: send an object whose property never ends
harm: cpu
stopped by: codec
config: {grants: {services: [message_bombs/looping_getter_service]}}
beside:
  message_bombs/looping_getter_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "result", maybe_ran: true}
  - {call: argument, answers: invalid_argument}
  - {call: ping, of: message_bombs/looping_getter_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/looping_getter_service");
  }
  made() {
    return {
      get x(): unknown {
        for (;;);
      },
    };
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

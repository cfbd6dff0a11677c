/*
tries: send an array of four billion holes
harm: memory
stopped by: codec
config: {grants: {services: [message_bombs/sparse_service]}}
beside:
  message_bombs/sparse_service: {source: service.ts}
steps:
  - {call: result, fails: "invalid_argument", says: "result", maybe_ran: true}
  - {call: argument, answers: invalid_argument}
  - {call: ping, of: message_bombs/sparse_service, args: [1], answers: 1}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("message_bombs/sparse_service");
  }
  made() {
    const list: number[] = [];
    list[4_294_967_290] = 1;
    return list;
  }
  result() {
    return this.made();
  }
  async argument() {
    return await this.service.take(this.made()).catch((error: any) => error.code);
  }
}

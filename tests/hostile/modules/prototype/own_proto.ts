/*
tries: "pollute a prototype by a key `__proto__` over a call"
harm: pollutes
stopped by: codec
config: {grants: {services: [prototype/own_proto_service]}}
beside:
  prototype/own_proto_service: {source: service.ts}
steps:
  - {call: attack, answers: [null, 0], process: same}
  - {call: result, answers: [__proto__, constructor]}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("prototype/own_proto_service");
  }
  async attack() {
    const value = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "toString": 4, "then": 3}');
    await this.service.take(value);
    return await this.service.polluted();
  }
  result() {
    return Object.keys(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}'));
  }
}

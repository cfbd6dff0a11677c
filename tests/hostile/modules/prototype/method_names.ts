/*
tries: call methods that every object has
harm: pollutes
stopped by: broker
config: {grants: {services: [prototype/method_names_service]}}
beside:
  prototype/method_names_service: {source: service.ts}
steps:
  - call: attack
    answers: {_private: private_name, __proto__: private_name, constructor: private_name, __defineGetter__: private_name, toString: no_attribute, hasOwnProperty: no_attribute, valueOf: no_attribute, run: no_attribute, shutdown: no_attribute, getAspect: no_attribute, exportState: no_attribute, importState: no_attribute}
    process: same
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("prototype/method_names_service");
  }
  async attack() {
    const seen: Record<string, string> = {};
    for (const name of ["_private", "__proto__", "constructor", "__defineGetter__", "toString", "hasOwnProperty", "valueOf", "run", "shutdown", "getAspect", "exportState", "importState"]) {
      seen[name] = await this.service.call(name).then(() => "answered", (error: any) => error.code);
    }
    return seen;
  }
}

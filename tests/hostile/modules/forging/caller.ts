/*
tries: be somebody else by changing who calls
harm: rights
stopped by: broker
config: {grants: {services: [forging/caller_service]}}
beside:
  forging/caller_service: {source: service.ts}
steps:
  - {call: attack, answers: {api: "@operator", principal: "@operator"}, process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/caller_service");
  }
  attack() {
    const caller = this.kernel.caller();
    try {
      caller.api = "@kernel";
    } catch { /* frozen */ }
    try {
      caller.principal = "@kernel";
    } catch { /* frozen */ }
    const { api, principal } = this.kernel.caller();
    return { api, principal };
  }
}

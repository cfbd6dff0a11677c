/*
tries: answer twice by a promise that settles twice, and by a thenable
harm: lies
stopped by: codec
config: {grants: {services: [forging/second_reply_service]}}
beside:
  forging/second_reply_service: {source: service.ts}
steps:
  - {call: attack, answers: first, process: same}
  - {call: attack, answers: first, process: same}
*/
export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/second_reply_service");
  }
  attack() {
    return {
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        resolve("first");
        resolve("second");
        reject(new Error("third"));
      },
    };
  }
}

/*
tries: leave refused calls unheard, as if it were careless
harm: flood
stopped by: broker
config: {grants: {services: [nobody]}, restart: {max: 1, window_s: 60}}
steps:
  - {logged: nobody waited for}
  - {call: fine, answers: fine}
*/
export class Module {
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
  }
  async run() {
    for (let i = 0; i < 20; i++) {
      this.kernel.getApi("nobody").hear(i);
      await this.kernel.sleep(5);
    }
  }
  fine() {
    return "fine";
  }
}

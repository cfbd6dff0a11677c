/*
tries: learn where the home lies from the errors it is given
harm: information
stopped by: broker
steps:
  - {call: attack, answers: false, process: same}
*/
export class Module {
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
  }
  async attack() {
    const error = await this.kernel.getApi("nobody").x().catch((error: any) => error);
    const frames = error.stack.replace(/file:\/\/\S*\/libs\/guest\.mjs/g, "");
    return /\/(tmp|home|root|usr|work)\//.test(`${error.message} ${frames} ${error.hint} ${JSON.stringify(error)}`);
  }
}

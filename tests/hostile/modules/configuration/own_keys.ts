/*
tries: pollute a prototype by its own keys
harm: pollutes
stopped by: config
config: "__proto__: {polluted: true}\nconstructor: 5\ntoString: 6\n"
steps:
  - {call: attack, answers: [[__proto__, constructor, toString], null]}
*/
export class Module {
  config: object;
  constructor(_kernel: unknown, config: object) {
    this.config = config;
  }
  attack() {
    return [Object.keys(this.config), ({} as { polluted?: 1 }).polluted ?? null];
  }
}

/*
tries: lend functions under names that no header takes
harm: kills
stopped by: link
config: {grants: {services: [forging/long_names_service]}}
beside:
  forging/long_names_service: {source: service.ts}
steps:
  - {call: attack, args: [16, k], answers: object}
  - {call: attack, args: [17, k], answers: quota}
  - {call: attack, args: [16, "\u0001"], answers: too_large}
  - {call: attack, args: [16, "€"], answers: too_large, process: same}
*/
import { keep } from "meta-machine";

export class Module {
  service: any;
  kernel: any;
  constructor(kernel: any) {
    this.kernel = kernel;
    this.service = kernel.getApi("forging/long_names_service");
  }
  async attack(count: number, name: string) {
    const kept = Array.from({ length: count }, (_, i) => keep(name.repeat(120) + i, () => i));
    try {
      return await this.service.take(kept);
    } catch (error) {
      return (error as any).code;
    } finally {
      for (const one of kept) one.revoke();
    }
  }
}

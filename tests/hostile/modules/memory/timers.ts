/*
tries: take memory by timers beyond its bound
harm: memory
stopped by: guard
config: {limits: {timers: 100}}
steps:
  - {call: set, args: [100], answers: {made: 100}}
  - call: set
    args: [1]
    answers:
      made: 0
      code: quota
      message: "setTimeout: 100 timers are set; limits.timers allows no more"
*/
export class Module {
  set(count: number) {
    let made = 0;
    try {
      for (; made < count; made++) setTimeout(() => {}, 100_000);
      return { made };
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return { made, code, message };
    }
  }
}

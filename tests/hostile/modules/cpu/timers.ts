/*
tries: hold a core by timers that set themselves again
harm: cpu
stopped by: broker
config: {limits: {call_timeout_ms: 1000, cpu_percent: 100}}
steps:
  - {call: fine, answers: fine}
*/
export class Module {
  attack() {
    const again = () => setTimeout(again, 0);
    for (let i = 0; i < 500; i++) again();
    return new Promise(() => {});
  }
  fine() {
    return "fine";
  }
}

/*
tries: take memory by queues of streams
harm: memory
stopped by: guard
config: {restart: {max: 3, window_s: 60}}
steps:
  - {call: attack, fails: "module_killed"}
  - {call: fine, answers: fine}
*/
const keep: unknown[] = [];

export class Module {
  attack() {
    const stream = new ReadableStream({
      start(controller) {
        for (;;) controller.enqueue(new Uint8Array(1_000_000).fill(1));
      },
    });
    return stream;
  }
  fine() {
    return "fine";
  }
}

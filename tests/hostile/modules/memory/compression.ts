/*
tries: take memory by unpacking a bomb of zeros
harm: memory
stopped by: guard
config: {restart: {max: 3, window_s: 60}}
steps:
  - {call: attack, fails: "module_killed"}
  - {call: fine, answers: fine}
*/
const keep: unknown[] = [];

export class Module {
  async attack() {
    const packed = await new Response(new Blob([new Uint8Array(50_000_000)]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
    for (;;) keep.push(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  }
  fine() {
    return "fine";
  }
}

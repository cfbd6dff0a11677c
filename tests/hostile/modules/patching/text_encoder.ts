/*
tries: change what the host sends by replacing how texts are made bytes
harm: lies
stopped by: lockdown
steps:
  - {call: attack, answers: patched}
  - {call: fine, answers: fine, process: same}
*/
export class Module {
  attack() {
    TextEncoder.prototype.encode = () => new Uint8Array([34, 34]);
    TextEncoder.prototype.encodeInto = () => ({ read: 0, written: 0 });
    TextDecoder.prototype.decode = () => "forged";
    (globalThis as any).Uint8Array = class {};
    return "patched";
  }
  fine() {
    return "fine";
  }
}

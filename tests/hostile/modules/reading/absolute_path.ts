/*
tries: take a file in by its absolute path
harm: reads
stopped by: loader
refused: import of '/etc/passwd' is not allowed
*/
import x from "/etc/passwd" with { type: "text" };

export class Module {
  attack() {
    return x;
  }
}

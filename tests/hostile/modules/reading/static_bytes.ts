/*
tries: take a file in by a static import of bytes
harm: reads
stopped by: loader
refused: is not allowed
*/
import x from "file:///OUTSIDE/secret.txt" with { type: "bytes" };

export class Module {
  attack() {
    return x;
  }
}

/*
tries: take a file in by a static JSON import
harm: reads
stopped by: loader
refused: "import of 'file://"
*/
import x from "file:///OUTSIDE/secret.json" with { type: "json" };

export class Module {
  attack() {
    return x;
  }
}

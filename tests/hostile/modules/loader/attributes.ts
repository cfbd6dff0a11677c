/*
tries: take the SDK in as something else
harm: rights
stopped by: loader
refused: without import attributes
*/
import x from "meta-machine" with { type: "json" };

export class Module {
  attack() {
    return x;
  }
}

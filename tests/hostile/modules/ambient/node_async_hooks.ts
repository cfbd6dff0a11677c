/*
tries: "take node:async_hooks in, which reads the contexts of others"
harm: information
stopped by: loader
refused: "'node:async_hooks'"
*/
import * as hooks from "node:async_hooks";

export class Module {
  attack() {
    return hooks;
  }
}

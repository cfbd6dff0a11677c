/*
tries: "take node:os in"
harm: information
stopped by: loader
refused: "'node:os'"
*/
import os from "node:os";

export class Module {
  attack() {
    return os;
  }
}

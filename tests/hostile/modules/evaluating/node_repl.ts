/*
tries: "take node:inspector in, which evaluates"
harm: code
stopped by: loader
refused: "'node:inspector'"
*/
import * as inspector from "node:inspector";

export class Module {
  attack() {
    return inspector;
  }
}

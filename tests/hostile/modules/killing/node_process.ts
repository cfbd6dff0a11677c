/*
tries: "take node:process in, which kills"
harm: kills
stopped by: loader
refused: "'node:process'"
*/
import process from "node:process";

export class Module {
  attack() {
    return process;
  }
}

/*
tries: "take node:v8 in, whose flags are the whole process's"
harm: code
stopped by: loader
refused: "'node:v8'"
*/
import * as v8 from "node:v8";

export class Module {
  attack() {
    return v8;
  }
}

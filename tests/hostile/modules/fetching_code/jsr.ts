/*
tries: have the host download a package of JSR
harm: code
stopped by: loader
refused: "'jsr:@std/path'"
*/
import path from "jsr:@std/path";

export class Module {
  attack() {
    return path;
  }
}

/*
tries: have the host download a package of npm
harm: code
stopped by: loader
refused: "'npm:left-pad'"
*/
import left from "npm:left-pad";

export class Module {
  attack() {
    return left;
  }
}

/*
tries: take in a door that the program does not have
harm: rights
stopped by: loader
refused: "'meta-machine/secret'"
*/
import x from "meta-machine/secret";

export class Module {
  attack() {
    return x;
  }
}

/*
tries: have the host fetch a script from an address of this machine
harm: sends
stopped by: loader
refused: "'http://127.0.0.1:"
*/
import x from "http://127.0.0.1:OUTSIDE_PORT/x.js";

export class Module {
  attack() {
    return x;
  }
}

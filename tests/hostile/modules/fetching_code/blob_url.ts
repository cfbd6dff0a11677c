/*
tries: run a script out of a blob URL
harm: code
stopped by: loader
refused: "'blob:null/1'"
*/
import x from "blob:null/1";

export class Module {
  attack() {
    return x;
  }
}

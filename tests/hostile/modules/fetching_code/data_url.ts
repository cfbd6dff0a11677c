/*
tries: run a script out of a data URL
harm: code
stopped by: loader
refused: "'data:text"
*/
import x from "data:text/javascript,export default 1";

export class Module {
  attack() {
    return x;
  }
}

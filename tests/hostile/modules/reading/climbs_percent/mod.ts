/*
tries: "climb out by dots written as %2e"
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
*/
import { text } from "./%2e%2e/sibling.js";

export class Module {
  attack() {
    return text;
  }
}

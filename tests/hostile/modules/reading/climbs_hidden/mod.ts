/*
tries: climb out by ".." in the middle of a path
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
*/
import { text } from "./a/../../sibling.js";

export class Module {
  attack() {
    return text;
  }
}

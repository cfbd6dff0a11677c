/*
tries: go round in circles by a link to its own folder
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
links: {plugins/reading/linked_circle/circle: .}
*/
import { text } from "./circle/circle/mod.ts";

export class Module {
  attack() {
    return text;
  }
}

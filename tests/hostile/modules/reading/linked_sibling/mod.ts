/*
tries: read a sibling by a link in a folder of its own
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
links: {plugins/reading/linked_sibling/sub/link.js: ../../../neighbour.js}
*/
import { text } from "./sub/link.js";

export class Module {
  attack() {
    return text;
  }
}

/*
tries: read a file by a link in its folder
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
links: {plugins/reading/linked_file/link.js: /OUTSIDE/secret.js}
*/
import { text } from "./link.js";

export class Module {
  attack() {
    return text;
  }
}

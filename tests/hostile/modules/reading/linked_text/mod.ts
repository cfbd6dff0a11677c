/*
tries: read /etc/passwd by a link in its folder
harm: reads
stopped by: loader
refused: "/leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/"
links: {plugins/reading/linked_text/passwd.txt: /etc/passwd}
*/
import text from "./passwd.txt" with { type: "text" };

export class Module {
  attack() {
    return text;
  }
}

/*
tries: "import later by `import defer`"
harm: rights
stopped by: loader
refused: "/defer|node:fs/"
*/
import defer * as x from "node:fs";

export class Module {
  attack() {
    return x;
  }
}

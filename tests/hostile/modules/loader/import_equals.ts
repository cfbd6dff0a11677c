/*
tries: "import by `import x = require`"
harm: rights
stopped by: loader
refused: "/loader\\/import_equals\\.ts:\\d+/"
*/
import fs = require("node:fs");

export class Module {
  attack() {
    return fs;
  }
}

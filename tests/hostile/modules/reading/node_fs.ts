/*
tries: "take node:fs in"
harm: reads
stopped by: loader
refused: "import of 'node:fs' is not allowed"
*/
import fs from "node:fs";

export class Module {
  attack() {
    return fs;
  }
}

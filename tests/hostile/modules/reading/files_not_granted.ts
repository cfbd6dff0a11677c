/*
tries: take the host functions for files in without a grant
harm: reads
stopped by: loader
refused: "'files'"
*/
import * as files from "files";

export class Module {
  attack() {
    return files;
  }
}

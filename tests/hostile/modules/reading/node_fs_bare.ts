/*
tries: "take node:fs in under its bare name"
harm: reads
stopped by: loader
refused: import of 'fs' is not allowed
*/
import fs from "fs";

export class Module {
  attack() {
    return fs;
  }
}

/*
tries: take a builtin in that it was not granted
harm: reads
stopped by: loader
refused: "'node:sqlite'"
*/
import { DatabaseSync } from "node:sqlite";

export class Module {
  attack() {
    return DatabaseSync;
  }
}

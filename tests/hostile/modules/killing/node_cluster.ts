/*
tries: "take node:cluster in, which starts processes"
harm: rights
stopped by: loader
refused: "'node:cluster'"
*/
import cluster from "node:cluster";

export class Module {
  attack() {
    return cluster;
  }
}

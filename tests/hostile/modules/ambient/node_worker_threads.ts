/*
tries: "take node:worker_threads in, which gives Worker and BroadcastChannel back"
harm: rights
stopped by: loader
refused: "'node:worker_threads'"
*/
import { Worker } from "node:worker_threads";

export class Module {
  attack() {
    return Worker;
  }
}

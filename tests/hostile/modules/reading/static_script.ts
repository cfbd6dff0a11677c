/*
tries: run a file from outside by its absolute path
harm: reads
stopped by: loader
refused: is not allowed
*/
import { text as x } from "/OUTSIDE/secret.js";

export class Module {
  attack() {
    return x;
  }
}

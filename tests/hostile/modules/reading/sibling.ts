/*
tries: take the source of another module in
harm: reads
stopped by: loader
refused: "'../neighbour.js'"
*/
import { Module as Other } from "../neighbour.js";

export class Module {
  attack() {
    return Other;
  }
}

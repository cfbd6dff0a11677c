/*
tries: take a library in that it was not granted
harm: rights
stopped by: loader
refused: "'zod'"
*/
import { z } from "zod";

export class Module {
  attack() {
    return z;
  }
}

/*
tries: go round in circles by imports, which is strange but nothing is wrong with it
harm: hostage
stopped by: loader
steps:
  - {call: hello, answers: hello}
*/
import { a } from "./a.ts";
import "./mod.ts";

a();

export class Module {
  hello() {
    return "hello";
  }
}

/*
tries: "take node:http in, which is no builtin that can be granted"
harm: sends
stopped by: loader
refused: "'node:http'"
*/
import http from "node:http";

export class Module {
  attack() {
    return http;
  }
}

/*
tries: "take node:net in without a grant"
harm: sends
stopped by: loader
refused: "'node:net'"
*/
import net from "node:net";

export class Module {
  attack() {
    return net;
  }
}

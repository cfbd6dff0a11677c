/*
tries: export everything of the SDK, so that its exports are not its own
harm: rights
stopped by: loader
refused: "export * from 'meta-machine' is not allowed"
*/
export * from "meta-machine";

export class Module {
  attack() {
    return 1;
  }
}

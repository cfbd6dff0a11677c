/*
tries: take a config in by climbing out of the plugins
harm: reads
stopped by: loader
refused: "'../../configs/meta.yml'"
*/
import x from "../../configs/meta.yml" with { type: "text" };

export class Module {
  attack() {
    return x;
  }
}

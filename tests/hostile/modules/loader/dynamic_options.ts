/*
tries: read a file at run time by an import with attributes
harm: reads
stopped by: loader
refused: "/loader\\/dynamic_options\\.ts:\\d+/"
*/
const x = () => import("file:///etc/passwd", { with: { type: "text" } });

export class Module {
  attack() {
    return x;
  }
}

/*
tries: take a file in by a static text import
harm: reads
stopped by: loader
refused: "import of 'file:///etc/passwd' is not allowed"
*/
import x from "file:///etc/passwd" with { type: "text" };

export class Module {
  attack() {
    return x;
  }
}

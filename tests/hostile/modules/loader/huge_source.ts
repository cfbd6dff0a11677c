/*
tries: fill the memory of whoever reads a source of 50 MB
harm: memory
stopped by: loader
refused: "/has \\d+ bytes; 2097152 are allowed in one file/"
repeat: {ONES: ["1;", 25000000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
ONES

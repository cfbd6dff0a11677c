/*
tries: read where it lies from import.meta
harm: information
stopped by: loader
refused: import.meta
*/
const x = import.meta.url;

export class Module {
  attack() {
    return x;
  }
}

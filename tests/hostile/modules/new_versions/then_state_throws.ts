export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  importState(n: number) {
    throw new TypeError("not mine");
    this.n = n;
  }
}

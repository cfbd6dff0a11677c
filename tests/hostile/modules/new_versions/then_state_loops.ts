export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  importState(n: number) {
    for (;;);
    this.n = n;
  }
}

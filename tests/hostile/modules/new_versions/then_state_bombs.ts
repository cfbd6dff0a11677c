export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  importState(n: number) {
    const all = [];
    for (;;) all.push(new Uint8Array(5e6).fill(1));
    this.n = n;
  }
}

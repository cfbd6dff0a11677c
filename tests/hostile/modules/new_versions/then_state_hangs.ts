export class Module {
  n = 0;
  add() {
    return ++this.n;
  }
  exportState() {
    return this.n;
  }
  async importState(n: number) {
    await new Promise(() => {});
    this.n = n;
  }
}

export class Module {
  version() {
    return 2;
  }
}

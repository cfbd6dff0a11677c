export class Module {
  constructor() {
    throw new Error("born dead");
  }
}

/*
tries: "be taken for a promise by a method named `then`"
harm: pollutes
stopped by: broker
config: {limits: {load_ms: 2000}}
steps:
  - {call: fine}
*/
export class Module {
  then(resolve: (value: unknown) => void) {
    resolve("taken");
  }
  fine() {
    return "fine";
  }
}

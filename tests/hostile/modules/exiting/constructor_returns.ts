/*
tries: be something else than its class (a number is no object, so that it is none)
harm: lies
stopped by: lifecycle
steps:
  - {call: fine, answers: fine}
*/
export class Module {
  constructor() {
    return 5 as never;
  }
  fine() {
    return "fine";
  }
}

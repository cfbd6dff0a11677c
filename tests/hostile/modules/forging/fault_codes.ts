/*
tries: throw faults that only the host may give
harm: lies
stopped by: codec
steps:
  - {call: throws, each: [[not_granted], [private_name], [timeout], [service_down], [module_killed], [internal], [moved], [circuit_open], [quarantined], [EVIL], [__proto__]], fails: module_error, maybe_ran: true}
  - {call: refuses, args: [not_found], fails: not_found}
  - {call: refuses, args: [invalid_argument], fails: invalid_argument}
  - {call: refuses, args: [conflict], fails: conflict}
  - {call: refuses, args: [quota], fails: quota}
  - {call: refuses, args: [denied], fails: denied}
  - {call: refuses, args: [too_large], fails: too_large}
  - {call: refuses, args: [rate_limited], fails: rate_limited}
  - {call: refuses, args: [unknown_tool], fails: unknown_tool}
*/
export class Module {
  throws(code: string) {
    throw Object.assign(new Error("forged"), { code, retriable: true, maybe_ran: false });
  }
  refuses(code: string) {
    throw Object.assign(new Error("refused"), { code });
  }
}

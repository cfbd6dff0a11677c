/*
tries: throw an error of megabytes
harm: memory
stopped by: codec
config: {limits: {memory_mb: 512}}
steps:
  - {call: throws, each: [[message], [stack]], fails: module_error, says: "/^.{1,8193}$/s", process: same}
*/
export class Module {
  throws(way: string) {
    throw way === "message" ? new Error("x".repeat(5_000_000)) : Object.assign(new Error("x"), { stack: "y".repeat(5_000_000) });
  }
}

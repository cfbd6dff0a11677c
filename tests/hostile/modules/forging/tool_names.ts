/*
tries: pass things for tools that are none, and names that no tool may bear
harm: lies
stopped by: lifecycle
steps:
  - {logged: "of the aspect 'tool' is no tool"}
  - {call: good, aspect: tool, args: [{n: 1}], answers: 2}
  - {call: good, aspect: tool, args: [{n: x}], fails: invalid_argument, says: "\"n\" is \"x\"; pass n as integer"}
  - {call: plain, aspect: tool, fails: "no_attribute|unknown_tool"}
*/
import { tool } from "meta-machine";

const run = () => "ran";

export class Module {
  getAspect(name: string) {
    if (name === "default") return this;
    return {
      good: tool({
        description: "fine",
        params: { type: "object", properties: { n: { type: "integer" } }, required: ["n"], additionalProperties: false },
        run: ({ n }: { n: number }) => n + 1,
      }),
      no_tool: { description: "not made by tool()", run },
      plain: run,
      text: "tool",
      "bad name!": tool({ description: "x", run }),
      ["x".repeat(70)]: tool({ description: "too long", run }),
      _private: tool({ description: "x", run }),
      constructor: tool({ description: "x", run }),
      "": tool({ description: "x", run }),
    };
  }
}

import { type Tool, tool } from "meta-machine";

type Method = "get" | "set" | "del" | "expire" | "ttl" | "incr";

const KEY = { type: "string", minLength: 1, description: "the name of a value of your own" };
const SECONDS = { type: "integer", minimum: 1, description: "after so long it is gone" };

/** The same operations for a model. `run` is handed the method's name and its arguments. */
export function keyTools(run: (name: Method, args: readonly unknown[]) => unknown): Record<string, Tool> {
  const schema = (properties: Record<string, unknown>, required: readonly string[]) => ({
    type: "object",
    properties,
    required,
    additionalProperties: false,
  });
  return {
    get: tool({
      description: "Reads a value, or null where there is none.",
      params: schema({ key: KEY }, ["key"]),
      run: ({ key }) => run("get", [key]),
      readOnly: true,
    }),
    set: tool({
      description: "Keeps a value in the place of what was there. Gives whether it was kept.",
      params: schema({ key: KEY, value: { type: "string" }, seconds: SECONDS, only: { enum: ["new", "old"] } }, [
        "key",
        "value",
      ]),
      run: ({ key, value, ...options }) => run("set", [key, value, options]),
      destructive: true,
      idempotent: true,
    }),
    del: tool({
      description: "Takes a value away. Gives how many there were.",
      params: schema({ key: KEY }, ["key"]),
      run: ({ key }) => run("del", [key]),
      destructive: true,
    }),
    expire: tool({
      description: "Lets a value go after some seconds. Gives whether it is there.",
      params: schema({ key: KEY, seconds: SECONDS }, ["key", "seconds"]),
      run: ({ key, seconds }) => run("expire", [key, seconds]),
      destructive: true,
    }),
    ttl: tool({
      description: "Tells the seconds that a value has left, or null where it stays or is not there.",
      params: schema({ key: KEY }, ["key"]),
      run: ({ key }) => run("ttl", [key]),
      readOnly: true,
    }),
    incr: tool({
      description: "Adds to a number, 1 unless told, and gives the sum. A value that is not there counts as 0.",
      params: schema({ key: KEY, by: { type: "integer" } }, ["key"]),
      run: ({ key, by }) => run("incr", [key, by]),
      destructive: false,
    }),
  };
}

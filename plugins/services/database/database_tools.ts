import { type Tool, tool } from "meta-machine";

const SQL = { type: "string", description: "one SQLite statement with ? for each value" };
const PARAMS = {
  type: "array",
  items: { type: ["null", "boolean", "number", "string"] },
  description: "one value for each ?",
};

/** The same operations for a model. `run` is handed the method's name and its arguments. */
export function databaseTools(
  run: (name: "query" | "execute" | "transaction", args: readonly unknown[]) => unknown,
): Record<string, Tool> {
  const statement = {
    type: "object",
    properties: { sql: SQL, params: PARAMS },
    required: ["sql"],
    additionalProperties: false,
  };
  return {
    query: tool({
      description:
        "Reads with one SQL statement and gives the rows. `select name from sqlite_master` names the tables.",
      params: statement,
      run: ({ sql, params }) => run("query", [sql, params]),
      readOnly: true,
    }),
    execute: tool({
      description: "Runs one SQL statement and gives {changes, lastInsertRowid}, and rows where it has columns.",
      params: statement,
      run: ({ sql, params }) => run("execute", [sql, params]),
      destructive: true,
    }),
    transaction: tool({
      description: "Runs several SQL statements, all or nothing, and gives what execute gives for each.",
      params: {
        type: "object",
        properties: {
          statements: {
            type: "array",
            items: { type: "array", prefixItems: [SQL, PARAMS], minItems: 1, maxItems: 2 },
          },
        },
        required: ["statements"],
        additionalProperties: false,
      },
      run: ({ statements }) => run("transaction", [statements]),
      destructive: true,
    }),
  };
}

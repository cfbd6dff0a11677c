import { type Tool, tool } from "meta-machine";

const PATH = { type: "string", description: 'relative to your own folder, for example "notes/today.md"' };

/** The same operations for a model. `run` is handed the name and the params map. */
export function fileTools(
  run: (name: "read_file" | "write_file" | "list" | "stat" | "delete", params: object) => unknown,
): Record<string, Tool> {
  const schema = (properties: Record<string, unknown>, required: readonly string[]) => ({
    type: "object",
    properties,
    required,
    additionalProperties: false,
  });
  return {
    read_file: tool({
      description: 'Reads a whole file and gives {content}. A file that is not text needs encoding="bytes".',
      params: schema({ path: PATH, encoding: { enum: ["text", "bytes"] } }, ["path"]),
      run: (params) => run("read_file", params),
      readOnly: true,
    }),
    write_file: tool({
      description: "Writes a whole file, replacing what was there, and makes missing folders. Gives {bytes}.",
      params: schema({ path: PATH, content: { type: "string" } }, ["path", "content"]),
      run: (params) => run("write_file", params),
      destructive: true,
      idempotent: true,
    }),
    list: tool({
      description: "Lists a folder: [{name, kind, size}] by name. Without path: your own folder.",
      params: schema({ path: PATH }, []),
      run: (params) => run("list", params),
      readOnly: true,
    }),
    stat: tool({
      description: "Tells what is at a path: {kind, size, mtime}, mtime in seconds since the epoch.",
      params: schema({ path: PATH }, ["path"]),
      run: (params) => run("stat", params),
      readOnly: true,
    }),
    delete: tool({
      description: "Deletes a file or an empty folder for good. Gives {deleted}.",
      params: schema({ path: PATH }, ["path"]),
      run: (params) => run("delete", params),
      destructive: true,
    }),
  };
}

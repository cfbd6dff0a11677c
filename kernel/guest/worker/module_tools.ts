import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { TOOL_ASPECT, toolName, type ToolSpec } from "../../contract/tool_spec.ts";
import { MOST_TOOLS, parseToolSpec } from "../../primitives/parse_tool_spec.ts";
import { type DeclaredTool, Tool } from "../sdk/tool.ts";
import { admitBySchema, type AdmitParams, type ValidatorLibrary } from "./check_params.ts";
import { findAspect } from "./find_attribute.ts";
import type { WriteLog } from "./module_console.ts";
import { noAttribute } from "./no_attribute.ts";
import { admitByParsing } from "./parse_params.ts";

/** A tool's function, with its params admitted. */
export type PreparedTool = (context: Parameters<NonNullable<ReturnType<typeof Tool.read>>["run"]>[1]) => unknown;

export interface ModuleTools {
  /** What the module declares, for the catalog. Entries that `tool()` has not made are no tools; the log says so. */
  list(instance: object): Promise<ToolSpec[]>;
  /** What `list` has found, by name. */
  entries(): readonly string[];
  /** A call of one entry as far as its params admit it. */
  prepare(face: object, entry: string, args: readonly unknown[]): Promise<Result<PreparedTool>>;
}

export function openModuleTools(
  api: string,
  loadValidator: () => Promise<ValidatorLibrary>,
  log: WriteLog,
): ModuleTools {
  const doors = new WeakMap<object, AdmitParams>();
  let library: Promise<ValidatorLibrary> | undefined;
  let entries: readonly string[] = [];

  async function doorOf(tool: object, entry: string, { facts, parse }: DeclaredTool): Promise<AdmitParams> {
    const known = doors.get(tool);
    if (known) return known;
    const called = toolName(api, entry) ?? `${api}.${entry}`;
    const door = parse === undefined
      ? admitBySchema(await (library ??= loadValidator()), called, facts.params)
      : admitByParsing(called, facts.params, parse);
    doors.set(tool, door);
    return door;
  }

  return {
    async list(instance) {
      const face = await findAspect(instance, api, TOOL_ASPECT);
      if (!face.ok) return [];
      const specs: ToolSpec[] = [];
      for (const entry of Object.keys(face.value)) {
        const facts = Tool.read((face.value as Record<string, unknown>)[entry])?.facts;
        const spec = facts && parseToolSpec({ entry, ...facts });
        const wrong = facts === undefined ? "it was not made by tool()" : nameViolation(api, entry) ??
          (spec === undefined ? "its description or its params are too large" : undefined);
        if (wrong !== undefined) log("WARNING", `'${entry}' of the aspect 'tool' is no tool: ${wrong}`);
        else specs.push(spec!);
      }
      if (specs.length > MOST_TOOLS) {
        log("WARNING", `the aspect 'tool' has ${specs.length} tools; the first ${MOST_TOOLS} count`);
        specs.length = MOST_TOOLS;
      }
      entries = specs.map(({ entry }) => entry);
      return specs;
    },
    entries: () => entries,
    async prepare(face, entry, args) {
      const value = Object.hasOwn(face, entry) ? (face as Record<string, unknown>)[entry] : undefined;
      const tool = Tool.read(value);
      if (tool === undefined) {
        return refuse(noAttribute({ api, aspect: TOOL_ASPECT, name: entry, kind: "call" }, face, entries));
      }
      const params = args.length === 0 ? {} : args[0];
      const admit = await doorOf(value as object, entry, tool);
      const admitted = await admit(params);
      if (!admitted.ok) return admitted;
      if (args.length > 1) return refuse(tooMany(entry, args.length));
      return ok((context) => tool.run(admitted.value, context));
    },
  };
}

function tooMany(entry: string, count: number) {
  return fault("invalid_argument", `Cannot call ${entry}: it was given ${count} arguments; pass one map of params`);
}

function nameViolation(api: string, entry: string): string | undefined {
  if (entry.startsWith("_") || entry === "constructor") return "its name is private";
  if (toolName(api, entry) !== undefined) return undefined;
  return "its name with the module's is no tool name (64 characters of A-Z, a-z, 0-9, '_' and '-')";
}

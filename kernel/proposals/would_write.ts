/** Which files of the home a proposal would write, and how they stand now. Pure: what stands there is handed in. */
import { fault, ok, refuse, type Result } from "../contract/fault.ts";
import type { FileText, ProposalKind } from "../contract/proposal.ts";
import type { PlannedModule } from "../contract/spec.ts";
import type { Proposed } from "./parse_proposed.ts";

export interface WouldWrite {
  readonly kind: ProposalKind;
  readonly before: readonly FileText[];
  readonly after: readonly FileText[];
}

/** What there is of the module by the plan of now, with the texts of its config and its prompts. */
export interface Present {
  readonly planned: PlannedModule;
  readonly config: string;
  /** Of a prompt below `prompts/`; undefined where there is none. */
  readonly prompt: string | undefined;
}

/** Refuses a change of what nobody but the operator changes: a module of the program's own, and one that came from outside at a recorded hash. */
export function wouldWrite(proposed: Proposed, present: Present | undefined, home: string): Result<WouldWrite> {
  return present === undefined ? asNew(proposed) : asChange(proposed, present, home);
}

function asNew({ api, source, config = "", prompt }: Proposed): Result<WouldWrite> {
  if (source === undefined) {
    return refused(
      "not_found",
      `no module claims api '${api}'`,
      "give the source of a new one, or name one that there is",
    );
  }
  if (prompt !== undefined) return refused("denied", "a new module has no prompts", "propose it without one");
  const [first] = source;
  const files = source.length === 1 && first!.path === ""
    ? [{ file: `plugins/${api}.ts`, text: first!.text }]
    : source.map(({ path, text }) => ({ file: `plugins/${api}/${path}`, text }));
  const after = [...files, { file: `configs/${api}.yml`, text: config }];
  return ok({ kind: "new", after, before: after.map(({ file }) => ({ file, text: undefined })) });
}

function asChange(proposed: Proposed, present: Present, home: string): Result<WouldWrite> {
  const { spec, source: { origin, path, entry, files } } = present.planned;
  const { source, config, prompt } = proposed;
  const before: FileText[] = [];
  const after: FileText[] = [];
  if (source !== undefined) {
    if (origin === "added") {
      const hint = `'plugin add' takes a new version of it in, 'grants diff ${spec.api}' shows what it asks for`;
      return refused("denied", `'${spec.api}' came from outside, and runs at its recorded source only`, hint);
    }
    if (!path.startsWith(`${home}/plugins/`)) {
      const hint = `copy plugins/${spec.prog} into the home first; it is yours then`;
      return refused("denied", `'${spec.api}' runs a source of the program's own, which no proposal changes`, hint);
    }
    const is_folder = entry === "mod.ts" && !path.endsWith("/mod.ts");
    const base = path.slice(home.length + 1);
    const place = (name: string) => is_folder ? `${base}/${name}` : base;
    if (!is_folder && (source.length !== 1 || (source[0]!.path !== "" && source[0]!.path !== entry))) {
      return refused("invalid_argument", `'${spec.api}' is one file, ${entry}`, "give its text as 'source'");
    }
    if (is_folder && !source.some((file) => file.path === entry)) {
      return refused(
        "invalid_argument",
        `'${spec.api}' is a folder with ${entry}, which is not among the files`,
        "give all of its files",
      );
    }
    after.push(...source.map((file) => ({ file: place(file.path), text: file.text })));
    const gone = files.filter((old) => !source.some((file) => place(file.path) === place(old.path)));
    after.push(...gone.map((old) => ({ file: place(old.path), text: undefined })));
    const stood = new Map(files.map((old) => [place(old.path), old.text]));
    before.push(...after.map(({ file }) => ({ file, text: stood.get(file) })));
  }
  if (config !== undefined) {
    after.push({ file: spec.config, text: config });
    before.push({ file: spec.config, text: present.config });
  }
  if (prompt !== undefined) {
    if (!spec.grants.prompts.includes(prompt.name)) {
      const names = spec.grants.prompts.join(", ") || "none";
      return refused("denied", `'${spec.api}' was not granted the prompt '${prompt.name}'`, `its prompts: ${names}`);
    }
    after.push({ file: `prompts/${prompt.name}`, text: prompt.text });
    before.push({ file: `prompts/${prompt.name}`, text: present.prompt });
  }
  const kind = source !== undefined ? "module" : config !== undefined ? "config" : "prompt";
  return ok({ kind, before, after });
}

function refused(code: "denied" | "not_found" | "invalid_argument", message: string, hint: string): Result<never> {
  return refuse(fault(code, message, { hint, retriable: false }));
}

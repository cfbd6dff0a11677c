/** The names by which a module's author imports what the program itself brings, and what stands for each where the program's sources are not at hand. */
export interface Door {
  /** As an author writes it. */
  readonly name: string;
  /** Where it begins in the program. */
  readonly entry: string;
  /** In `libs/`, without extension: `.mjs` is the code, `.d.ts` the types. */
  readonly made: string;
  /** In a home's `.meta/`, without extension. */
  readonly file: string;
  /** A home's file says where the program's code is; the others are that code. */
  readonly stays?: true;
  /** In `libs/`, its code for a Worker, which gets it when its module imports it. A door without is in the bootstrap, or none of a module's. */
  readonly code?: string;
  /** The package on which it is built: a module may import it that was granted this one. Without, every module may. */
  readonly with?: string;
}

/** A door whose code a Worker is handed. */
export type CodeDoor = Door & Required<Pick<Door, "code">>;

export const DOORS: readonly Door[] = Object.freeze([
  { name: "meta-machine", entry: "kernel/guest/sdk/mod.ts", made: "author_sdk", file: "meta-machine" },
  {
    name: "meta-machine/kysely",
    entry: "kernel/guest/sdk/kysely/mod.ts",
    made: "author_kysely",
    file: "kysely",
    code: "door_kysely.mjs",
    with: "kysely",
  },
  {
    name: "meta-machine/bracket",
    entry: "kernel/guest/sdk/bracket/mod.ts",
    made: "author_bracket",
    file: "bracket",
    code: "door_bracket.mjs",
  },
  {
    name: "meta-machine/mcp",
    entry: "kernel/guest/sdk/mcp/mod.ts",
    made: "author_mcp",
    file: "mcp",
    code: "door_mcp.mjs",
    with: "@modelcontextprotocol/server",
  },
  {
    name: "meta-machine/testing",
    entry: "kernel/workbench/testing/mod.ts",
    made: "author_testing",
    file: "testing",
    stays: true, // it starts the program's own processes
  },
  { name: "files", entry: "kernel/guest/sdk/files.ts", made: "author_files", file: "files" },
  { name: "serve", entry: "kernel/guest/sdk/serve.ts", made: "author_serve", file: "serve" },
]);

export const CODE_DOORS: readonly CodeDoor[] = DOORS.filter((door): door is CodeDoor => door.code !== undefined);

/** The doors that a module with these packages may import, beside `meta-machine` and what it is granted by name. */
export function doorsOf(packages: readonly string[]): readonly CodeDoor[] {
  return CODE_DOORS.filter((door) => door.with === undefined || packages.includes(door.with));
}

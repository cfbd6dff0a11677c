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
  /** A module may import it that was granted this package, on which it is built. `file` in `libs/` is its code for a Worker. */
  readonly with?: { readonly package: string; readonly file: string };
}

/** A door that goes with a granted package. */
export type GrantedDoor = Door & Required<Pick<Door, "with">>;

export const DOORS: readonly Door[] = Object.freeze([
  { name: "meta-machine", entry: "kernel/guest/sdk/mod.ts", made: "author_sdk", file: "meta-machine" },
  {
    name: "meta-machine/kysely",
    entry: "kernel/guest/sdk/kysely/mod.ts",
    made: "author_kysely",
    file: "kysely",
    with: { package: "kysely", file: "door_kysely.mjs" },
  },
  {
    name: "meta-machine/mcp",
    entry: "kernel/guest/sdk/mcp/mod.ts",
    made: "author_mcp",
    file: "mcp",
    with: { package: "@modelcontextprotocol/server", file: "door_mcp.mjs" },
  },
  {
    name: "meta-machine/testing",
    entry: "kernel/workbench/testing/mod.ts",
    made: "author_testing",
    file: "testing",
    stays: true, // it starts the program's own processes
  },
  { name: "files", entry: "kernel/guest/sdk/files.ts", made: "author_files", file: "files" },
]);

export const GRANTED_DOORS: readonly GrantedDoor[] = DOORS.filter((door): door is GrantedDoor =>
  door.with !== undefined
);

/** The doors that go with these packages. */
export function doorsOf(packages: readonly string[]): readonly GrantedDoor[] {
  return GRANTED_DOORS.filter((door) => packages.includes(door.with.package));
}

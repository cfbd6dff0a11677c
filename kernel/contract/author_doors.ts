/** What a module's author imports by name, and what stands for it in a home that has not the host's sources at hand. */
export interface AuthorDoor {
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
}

export const AUTHOR_DOORS: readonly AuthorDoor[] = Object.freeze([
  { name: "meta-machine", entry: "kernel/guest/sdk/mod.ts", made: "author_sdk", file: "meta-machine" },
  {
    name: "meta-machine/testing",
    entry: "kernel/workbench/testing/mod.ts",
    made: "author_testing",
    file: "testing",
    stays: true, // it starts the program's own processes
  },
  { name: "files", entry: "kernel/guest/sdk/files.ts", made: "author_files", file: "files" },
]);

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
}

export const AUTHOR_DOORS: readonly AuthorDoor[] = Object.freeze([
  { name: "meta-machine", entry: "kernel/guest/sdk/mod.ts", made: "author_sdk", file: "meta-machine" },
  { name: "files", entry: "kernel/guest/sdk/files.ts", made: "author_files", file: "files" },
]);

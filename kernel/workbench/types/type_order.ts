/** What the command and the process that checks types say to each other, as lines of JSON. */

/** One module's source. */
export interface TypeOrder {
  readonly entry: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Files that only give types, by paths from the same folder. */
  readonly beside?: readonly { readonly path: string; readonly text: string }[];
  /** Name → path of the file that declares its types; or "any" where nobody has them. */
  readonly modules: Readonly<Record<string, string>>;
  /** Name → a folder from which the package is found in `node_modules`. */
  readonly packages: Readonly<Record<string, string>>;
  /** Names that this module finds on its global object. */
  readonly globals: readonly string[];
}

/** Line and column count from 1. */
export interface TypeProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** More would only repeat what the author has seen by then. */
export const MOST_PROBLEMS = 50;

export interface TypeAnswer {
  readonly problems: readonly TypeProblem[];
  /** Those beyond MOST_PROBLEMS. */
  readonly more: number;
}

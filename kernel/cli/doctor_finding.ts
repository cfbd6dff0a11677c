/** What one look of `doctor` found. */
export type Finding =
  & {
    /** What was looked at, in a word. */
    readonly name: string;
    readonly found: string;
  }
  & (
    | { readonly state: "ok" }
    /** `warn`: it works, but not as it should; `fail`: it will not work. */
    | { readonly state: "warn" | "fail"; readonly mend: string }
  );

export function good(name: string, found: string): Finding {
  return { name, state: "ok", found };
}
export function warn(name: string, found: string, mend: string): Finding {
  return { name, state: "warn", found, mend };
}
export function fail(name: string, found: string, mend: string): Finding {
  return { name, state: "fail", found, mend };
}

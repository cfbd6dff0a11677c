/** Which files of a source are not as they were. */
import type { SourceSet } from "../../contract/spec.ts";

export interface FileChange {
  readonly path: string;
  readonly change: "new" | "gone" | "changed";
  /** Lines of the file as it stands, or as it stood. */
  readonly lines: number;
}

export function changedFiles(before: SourceSet["files"], now: SourceSet["files"]): readonly FileChange[] {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const kept = now.flatMap(({ path, text }): FileChange[] => {
    const former = old.get(path);
    if (former === text) return [];
    return [{ path, change: former === undefined ? "new" : "changed", lines: linesOf(text) }];
  });
  const paths = new Set(now.map(({ path }) => path));
  const gone = before.filter(({ path }) => !paths.has(path)).map(({ path, text }): FileChange => {
    return { path, change: "gone", lines: linesOf(text) };
  });
  return [...kept, ...gone];
}

function linesOf(text: string): number {
  return text.split("\n").length;
}

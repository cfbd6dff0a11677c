import type { PlannedModule } from "../../contract/spec.ts";

/** Gives the path of one of a module's files as a person finds it: from the home, where it lies in the home. */
export function shownPath({ source }: Pick<PlannedModule, "source">, home: string): (file: string) => string {
  const isFolder = source.entry === "mod.ts" && !source.path.endsWith("/mod.ts");
  return (file) => {
    const path = isFolder ? `${source.path}/${file}` : source.path;
    return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
  };
}

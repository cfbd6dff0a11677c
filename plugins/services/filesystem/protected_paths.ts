/** What is done to a file. */
export type Access = "read" | "write";

/**
 * Why a path is protected whatever roots say, or undefined. Paths are relative to the home. The operator is no exception here: his own
 * editor, not a service, writes programs and configs.
 */
export function protection(path: string, access: Access): string | undefined {
  const parts = path === "." ? [] : path.split("/").map(fold);
  const [first, second] = parts;
  if (parts.some((part) => part.startsWith("."))) return "names that begin with a dot are protected";
  if (first === "runtime" && second !== "files" && (second !== undefined || access === "write")) {
    return "runtime/ is the host's own, but for runtime/files/";
  }
  if (first === "configs" && /^principals\.ya?ml$/.test(second ?? "")) return "it says who may do what";
  if (access === "write" && first !== undefined && UNWRITABLE.includes(first)) {
    return "configs/, plugins/, prompts/, kernel/, main.ts, deno.json and deno.lock are written by the operator and the kernel only";
  }
}

const UNWRITABLE = ["configs", "plugins", "prompts", "kernel", "main.ts", "deno.json", "deno.lock"];

/** On some file systems `Configs` and `ｃonfigs` are `configs`: they are taken for it on all. */
function fold(part: string): string {
  return part.normalize("NFKC").toLowerCase();
}

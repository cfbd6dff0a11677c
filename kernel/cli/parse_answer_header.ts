/** Headers from the host: parsed, since the program and the host that it reaches may be of different versions. */
export type AnswerHeader =
  | { readonly t: "answer"; readonly ok: boolean; readonly more?: true }
  | { readonly t: "item"; readonly more?: true }
  | { readonly t: "piece"; readonly more?: true };

/** Undefined for what this program does not know. A command has one request, so ids are not looked at. */
export function parseAnswerHeader(header: unknown): AnswerHeader | undefined {
  if (typeof header !== "object" || header === null) return undefined;
  const { t, ok, more } = header as Record<string, unknown>;
  if (more !== undefined && more !== true) return undefined;
  const rest = more === true ? { more } as const : {};
  if (t === "answer" && typeof ok === "boolean") return { t, ok, ...rest };
  return t === "item" || t === "piece" ? { t, ...rest } : undefined;
}

/** A defect of the host itself. Loud on purpose: whoever catches it ends what it was doing and reports it. */
export class KernelBug extends Error {
  override readonly name = "KernelBug";
}

/** Throws a KernelBug unless the condition holds; `text` says what was promised. Never for what another process or a module said. */
export function invariant(condition: unknown, text: string): asserts condition {
  if (!condition) throw new KernelBug(text);
}

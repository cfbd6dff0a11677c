/** True where a person can be asked. */
export function canConfirm(): boolean {
  return Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
}

/** A question to a person. Where nobody can answer, the answer is no. */
export async function confirm(question: string): Promise<boolean> {
  if (!canConfirm()) return false;
  await Deno.stderr.write(new TextEncoder().encode(question));
  const buffer = new Uint8Array(1_024);
  const count = await Deno.stdin.read(buffer);
  return /^\s*y(?:es)?\s*$/i.test(new TextDecoder().decode(buffer.subarray(0, count ?? 0)));
}

/** Vectors that depend on the text alone: the same text is near to itself, and texts with common words are nearer than others. */

const DIMENSIONS = 16;

export function answerEmbeddings(
  asked: { readonly input?: unknown; readonly model?: string; readonly encoding_format?: string },
): Response {
  const texts = (Array.isArray(asked.input) ? asked.input : [asked.input]).map(String);
  const data = texts.map((text, index) => ({
    object: "embedding",
    index,
    embedding: encoded(vectorOf(text), asked.encoding_format),
  }));
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
  // Not in the order of the texts: an index says which is whose.
  return Response.json({
    object: "list",
    data: data.reverse(),
    model: asked.model ?? "scripted",
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

export function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().split(/\W+/).filter((word) => word !== "")) {
    let hash = 2_166_136_261;
    for (const letter of word) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619) >>> 0;
    vector[hash % DIMENSIONS]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function encoded(vector: readonly number[], format: string | undefined): number[] | string {
  return format === "base64" ? new Uint8Array(Float32Array.from(vector).buffer).toBase64() : [...vector];
}

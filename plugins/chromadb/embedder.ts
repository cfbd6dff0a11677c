import { fault, type Kernel } from "meta-machine";
import { hashEmbeddings } from "./hash_embedding.ts";
import { parseEmbeddings } from "./parse_embeddings.ts";

/** Turns texts into vectors. */
export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** By the `embed(texts)` of a module, else by hashing, which needs nothing and knows no meaning. */
export function openEmbedder(kernel: Kernel, api: string | undefined, maxDimensions: number): Embed {
  if (api === undefined) return hashEmbeddings;
  const embedder = kernel.getApi<{ embed(texts: readonly string[]): unknown }>(api);
  return async (texts) => {
    const answer = await embedder.embed(texts);
    if (!Array.isArray(answer) || answer.length !== texts.length) {
      throw fault("conflict", `'${api}' gave no vector for each of ${texts.length} texts`, {
        hint: "embed(texts) of the api that `embedder` names gives a list of lists of numbers",
        retriable: false,
      });
    }
    return parseEmbeddings(`embed of '${api}'`, "its answer", answer, maxDimensions);
  };
}

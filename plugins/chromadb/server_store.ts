import { chromaFilter } from "./chroma_filter.ts";
import type { ChromaClient, ChromaCollection, ChromaLibrary } from "./chroma_library.ts";
import type { FoundRecord, Hit, Metadata, NewRecord, Part, Selection, Space } from "./records.ts";
import { chunks } from "./row_values.ts";
import { type ServerAddress, serverFault } from "./server_fault.ts";
import { idsTaken } from "./store_faults.ts";
import type { Collection, VectorStore } from "./vector_store.ts";

/** Collections, or records, that are asked for at once where all are wanted. */
const PAGE = 500;
/** To find out why a server was not reached. */
const REASON_MS = 2_000;

/** A collection with the client's own object for it. */
interface ServerCollection extends Collection {
  readonly chroma: ChromaCollection;
}

/** Collections of a Chroma server, by its own client. */
export class ServerStore implements VectorStore {
  readonly #library: ChromaLibrary;
  readonly #address: ServerAddress;
  readonly #signal: () => AbortSignal | undefined;

  /** `signal` gives the one of the call that is served: who gives up lets go of the connection. */
  constructor(library: ChromaLibrary, address: ServerAddress, signal: () => AbortSignal | undefined) {
    this.#library = library;
    this.#address = address;
    this.#signal = signal;
  }

  /** A client for one call. It holds no connection, and what it finds goes on using its signal. */
  get #client(): ChromaClient {
    const signal = this.#signal();
    return new this.#library.ChromaClient({ ...this.#address, ...(signal && { fetchOptions: { signal } }) });
  }

  async find(name: string): Promise<Collection | undefined> {
    return await this.#ask(name, () =>
      this.#client.getCollection({ name }).then(collectionOf, (error) => {
        if (error?.name === "ChromaNotFoundError") return undefined;
        throw error;
      }));
  }

  async findOrCreate(
    name: string,
    { metadata, space }: { metadata: Metadata | null; space: Space },
  ): Promise<Collection> {
    return await this.#ask(name, async () =>
      collectionOf(
        await this.#client.getOrCreateCollection({
          name,
          embeddingFunction: null, // vectors are made here
          ...(metadata !== null && { metadata }),
          configuration: { hnsw: { space } },
        }),
      ));
  }

  async list(most: number): Promise<readonly Collection[]> {
    const found: Collection[] = [];
    while (found.length < most) {
      const page = await this.#ask("", () => this.#client.listCollections({ limit: PAGE, offset: found.length }));
      found.push(...page.map(collectionOf));
      if (page.length < PAGE) break;
    }
    return found.slice(0, most).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async drop({ name }: Collection): Promise<void> {
    await this.#ask(name, () => this.#client.deleteCollection({ name }));
  }

  async count(collection: Collection): Promise<number> {
    return await this.#ask(collection.name, () => chromaOf(collection).count());
  }

  async add(collection: Collection, records: readonly NewRecord[]): Promise<void> {
    const ids = records.map(({ id }) => id);
    await this.#ask(collection.name, async () => {
      const chroma = chromaOf(collection);
      // The server passes over an id that is there already, and says nothing.
      const taken = await chroma.get({ ids, include: [] });
      if (taken.ids.length > 0) throw idsTaken(collection.name, taken.ids);
      await chroma.add({
        ids,
        embeddings: records.map(({ embedding }) => [...embedding]),
        // Texts for all or for none: the client takes nothing else.
        ...(records[0]!.document !== null && { documents: records.map(({ document }) => document!) }),
        ...(records.some(({ metadata }) => metadata !== null) &&
          { metadatas: records.map(({ metadata }) => metadata) }),
      });
    });
  }

  async get(
    collection: Collection,
    { limit, offset, include, ...selection }: Selection & { limit: number; offset: number; include: readonly Part[] },
  ): Promise<readonly FoundRecord[]> {
    const { ids, documents, metadatas, embeddings } = await this.#ask(
      collection.name,
      () => chromaOf(collection).get({ ...chromaFilter(selection), limit, offset, include: [...include] }),
    );
    return ids.map((id, at) => ({
      id,
      ...(include.includes("documents") && { document: documents[at] ?? null }),
      ...(include.includes("metadatas") && { metadata: metadatas[at] ?? null }),
      ...(include.includes("embeddings") && { embedding: embeddings[at]! }),
    }));
  }

  async query(
    collection: Collection,
    vectors: readonly (readonly number[])[],
    { nResults, include, ...selection }: Selection & { nResults: number; include: readonly Part[] },
  ): Promise<readonly (readonly Hit[])[]> {
    const { ids, documents, metadatas, embeddings, distances } = await this.#ask(
      collection.name,
      () =>
        chromaOf(collection).query({
          ...chromaFilter(selection),
          queryEmbeddings: vectors.map((vector) => [...vector]),
          nResults,
          include: [...new Set([...include, "distances"])],
        }),
    );
    return ids.map((found, query) =>
      found.map((id, at) => ({
        id,
        distance: distances[query]![at]!,
        ...(include.includes("documents") && { document: documents[query]![at] ?? null }),
        ...(include.includes("metadatas") && { metadata: metadatas[query]![at] ?? null }),
        ...(include.includes("embeddings") && { embedding: embeddings[query]![at]! }),
      }))
    );
  }

  /** The server counts the ids that it was given, whether or not they are there. */
  async delete(collection: Collection, selection: Selection): Promise<number> {
    return await this.#ask(collection.name, async () => {
      const chroma = chromaOf(collection);
      const { ids } = await chroma.get({ ...chromaFilter(selection), include: [] });
      for (const some of chunks(ids, PAGE)) await chroma.delete({ ids: some });
      return ids.length;
    });
  }

  async #ask<T>(name: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (this.#signal()?.aborted) throw error; // nobody waits for the reason
      const ask = (url: string) =>
        fetch(url, { signal: AbortSignal.timeout(REASON_MS) }).then((answer) => answer.body?.cancel());
      throw await serverFault(error, name, this.#address, ask);
    }
  }
}

function chromaOf(collection: Collection): ChromaCollection {
  return (collection as ServerCollection).chroma;
}

function collectionOf(chroma: ChromaCollection): ServerCollection {
  const { hnsw, spann } = chroma.configuration;
  return {
    chroma,
    id: chroma.id,
    name: chroma.name,
    metadata: chroma.metadata ?? null,
    space: (hnsw?.space ?? spann?.space ?? "l2") as Space,
  };
}

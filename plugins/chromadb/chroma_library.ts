/** The part of the package `chromadb` that is used here. */
import type { Metadata } from "./records.ts";

export interface ChromaLibrary {
  readonly ChromaClient: new (
    options: { host: string; port: number; ssl: boolean; fetchOptions?: { signal: AbortSignal } },
  ) => ChromaClient;
}

export interface ChromaClient {
  heartbeat(): Promise<number>;
  getCollection(options: { name: string }): Promise<ChromaCollection>;
  getOrCreateCollection(options: {
    name: string;
    embeddingFunction: null;
    metadata?: Metadata;
    configuration: { hnsw: { space: string } };
  }): Promise<ChromaCollection>;
  listCollections(options: { limit: number; offset: number }): Promise<ChromaCollection[]>;
  deleteCollection(options: { name: string }): Promise<void>;
}

export interface ChromaCollection {
  readonly id: string;
  readonly name: string;
  readonly metadata: Metadata | undefined;
  readonly configuration: {
    readonly hnsw?: { readonly space?: string | null } | null;
    readonly spann?: { readonly space?: string | null } | null;
  };
  count(): Promise<number>;
  add(records: {
    ids: string[];
    embeddings: number[][];
    documents?: string[];
    metadatas?: (Metadata | null)[];
  }): Promise<void>;
  get(question: ChromaSelection & { limit?: number; offset?: number; include: string[] }): Promise<ChromaRecords>;
  query(
    question: Omit<ChromaSelection, "ids"> & { queryEmbeddings: number[][]; nResults: number; include: string[] },
  ): Promise<{
    readonly ids: string[][];
    readonly documents: (string | null)[][];
    readonly metadatas: (Metadata | null)[][];
    readonly embeddings: number[][][];
    readonly distances: number[][];
  }>;
  delete(selection: { ids: string[] }): Promise<unknown>;
}

export interface ChromaSelection {
  readonly ids?: string[];
  readonly where?: Record<string, unknown>;
  readonly whereDocument?: Record<string, unknown>;
}

export interface ChromaRecords {
  readonly ids: string[];
  readonly documents: (string | null)[];
  readonly metadatas: (Metadata | null)[];
  readonly embeddings: number[][];
}

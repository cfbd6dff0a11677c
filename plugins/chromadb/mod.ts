/** Collections of texts that are found by nearness: a bridge to a Chroma server (`http_mode: true`), or the same over the service `database`. */
import { type Config, fault, getPackage, type Kernel, type Tool } from "meta-machine";
import { callerName, OPERATOR } from "./caller_name.ts";
import type { ChromaLibrary } from "./chroma_library.ts";
import { collectionTools } from "./collection_tools.ts";
import { type Columns, columnsOf, type Matrix, matrixOf } from "./columns.ts";
import type { Database } from "./embedded_tables.ts";
import { EmbeddedStore } from "./embedded_store.ts";
import { type Embed, openEmbedder } from "./embedder.ts";
import { fullName, isOwn, type Use, visibleName } from "./full_name.ts";
import { type AccessMap, parseAccess } from "./parse_access.ts";
import { parseDelete, parseGet, parseQuery, parseShape } from "./parse_questions.ts";
import { parseRecords } from "./parse_records.ts";
import type { Metadata, Space } from "./records.ts";
import { ServerStore } from "./server_store.ts";
import { type Limits, readSettings, type Settings } from "./settings.ts";
import { goneCollection } from "./store_faults.ts";
import type { Collection, VectorStore } from "./vector_store.ts";

/** Of all callers together, as far as they are listed. */
const MAX_LISTED = 10_000;

export interface CollectionFacts {
  readonly name: string;
  readonly metadata: Metadata | null;
  readonly space: Space;
}

export class Module {
  readonly #kernel: Kernel;
  readonly #access: AccessMap;
  readonly #limits: Limits;
  readonly #embed: Embed;
  readonly #store: VectorStore;

  constructor(kernel: Kernel, config: Config, library: ChromaLibrary | undefined = getPackage("chromadb")) {
    const { place, limits, embedder } = readSettings(config);
    this.#kernel = kernel;
    this.#access = parseAccess(config.get("access"));
    this.#limits = limits;
    this.#embed = openEmbedder(kernel, embedder, limits.max_dimensions);
    this.#store = openStore(kernel, place, limits, library);
  }

  /** `get_or_create_collection(name, {metadata, space})` → `{name, metadata, space}`; space is l2, cosine or ip. */
  async get_or_create_collection(name: unknown, options?: unknown): Promise<CollectionFacts> {
    const caller = this.#caller();
    const full = fullName(caller, name, "write", this.#access);
    const { metadata, space } = parseShape(options, this.#limits);
    const found = await this.#store.find(full) ?? await this.#create(caller, full, metadata, space ?? "l2");
    if (space !== undefined && found.space !== space) {
      throw fault("conflict", `collection '${full}' measures by ${found.space}`, {
        hint: `a collection keeps its space; leave it out, or make another one for ${space}`,
        retriable: false,
      });
    }
    return this.#facts(caller, found);
  }

  /** `add(name, {ids, documents, metadatas, embeddings})` → `{added}`; all or none. Documents without embeddings are embedded here. */
  async add(name: unknown, options?: unknown): Promise<{ added: number }> {
    const full = this.#named(name, "write");
    const { ids, documents, metadatas, embeddings } = parseRecords(options, this.#limits);
    const collection = await this.#find(full);
    const count = await this.#store.count(collection);
    if (count + ids.length > this.#limits.max_records) {
      throw fault("quota", `collection '${full}' has ${count} records, and ${ids.length} more are too many`, {
        hint: `at most ${this.#limits.max_records} (max_records in the config of this service)`,
      });
    }
    const vectors = embeddings ?? await this.#embed(documents!);
    await this.#store.add(
      collection,
      ids.map((id, at) => ({
        id,
        document: documents?.[at] ?? null,
        metadata: metadatas[at]!,
        embedding: vectors[at]!,
      })),
    );
    return { added: ids.length };
  }

  /** `query(name, {queryTexts or queryEmbeddings, nResults, where, whereDocument, include})` → `{ids, documents, metadatas, distances}`, a list for each query. */
  async query(name: unknown, options?: unknown): Promise<Matrix> {
    const full = this.#named(name, "read");
    const { queries, ...question } = parseQuery(options, this.#limits);
    const collection = await this.#find(full);
    const vectors = queries.kind === "vectors" ? queries.vectors : await this.#embed(queries.texts);
    const answers = await this.#store.query(collection, vectors, question);
    return matrixOf(answers.map((hits) => columnsOf(hits, question.include)), question.include);
  }

  /** `get(name, {ids, where, whereDocument, limit, offset, include})` → `{ids, documents, metadatas}`, in the order in which they were added. */
  async get(name: unknown, options?: unknown): Promise<Columns> {
    const full = this.#named(name, "read");
    const question = parseGet(options, this.#limits);
    return columnsOf(await this.#store.get(await this.#find(full), question), question.include);
  }

  /** `delete(name, {ids, where, whereDocument})` → `{deleted}`. */
  async delete(name: unknown, options?: unknown): Promise<{ deleted: number }> {
    const full = this.#named(name, "write");
    const selection = parseDelete(options, this.#limits);
    return { deleted: await this.#store.delete(await this.#find(full), selection) };
  }

  /** `count(name)` → how many records it has. */
  async count(name: unknown): Promise<number> {
    return await this.#store.count(await this.#find(this.#named(name, "read")));
  }

  /** `list_collections()` → `[{name, metadata, space}]`: one's own, and those of others that were lent. */
  async list_collections(): Promise<CollectionFacts[]> {
    const caller = this.#caller();
    const all = await this.#store.list(MAX_LISTED);
    return all.filter(({ name }) => visibleName(caller, name, this.#access) !== undefined)
      .map((collection) => this.#facts(caller, collection));
  }

  /** `delete_collection(name)` → `{deleted: true}`; only its owner and the operator do that. */
  async delete_collection(name: unknown): Promise<{ deleted: true }> {
    const caller = this.#caller();
    const full = fullName(caller, name, "write", this.#access);
    if (caller !== OPERATOR && !isOwn(caller, full)) {
      throw fault("denied", `'${caller}' may not delete collection '${full}'`, {
        hint: "only its owner and the operator do; delete(name, {ids}) takes records away",
      });
    }
    await this.#store.drop(await this.#find(full));
    return { deleted: true };
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") return collectionTools((method, [collection, options]) => this[method](collection, options));
    throw new Error(`Aspect '${name}' not found.`);
  }

  #caller(): string {
    return callerName(this.#kernel.caller());
  }

  #named(name: unknown, use: Use): string {
    return fullName(this.#caller(), name, use, this.#access);
  }

  async #find(full: string): Promise<Collection> {
    const found = await this.#store.find(full);
    if (found === undefined) throw goneCollection(full);
    return found;
  }

  async #create(caller: string, full: string, metadata: Metadata | null, space: Space): Promise<Collection> {
    const all = await this.#store.list(MAX_LISTED);
    const own = all.filter(({ name }) => isOwn(caller, name)).length;
    if (own >= this.#limits.max_collections && caller !== OPERATOR || all.length === MAX_LISTED) {
      throw fault("quota", `'${caller}' has ${own} collections`, {
        hint: `at most ${this.#limits.max_collections} (max_collections in the config of this service); ` +
          "delete_collection(name) frees one",
      });
    }
    return await this.#store.findOrCreate(full, { metadata, space });
  }

  #facts(caller: string, { name, metadata, space }: Collection): CollectionFacts {
    return { name: visibleName(caller, name, this.#access) ?? name, metadata, space };
  }
}

function openStore(
  kernel: Kernel,
  place: Settings["place"],
  limits: Limits,
  library: ChromaLibrary | undefined,
): VectorStore {
  if (place.kind === "embedded") return new EmbeddedStore(kernel.getApi<Database>("database"), place.path, limits);
  if (library !== undefined) return new ServerStore(library, place, () => kernel.caller()?.signal);
  throw new TypeError("http_mode: true needs the package; add to the config: grants: {packages: [chromadb]}");
}

import { type Tool, tool } from "meta-machine";

type Method =
  | "get_or_create_collection"
  | "add"
  | "query"
  | "get"
  | "delete"
  | "count"
  | "list_collections"
  | "delete_collection";

const COLLECTION = { type: "string", description: "the name of one of your collections" };
const IDS = { type: "array", items: { type: "string" } };
const METADATA = { type: ["object", "null"], description: "texts, numbers and booleans by name" };
const WHERE = {
  type: "object",
  description:
    'a condition on metadata, for example {"kind": "note"}, {"year": {"$gte": 2024}} or {"$and": [..., ...]}',
};
const WHERE_DOCUMENT = { type: "object", description: 'a condition on the text, for example {"$contains": "milk"}' };

/** The same operations for a model. `run` is handed the method's name and its arguments. */
export function collectionTools(run: (name: Method, args: readonly unknown[]) => unknown): Record<string, Tool> {
  const schema = (properties: Record<string, unknown>, required: readonly string[]) => ({
    type: "object",
    properties,
    required,
    additionalProperties: false,
  });
  const onCollection = (name: Method) => ({ collection, ...options }: Record<string, unknown>) =>
    run(name, [collection, options]);
  return {
    get_or_create_collection: tool({
      description:
        "Makes a collection of texts that are found by their meaning, or finds it. Gives {name, metadata, space}.",
      params: schema({ collection: COLLECTION, metadata: METADATA, space: { enum: ["l2", "cosine", "ip"] } }, [
        "collection",
      ]),
      run: onCollection("get_or_create_collection"),
      destructive: false,
      idempotent: true,
    }),
    add: tool({
      description: "Adds texts to a collection, each under an id of its own. Gives {added}.",
      params: schema({
        collection: COLLECTION,
        ids: IDS,
        documents: { type: "array", items: { type: "string" }, description: "one text for each id" },
        metadatas: { type: "array", items: METADATA, description: "one for each id" },
      }, ["collection", "ids", "documents"]),
      run: onCollection("add"),
      destructive: false,
    }),
    query: tool({
      description:
        "Finds the texts of a collection that are nearest to each of the given texts: {ids, documents, metadatas, distances}, " +
        "a list for each text, the nearest first.",
      params: schema({
        collection: COLLECTION,
        queryTexts: { type: "array", items: { type: "string" } },
        nResults: { type: "integer", minimum: 1, description: "10 unless told" },
        where: WHERE,
        whereDocument: WHERE_DOCUMENT,
      }, ["collection", "queryTexts"]),
      run: onCollection("query"),
      readOnly: true,
    }),
    get: tool({
      description:
        "Reads texts of a collection by id or condition, in the order in which they were added: {ids, documents, metadatas}.",
      params: schema({
        collection: COLLECTION,
        ids: IDS,
        where: WHERE,
        whereDocument: WHERE_DOCUMENT,
        limit: { type: "integer", minimum: 1, description: "100 unless told" },
        offset: { type: "integer", minimum: 0 },
      }, ["collection"]),
      run: onCollection("get"),
      readOnly: true,
    }),
    delete: tool({
      description: "Deletes texts of a collection by id or condition, for good. Gives {deleted}.",
      params: schema({ collection: COLLECTION, ids: IDS, where: WHERE, whereDocument: WHERE_DOCUMENT }, ["collection"]),
      run: onCollection("delete"),
      destructive: true,
    }),
    count: tool({
      description: "Tells how many texts a collection has.",
      params: schema({ collection: COLLECTION }, ["collection"]),
      run: ({ collection }) => run("count", [collection]),
      readOnly: true,
    }),
    list_collections: tool({
      description: "Lists your collections: [{name, metadata, space}].",
      params: schema({}, []),
      run: () => run("list_collections", []),
      readOnly: true,
    }),
    delete_collection: tool({
      description: "Deletes a collection with all its texts, for good. Gives {deleted}.",
      params: schema({ collection: COLLECTION }, ["collection"]),
      run: ({ collection }) => run("delete_collection", [collection]),
      destructive: true,
    }),
  };
}

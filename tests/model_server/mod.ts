export { type Asked, ModelServer, type ModelServerOptions } from "./model_server.ts";
export {
  callsInBrackets,
  callsNatively,
  type Ending,
  type NativeCall,
  refuses,
  type Reply,
  says,
  showsPage,
  talksNonsense,
} from "./reply.ts";
export { vectorOf } from "./answer_embeddings.ts";

// The package as `deno task vendor` bundled it: its build for browsers. The one that npm hands to Deno reads
// process.env while it parses, and a kernel may not read the environment.
// @ts-types="yaml"
export { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, stringify, visit } from "../../../libs/yaml.mjs";

/**
 * The functions of `@std/yaml` that this program uses, over the npm package `yaml`. Where the two packages
 * disagree, the values are those of `@std/yaml`; what stays different is stricter, and a test tells it.
 *
 * @module
 */
export { parse, type ParseOptions } from "./yaml/parse.ts";
export { stringify, type StringifyOptions } from "./yaml/stringify.ts";
export { YamlSyntaxError } from "./yaml/yaml_syntax_error.ts";

/*
tries: load though it does not parse
harm: lies
stopped by: loader
refused: "/plugins\\/loader\\/syntax\\.ts:\\d+/"
*/
export class Module {
  broken( {
}

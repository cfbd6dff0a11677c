/*
tries: load by a default export
harm: lies
stopped by: loader
refused: exports no class named Module
*/
export default class Module {}

/*
tries: load under another name of its class
harm: lies
stopped by: loader
refused: exports no class named Module
*/
export class MyModule {}

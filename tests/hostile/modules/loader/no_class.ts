/*
tries: load without a class
harm: lies
stopped by: loader
refused: exports no class named Module
*/
export const nothing = 1;

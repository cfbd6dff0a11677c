/** Where the program's own files are: beside its sources, or all of them in one file. */
export { serveHomeKernels } from "./home_kernels.ts";
export { layOut, type NewPiece } from "./layout.ts";
export type { Program } from "./program.ts";
/** In the one file, one_file.ts stands in this one's place (kernel/vendor/bundle_role.ts). */
export { PROGRAM } from "./sources.ts";

export { runKernel } from "./run_kernel.ts";

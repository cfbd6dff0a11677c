/** The command line: arguments in, exit code out. */
export { runCli } from "./run_cli.ts";

/**
 * Modules that the program brings along. `shipped` is an origin only when `prog` is named here and the file found lies in the program's own
 * `plugins/`: then the config's `builtins`, `folders` and `listen` are honoured; everything else in a home is `local` and needs `grants allow`.
 */
export const SHIPPED_PROGS: readonly string[] = Object.freeze([
  "chromadb",
  "gate",
  "mcp",
  "my_module",
  "openai",
  "redis",
  "self_improver",
  "services/database",
  "services/filesystem",
  "services/http",
  "services/packages",
  "tasks/rl_trainer",
  "web",
]);

/** The service behind every module's `fetch`: the one module whose process may connect to any address, since it checks them itself. */
export const HTTP_SERVICE = Object.freeze({ api: "http", prog: "services/http" });

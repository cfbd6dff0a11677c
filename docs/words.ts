/** Sentences for the tables, by the names of the contract: a name without its sentence does not compile. */
import type { EventKind } from "../kernel/contract/events.ts";
import type { Limits } from "../kernel/contract/limits.ts";
import type { MetaConfig } from "../kernel/contract/meta_config.ts";
import type { Builtin, Grants, KernelGrant } from "../kernel/contract/spec.ts";
import type { CONFIG_KEYS } from "../kernel/config/mod.ts";
import type { ParamKey } from "../plugins/openai/settings.ts";

/** What a key of a module's config means. */
export const CONFIG_WORDS: Readonly<Record<(typeof CONFIG_KEYS)[number], string>> = {
  api: "the name under which it is called",
  prog: "its source below `plugins/`: `PROG.ts`, `PROG.js` or `PROG/mod.ts` in the home, else a shipped one",
  grants: "what it may do ([below](#grants))",
  limits: "bounds of the module ([below](#limits))",
  restart:
    "how often it may be started again within the window before it is quarantined; `max: 0` quarantines it at the first failure",
  reload: "`stop_start`: the old instance ends before the new one is brought up",
  start: "`on_call`: it has no process until it is called ([how](plugins.md#asleep-until-called))",
  idle_ms: "for `on_call`: without a call or a running `run()` for so long it sleeps again",
  cell: "modules that name the same one share a process, its memory and its fate",
  approve: "for tools that a model asks for, without effect yet",
};

/** What an entry of a grant gives. */
export const GRANT_WORDS: Readonly<Record<keyof Grants, string>> = {
  services: "`database`, `tasks/*`, `{api: notes, methods: [list]}`: calls through handles; without `methods` or `aspects` all of them",
  secrets:
    '`kernel.secret("NAME")`: one variable of the host\'s environment. With `{env: NAME, host: api.example.com, header: Authorization}` the module never sees it: the http service adds it to what is fetched from that host ([more](plugins.md#fetch))',
  prompts: '`kernel.prompt("style.txt")`: a file below `prompts/`',
  packages: '`import … from "zod"` ([the list](plugins.md#packages))',
  kernel: "[names of the kernel object](#kernel-names)",
  wasm: "the global `WebAssembly`",
  net:
    "the global `fetch`, for exactly these ([more](plugins.md#fetch)); with `node:net`, `node:tls` or `node:dns`, the Worker's own network permission for exactly these",
  builtins: "[Node's and the host's functions](#builtins)",
  folders: "`{path: runtime/files/database, mode: rw}`: the Worker's own read (`r`) or read and write (`rw`); `.` is the home",
  listen: "addresses for `serve`; port 0 lets the system choose",
  image: "read, without effect yet",
  logs: "read, without effect yet",
};

/** What each limit counts. */
export const LIMIT_WORDS: Readonly<Record<keyof Limits, string>> = {
  memory_mb: "resident memory of the module's process, MiB",
  heap_mb: "JavaScript heap of that process, MiB",
  cpu_percent: "processor time of its process beside the shell's, percent of one core; half as much again is let pass",
  call_timeout_ms: "longest time one call to the module may take; the caller's remaining time cuts it further",
  calls_in_flight: "calls the module serves at once, of one caller three quarters at the most; it may itself wait for sixteen times as many answers",
  call_depth: "calls made while serving calls, one inside the other",
  message_bytes: "largest arguments or result the module takes in one message",
  messages_per_s: "messages it may send in a second; what is beyond waits",
  bytes_per_s: "bytes it may send in a second; what is beyond waits",
  log_lines_per_s: "lines its `console` may write in a second; a line once a second says how many were left out",
  open_streams: "streams open at once",
  timers: "timers set at once, `kernel.sleep` among them",
  state_bytes: "state carried over a reload",
  image_bytes: "its part of the living image",
  liveness_ms: "how long a Worker that owes an answer may stay silent before its process is killed",
  drain_ms: "how long a replaced instance may take to finish its calls and its `run()`",
  shutdown_ms: "what `shutdown()` gets at least when draining took all of `drain_ms`",
  load_ms: "loading: imports, constructor, listing of tools",
};

/** What happened. */
export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  "config.changed":
    "A config, a source or a granted prompt changed; `message` is the step that follows: start, reload, stop or relabel.",
  "config.rejected": "A file was refused; `detail` names file and line. What ran before keeps running.",
  "module.starting": "A process is being started for the module.",
  "module.ready": "It is loaded and takes calls; also: a restarted kernel took it over as it was.",
  "module.reloaded": "A new instance takes the calls; the old one drains.",
  "module.stopped": "It was unloaded.",
  "module.failed": "It could not be loaded; `message` says why.",
  "module.killed": "Its process ended without being asked to; `detail` has the limit, the call that ran and who made it, the last lines of its log, or in `to_blame` who else was the cause.",
  "module.quarantined": "It failed too often and is not started again by itself; `detail` as above.",
  "module.sleeping": "Its process was given back until the next call.",
  "module.state_left": "A call outlived the reload and its changes were not carried over.",
  "module.state_set_aside": "Carried-over state could not be imported.",
  "grant.pending": "An added module asks for more than it was allowed.",
  "limit.hit": "A limit was exceeded; `detail` has limit, found and allowed, and how often (`times`) since the last such event: one each ten seconds for each module and limit.",
  "circuit.open": "A caller was cut off from a service after repeated harm.",
  "circuit.closed": "It is let through again.",
  "kernel.ready": "The kernel serves.",
  "kernel.swapped": "A successor took over.",
  "kernel.swap_failed": "A successor could not take over; the former kernel serves on.",
  "approval.asked": "A tool waits for the operator.",
  "approval.given": "The operator answered.",
  "proposal.made": "Somebody proposes a change of a module, a config or a prompt; `detail` has its id.",
  "proposal.adopted": "It was judged and written, and runs.",
  "proposal.rejected": "It was put aside, or did not run and was taken back; `message` says why.",
  "proposal.rolled_back": "What was before an adopted change runs again.",
};

/** What a granted builtin brings. */
export const BUILTIN_WORDS: Readonly<Record<Builtin, string>> = {
  "node:sqlite": "SQLite files below `grants.folders`",
  "node:net": "TCP to the addresses of `grants.net`",
  "node:tls": "TLS to the addresses of `grants.net`, and an empty `Deno`, which it looks for",
  "node:dns": "names to addresses",
  "node:crypto": "Node's cryptography",
  "node:events": "EventEmitter",
  "node:util": "Node's helpers",
  "node:stream": "Node's streams",
  "node:buffer": "Buffer",
  "serve": "`serve(handler)` and `upgradeWebSocket(request)` on the addresses of `grants.listen`, and these as `addresses`",
  "files": "read, write, list, stat, realpath, rename, remove below `grants.folders`",
};

/** What a name under `grants.kernel` allows. */
export const KERNEL_WORDS: Readonly<Record<KernelGrant, string>> = {
  image: "`kernel.image`: the living image",
  status: "`kernel.status()`: what the command `status` shows",
  events: "`kernel.events(kinds)`: events as they happen",
  reload: "`kernel.reload(api)`: reloads a module",
  propose: "`kernel.propose`: a change of configuration or source for the operator to adopt",
  shadow: "`kernel.shadow`: a proposal beside what runs",
  route_share: "`kernel.route_share`: a share of the calls for a proposal",
  adopt: "`kernel.adopt`",
  rollback: "`kernel.rollback`",
  order: "`kernel.order`: a job of the host",
  tools: "`kernel.asCaller().callTool`: speaks for whom it serves, as far as that one may",
  bearer: "`kernel.asBearer(token)`: acts for who shows a token, as far as its principal may",
};

/** What a key of a meta file sets. */
export const META_WORDS: Readonly<Record<keyof MetaConfig, string>> = {
  prog: "base name of the kernel's source: `<home>/kernel/NAME.ts`, else the one shipped with the program",
  enable_sandboxing: "whether modules are fenced in",
  kv: "the living image's file, below `runtime/image/`",
  event_log: "the event log, below `runtime/logs/`",
  log_max_mb: "MiB at which a log (`host.jsonl`, the event log, `watchdog.log`) is put aside",
  log_keep: "files of each log that stay aside",
  log_keep_days:
    "days after which a file put aside is removed, whatever its number; 0: never. A log is then also put aside when its first line is older than this divided by `log_keep`",
  max_cells_starting: "processes that may be starting at once",
  cells_memory_mb:
    "MiB that the modules' processes may take together, what they share not counted: above it the one furthest above its share is ended, and none is started; 0: three quarters of the machine's memory",
  kernel_memory_mb: "MiB that the kernel's own process may take before it ends and the next one takes its place",
  warm_cells: "blank processes kept ready for modules without permissions and with the default `memory_mb` and `heap_mb`",
};

/** What a key below `params:` of an inference config sets. */
export const PARAM_WORDS: Readonly<Record<ParamKey, string>> = {
  model: "the model that answers, where the call names none",
  embedding_model: "the model of `embed`; without it, `model`",
  base_url: "where the API is; most end in `/v1`",
  api_key_env: "names the variable with the key, for texts; [`grants.secrets`](#a-provider) is what sends it",
  temperature: "how freely the model chooses, where the call says nothing; without it, the server's own",
  tool_use: "[tools](#tools) of whoever asks: `true` and `bracket` by the Bracket Protocol, `native` as functions, `false` none",
  prompt_file: "the [prompt](#the-prompt) before each conversation; `grants.prompts` has to name it",
  persona: "fills `{{persona}}`, where the call names none",
  max_tokens: "of one answer; without it, the server's own",
  max_rounds: "requests of one turn",
  max_calls_per_turn: "calls in one answer; of one with more none is made",
  max_turn_tokens: "tokens of one turn, in and out, of all its requests",
  turn_timeout_ms: "how long a turn may take, tools included",
  request_timeout_ms: "how long the first piece of an answer may take, with all tries and the place in the queue, and then each next one",
  retries: "how often a request is tried again",
  concurrency: "requests under way at once; the http service lets one module have 32",
  queue: "requests that may wait for that",
  max_input_bytes: "of the messages of a call, of a conversation that a turn has made longer, and of texts to embed",
  max_output_bytes: "of one answer's text and calls",
  max_result_bytes: "of one tool's result; a longer one is shown by its beginning",
  price_per_million: "what a million tokens cost, where the server does not tell a cost",
};

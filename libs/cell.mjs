// kernel/roles/cell.ts (made by deno task vendor cell)
/** The small checks that all parsers of foreign messages are made of: each takes anything and says whether it is what the type claims. */ /** An object that is neither null nor a list; its fields are still unknown. */ function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
/** A number of things, or of bytes, or an id: 0, 1, 2, \u2026 */ function isCount(value) {
  return typeof value === "number" && value >= 0 && Number.isSafeInteger(value);
}
/** A measured amount: finite, not negative. */ function isAmount(value) {
  return typeof value === "number" && value >= 0 && Number.isFinite(value);
}
/** Text of at most `most` UTF-16 units. */ function isText(value, most) {
  return typeof value === "string" && value.length <= most;
}
/** A list of at most `most` entries, each still unknown. */ function isList(value, most) {
  return Array.isArray(value) && value.length <= most;
}
/** Parses every entry, or refuses the whole list. */ function parseEach(value, most, parse) {
  if (!isList(value, most)) return undefined;
  const parsed = [];
  for (const entry of value){
    const one = parse(entry);
    if (one === undefined) return undefined;
    parsed.push(one);
  }
  return parsed;
}
const HEX = /^(?:[0-9a-f]{2})+$/;
/** Bytes in lower-case hex, at most `most` digits. */ function isHex(value, most) {
  return isText(value, most) && HEX.test(value);
}

/** Bytes as lower-case hex. */ function toHex(bytes) {
  return bytes.toHex();
}
/** What toHex wrote; undefined for anything else, upper case and an odd number of digits among it. */ function fromHex(text) {
  return text === "" ? new Uint8Array(0) : isHex(text, Infinity) ? Uint8Array.fromHex(text) : undefined;
}

/** A defect of the host itself. Loud on purpose: whoever catches it ends what it was doing and reports it. */ class KernelBug extends Error {
  name = "KernelBug";
}
/** Throws a KernelBug unless the condition holds; `text` says what was promised. Never for what another process or a module said. */ function invariant(condition, text) {
  if (!condition) throw new KernelBug(text);
}

const HMAC = Object.freeze({
  name: "HMAC",
  hash: "SHA-256"
});
const utf8$4 = new TextEncoder();
/**
 * A cell's proof that it holds its token: HMAC-SHA-256 over the kernel's nonce, the cell's name and its incarnation, in hex. The token itself is
 * never sent, and a proof is good for one nonce only.
 */ async function proveToken(token_hex, nonce_hex, cell, incarnation) {
  const key = await importKey(token_hex, "sign");
  invariant(key, "a cell's token is hex");
  return new Uint8Array(await crypto.subtle.sign(HMAC, key, message(nonce_hex, cell, incarnation))).toHex();
}
async function importKey(token_hex, use) {
  const token = fromHex(token_hex);
  if (token === undefined || token.length === 0) return undefined;
  return await crypto.subtle.importKey("raw", token, HMAC, false, [
    use
  ]);
}
/** As JSON, so that no two triples make the same text. */ function message(nonce_hex, cell, incarnation) {
  return utf8$4.encode(JSON.stringify([
    "attach",
    nonce_hex,
    cell,
    incarnation
  ]));
}

/** A Unix socket as a connection whose `write` resolves when all is taken. */ async function connectUnix(path) {
  const socket = await Deno.connect({
    transport: "unix",
    path
  });
  return {
    read: (into)=>socket.read(into),
    async write (data) {
      for(let at = 0; at < data.length;)at += await socket.write(data.subarray(at));
    },
    close: ()=>{
      try {
        socket.close();
      } catch  {
      // closing twice is harmless
      }
    }
  };
}

/**
 * This process's own time. Its timers are those of `AbortSignal`: the first use of `setTimeout` loads the runtime's Node layer, 1.4 MB in each of many
 * cells. What is given up: a cancelled timer keeps its few bytes until its time, so nothing here may set and cancel timers by the call.
 */ const SHELL_CLOCK = Object.freeze({
  now: ()=>Date.now(),
  monotonic: ()=>performance.now(),
  after: (ms, then)=>{
    const cancelled = new AbortController();
    const timer = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
    timer.addEventListener("abort", then, {
      once: true,
      signal: cancelled.signal
    });
    return ()=>cancelled.abort();
  }
});

const INCARNATION_BYTES = 8;
/** This process's own powers, for the cell that holds the token. `exit` is called once, when everything has been said. */ function cellPowers(args, token, exit) {
  let cpuUsage;
  const incarnation = toHex(crypto.getRandomValues(new Uint8Array(INCARNATION_BYTES)));
  return {
    clock: SHELL_CLOCK,
    link: {
      me: {
        cell: args.cell,
        incarnation,
        pid: Deno.pid,
        parent: Deno.ppid
      },
      connect: ()=>connectUnix(args.socket),
      prove: (nonce)=>proveToken(token, nonce, args.cell, incarnation),
      parent: ()=>Deno.ppid
    },
    rss: ()=>Deno.memoryUsage().rss,
    cpu_ms: ()=>{
      const { user, system } = cpuUsage?.() ?? {
        user: 0,
        system: 0
      };
      return Math.round((user + system) / 1_000);
    },
    prepareFigures: async ()=>{
      cpuUsage ??= (await import('node:process')).default.cpuUsage;
    },
    stdout: async (bytes)=>{
      for(let at = 0; at < bytes.length;)at += await Deno.stdout.write(bytes.subarray(at));
    },
    stderr: (line)=>{
      try {
        Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
      } catch  {
      // nobody reads any more
      }
    },
    exit,
    kill: ()=>Deno.kill(Deno.pid, "SIGKILL")
  };
}

/** A fault is an expected refusal and travels as a value. Codes are a closed list; texts are interface. */ /** What each code means for the one who called: may trying again help, and what is the next move. */ const FAULTS = {
  private_name: {
    retriable: false,
    hint: "call a public method; names that begin with '_' belong to the module itself"
  },
  not_granted: {
    retriable: false,
    hint: "add the grant to the caller's config file"
  },
  service_down: {
    retriable: true,
    hint: "see `status` and `events` for why the service is not running"
  },
  no_aspect: {
    retriable: false,
    hint: "ask for an aspect that the service's getAspect() returns, for example 'default'"
  },
  no_attribute: {
    retriable: false,
    hint: "call a method that the service has; `tools` lists its tools"
  },
  invalid_argument: {
    retriable: false,
    hint: "pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects"
  },
  timeout: {
    retriable: true,
    hint: "the call may still have had its effect; raise limits.call_timeout_ms of the service if it needs longer"
  },
  cancelled: {
    retriable: true,
    hint: "the caller gave the call up"
  },
  too_deep: {
    retriable: false,
    hint: "calls that serve calls may nest limits.call_depth deep; break the circle"
  },
  too_large: {
    retriable: false,
    hint: "send less at once, or raise limits.message_bytes of the receiver"
  },
  rate_limited: {
    retriable: true,
    hint: "wait for answers before calling again; limits.calls_in_flight bounds calls at once"
  },
  circuit_open: {
    retriable: true,
    hint: "the service failed repeatedly; it is tried again by itself"
  },
  moved: {
    retriable: true,
    hint: "the instance that served this call has been replaced; call again"
  },
  module_error: {
    retriable: false,
    hint: "the service threw this error; its log has the stack"
  },
  module_killed: {
    retriable: true,
    hint: "the service's process ended while it served the call; see `events`"
  },
  load_failed: {
    retriable: false,
    hint: "mend the module's source; `logs` has the details"
  },
  config_invalid: {
    retriable: false,
    hint: "mend the file; what ran before keeps running"
  },
  quarantined: {
    retriable: false,
    hint: "it failed too often; see `logs`, mend it, then `quarantine lift`"
  },
  conflict: {
    retriable: true,
    hint: "something changed meanwhile; read again and retry"
  },
  vessel_leak: {
    retriable: false,
    hint: "store plain data only"
  },
  quota: {
    retriable: false,
    hint: "free something, or raise the limit in the config"
  },
  approval_required: {
    retriable: true,
    hint: "the operator has to approve this"
  },
  denied: {
    retriable: false,
    hint: "the operator refused this"
  },
  unknown_tool: {
    retriable: false,
    hint: "`tools` lists what there is"
  },
  not_found: {
    retriable: false,
    hint: "check the name; `status` lists modules, `tools` lists tools"
  },
  internal: {
    retriable: false,
    hint: "this is a defect of the host; please report it with the log"
  }
};
/** Makes a fault; hint and retriable come from the code unless given. */ function fault(code, message, more = {}) {
  const rule = FAULTS[code];
  return Object.freeze({
    code,
    message,
    hint: more.hint ?? rule.hint,
    retriable: more.retriable ?? rule.retriable,
    maybe_ran: more.maybe_ran ?? false,
    ...more.name !== undefined && {
      name: more.name
    }
  });
}
function isFaultCode(text) {
  return typeof text === "string" && Object.hasOwn(FAULTS, text);
}
function ok(value) {
  return {
    ok: true,
    value
  };
}
function refuse(f) {
  return {
    ok: false,
    fault: f
  };
}

/** Every bound has a name, a default and the harm it prevents. Per module: `limits:` in its config. */ /** What a config may set, each a positive integer. */ const DEFAULT_LIMITS = Object.freeze({
  memory_mb: 128,
  heap_mb: 96,
  cpu_percent: 100,
  call_timeout_ms: 30_000,
  calls_in_flight: 256,
  call_depth: 16,
  message_bytes: 8_388_608,
  messages_per_s: 1_000_000,
  bytes_per_s: 67_108_864,
  log_lines_per_s: 200,
  open_streams: 64,
  timers: 10_000,
  state_bytes: 8_388_608,
  image_bytes: 67_108_864,
  liveness_ms: 5_000,
  drain_ms: 5_000,
  shutdown_ms: 2_000,
  load_ms: 5_000
});
Object.freeze(Object.keys(DEFAULT_LIMITS));
/** Bounds of the wire between kernel and cells, and of the control socket; not configurable. */ const WIRE = Object.freeze({
  /** A longer frame is a lie or a bomb: refused before one byte of it is stored. */ frame_bytes: 1_048_576,
  /** Routing headers are small; a large one would cost the kernel a parse. */ header_bytes: 4_096,
  /** Messages in one frame: more would hold the loop for too long. */ batch_messages: 256,
  /** Bytes after which a batch is sent although the turn goes on. */ batch_bytes: 262_144,
  /** A payload above this travels in pieces, so that one large message does not hold all others. */ chunk_bytes: 65_536,
  /** Levels of nesting in a payload, checked by a scan before it is parsed. */ depth: 64,
  /** A link that has not proved itself gets one small frame and one second. */ unproven_bytes: 1_024,
  unproven_ms: 1_000,
  unproven_links: 8,
  /** What a sender may have under way unacknowledged on one link before it waits for credit. */ window_bytes: 4_194_304,
  window_messages: 4_096,
  /** What the kernel queues for a cell that does not read before it refuses more calls for it. */ queue_bytes: 16_777_216,
  /** Answers kept by a callee's shell until the caller has acknowledged them. */ done_count: 4_096,
  done_bytes: 16_777_216,
  done_ms: 60_000
});
/** Bounds of source and configuration files. */ const SOURCES = Object.freeze({
  /** One file of a module: longer ones stop the stripper. */ file_bytes: 2_097_152,
  /** All files of a module. */ total_bytes: 8_388_608,
  files: 400,
  /** A config file; YAML costs much more than its size. */ config_bytes: 262_144,
  configs: 2_000,
  yaml_aliases: 100,
  bundle_bytes: 8_388_608
});

const QUOTE = 0x22, BACKSLASH = 0x5c, OPEN_LIST = 0x5b, CLOSE_LIST = 0x5d, OPEN_MAP = 0x7b, CLOSE_MAP = 0x7d;
/**
 * Whether JSON text nests at most `depth` levels, told without parsing it: JSON.parse would build a million levels, and nothing after it could
 * walk them. Text that is no JSON gets some answer or other; the parser refuses it.
 */ function nestsAtMost(depth, text) {
  const length = text.length;
  if (length <= depth) return true;
  let level = 0;
  for(let i = 0; i < length; i++){
    const byte = text[i];
    if (byte === QUOTE) {
      for(i++; i < length; i++){
        const inner = text[i];
        if (inner === QUOTE) break;
        if (inner === BACKSLASH) i++;
      }
    } else if (byte === OPEN_LIST || byte === OPEN_MAP) {
      if (++level > depth) return false;
    } else if (byte === CLOSE_LIST || byte === CLOSE_MAP) level--;
  }
  return true;
}

const utf8$3 = new TextDecoder("utf-8", {
  fatal: true
});
/** A payload that the kernel itself reads, as JSON of unknown shape; undefined when it is none, or nested too deeply to be parsed safely. */ function readJsonPayload(payload) {
  if (!nestsAtMost(WIRE.depth, payload)) return undefined;
  try {
    return JSON.parse(utf8$3.decode(payload));
  } catch  {
    return undefined;
  }
}
const encoder = new TextEncoder();
/** What readJsonPayload reads. */ function writeJsonPayload(value) {
  return encoder.encode(JSON.stringify(value));
}

const NativeArrayBuffer = ArrayBuffer;
/** More than any machine has addresses for, and less than the language refuses before it tries. */ const NEVER_HAD = 2 ** 52;
/**
 * Makes V8 collect this thread's garbage and give what is free back to the system, within some ten milliseconds. A request for memory that cannot be had
 * is the one way to its last resort without a flag that every module would see (tests/facts holds it to that). Does nothing elsewhere.
 */ function releaseMemory() {
  try {
    new NativeArrayBuffer(NEVER_HAD);
  } catch  {
  // as expected
  }
}

/** Differences that are noise: the guard's own looks move both. */ const RSS_NOISE_BYTES = 1_048_576;
const CPU_NOISE_MS = 50;
/** Whether the figures say anything that the last ones did not. */ function figuresDiffer(last, now) {
  if (last === undefined || last.instances.length !== now.instances.length) return true;
  if (Math.abs(now.rss - last.rss) >= RSS_NOISE_BYTES || now.cpu_ms - last.cpu_ms >= CPU_NOISE_MS) return true;
  return now.instances.some((figure, at)=>{
    const former = last.instances[at];
    return figure.instance !== former.instance || figure.active_tasks !== former.active_tasks || figure.error_count !== former.error_count || figure.last_error_time !== former.last_error_time;
  });
}

/**
 * The cell's watch over itself, as a pure machine: how often to look, whom to ping, when to end. A look costs a wake-up, so it looks often only from
 * a sign of work until a second of quiet; a Worker that leaves a ping unanswered is at work, too.
 * A busy Worker can't be terminated and a bomb can't be asked to stop: the only end there is, is the process's own.
 */ const GUARD = Object.freeze({
  busy_ms: 25,
  idle_ms: 1_000,
  /** Without a sign of work for so long the guard sleeps. */ quiet_ms: 1_000,
  /** Growth between two looks that counts as a sign of work. */ growth_bytes: 10_485_760,
  /** A Worker that owes is pinged after so much silence, any other after idle_ping_ms. */ owing_ping_ms: 250,
  idle_ping_ms: 5_000,
  /** Above this part of memory_mb garbage is collected before it can be taken for a bomb: V8 by itself collects late. */ pressed_part: 0.7,
  /** Growth since the last release that makes another worth its ten milliseconds: under pressure as a part of memory_mb, before a sleep in bytes. */ pressed_growth_part: 0.05,
  settled_growth_bytes: 4_194_304
});
const MIB = 1_048_576;
class GuardMachine {
  #memory_mb;
  #watched = new Map();
  #sign_at;
  #looked_at;
  #rss = 0;
  /** What was left after the last release; undefined until the first look after one. */ #rss_released = 0;
  constructor(memory_mb, now){
    this.#memory_mb = memory_mb;
    this.#sign_at = now;
    this.#looked_at = now;
  }
  /** A frame either way, or a Worker's timer. */ sign(now) {
    this.#sign_at = now;
  }
  watch(instance, liveness_ms, now) {
    this.#watched.set(instance, {
      liveness_ms,
      heard_at: now,
      owing_since: undefined,
      expected: false,
      pinged: false,
      silence_ms: 0
    });
  }
  forget(instance) {
    this.#watched.delete(instance);
  }
  /** Anything from its Worker counts as a pong. */ heard(instance, now) {
    const watched = this.#watched.get(instance);
    if (watched === undefined) return;
    watched.heard_at = now;
    watched.owing_since = undefined;
    watched.expected = false;
    watched.pinged = false;
    watched.silence_ms = 0;
  }
  /** It was told something to which it must react, though it owes no answer: a cancel, or its end. */ expect(instance) {
    const watched = this.#watched.get(instance);
    if (watched !== undefined) watched.expected = true;
  }
  /** Looks, and says what is to be done. */ look({ now, rss, owes }) {
    const passed = Math.min(now - this.#looked_at, GUARD.idle_ms * 1.25);
    if (rss - this.#rss > GUARD.growth_bytes) this.#sign_at = now;
    this.#rss = rss;
    this.#looked_at = now;
    if (rss > this.#memory_mb * MIB) {
      const [only, second] = this.#watched.keys();
      const blamed = only !== undefined && second === undefined ? {
        instance: only
      } : {};
      return [
        {
          do: "die",
          limit: "memory_mb",
          ...blamed,
          found: Math.ceil(rss / MIB),
          allowed: this.#memory_mb
        }
      ];
    }
    const actions = [];
    if (this.#isWorthRelease(rss, now)) actions.push({
      do: "release"
    });
    for (const [instance, watched] of this.#watched){
      const action = this.#judge(instance, watched, passed, now, owes(instance));
      if (action !== undefined) actions.push(action);
    }
    return actions;
  }
  /** Milliseconds until the next look. */ pause(now) {
    if (now - this.#sign_at < GUARD.quiet_ms) return GUARD.busy_ms;
    for (const watched of this.#watched.values())if (watched.pinged) return GUARD.busy_ms;
    return GUARD.idle_ms;
  }
  /** Under pressure, and before it falls asleep: after its modules have loaded, a third of what a cell holds is garbage. */ #isWorthRelease(rss, now) {
    if (this.#rss_released === undefined) {
      this.#rss_released = rss;
      return false;
    }
    const grown = rss - this.#rss_released;
    const limit = this.#memory_mb * MIB;
    const pressed = rss > limit * GUARD.pressed_part && grown > limit * GUARD.pressed_growth_part;
    const settled = this.#watched.size > 0 && now - this.#sign_at >= GUARD.quiet_ms && grown > GUARD.settled_growth_bytes;
    if (!pressed && !settled) return false;
    this.#rss_released = undefined;
    return true;
  }
  #judge(instance, watched, passed, now, owes) {
    if (!owes && !watched.expected && !watched.pinged) {
      watched.owing_since = undefined;
      if (now - watched.heard_at < GUARD.idle_ping_ms) return undefined;
      watched.pinged = true;
      watched.owing_since = now;
      return {
        do: "ping",
        instance
      };
    }
    watched.owing_since ??= now;
    watched.silence_ms += Math.min(passed, now - watched.owing_since);
    if (!watched.pinged) {
      if (watched.silence_ms < GUARD.owing_ping_ms && !watched.expected) return undefined;
      watched.pinged = true;
      return {
        do: "ping",
        instance
      };
    }
    if (watched.silence_ms < watched.liveness_ms) return undefined;
    const { liveness_ms: allowed, silence_ms } = watched;
    return {
      do: "die",
      limit: "liveness_ms",
      instance,
      found: Math.round(silence_ms),
      allowed
    };
  }
}

class Guard {
  #machine;
  #clock;
  #rss;
  #listener;
  #cancel = ()=>{};
  #sleeping = false;
  #stopped = false;
  constructor(memory_mb, clock, rss, listener){
    this.#machine = new GuardMachine(memory_mb, clock.monotonic());
    this.#clock = clock;
    this.#rss = rss;
    this.#listener = listener;
    this.#arm();
  }
  /** Something moves: look often for a while. */ sign() {
    this.#machine.sign(this.#clock.monotonic());
    if (this.#sleeping) this.#arm();
  }
  watch(instance, liveness_ms) {
    this.#machine.watch(instance, liveness_ms, this.#clock.monotonic());
    this.sign();
  }
  heard(instance) {
    this.#machine.heard(instance, this.#clock.monotonic());
  }
  /** It was told something to which it must react, though it owes no answer. */ expect(instance) {
    this.#machine.expect(instance);
    this.sign();
  }
  forget(instance) {
    this.#machine.forget(instance);
  }
  stop() {
    this.#stopped = true;
    this.#cancel();
  }
  #arm() {
    this.#cancel();
    if (this.#stopped) return;
    const pause = this.#machine.pause(this.#clock.monotonic());
    this.#sleeping = pause > GUARD.busy_ms;
    this.#cancel = this.#clock.after(pause, ()=>this.#look());
  }
  #look() {
    const owes = (instance)=>this.#listener.owes(instance);
    for (const action of this.#machine.look({
      now: this.#clock.monotonic(),
      rss: this.#rss(),
      owes
    })){
      if (action.do === "die") {
        this.stop();
        return this.#listener.die(action);
      }
      if (action.do === "release") this.#listener.release();
      else this.#listener.ping(action.instance);
    }
    this.#listener.looked();
    this.#arm();
  }
}

/**
 * The wire between kernel and cells, as one union on one screen.
 *
 * A frame is: 4 bytes length (big-endian, of what follows), 1 byte type, 4 bytes length of the headers, the headers as
 * one JSON array, then the payloads one after the other. Each header may say `n`, the bytes of its payload. A payload is a
 * span that the kernel forwards without looking; only the payloads marked [kernel] are read by it.
 *
 * A message whose payload exceeds WIRE.chunk_bytes travels as its first piece with `more`, then as `piece` messages with the
 * same id; they are put together by the receiver.
 */ /** Fields of names in headers; longer ones are a lie. */ const HEADER_BOUNDS = Object.freeze({
  api: 160,
  aspect: 64,
  name: 128,
  trace: 128,
  incarnation: 64,
  proof: 128
});

/** A text of at most `most` UTF-16 units: cut at its end, marked with `\u2026`, never within a character. */ function clipText(text, most) {
  if (text.length <= most) return text;
  if (most < 1) return "";
  let end = most - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return `${text.slice(0, end)}\u2026`;
}

/** A fault's texts travel through logs and prompts. */ const FAULT_UNITS = 8_192;
const NAME_UNITS = 128;
/** A fault that another process sent, decoded: its code is one of ours, its texts are clipped. Undefined when it is no fault. */ function parseFault(value) {
  if (!isRecord(value)) return undefined;
  const { code, message, hint, retriable, maybe_ran, name } = value;
  if (!isFaultCode(code) || typeof message !== "string" || typeof hint !== "string") return undefined;
  if (typeof retriable !== "boolean" || typeof maybe_ran !== "boolean") return undefined;
  if (name !== undefined && typeof name !== "string") return undefined;
  return fault(code, clipText(message, FAULT_UNITS), {
    hint: clipText(hint, FAULT_UNITS),
    retriable,
    maybe_ran,
    ...name !== undefined && {
      name: clipText(name, NAME_UNITS)
    }
  });
}

/** Tools of one module: a catalog of more is no help to a model. */ const MOST_TOOLS = 256;
/** Units of a tool's description, which stands in every prompt. */ const DESCRIPTION_UNITS = 4_096;
/** Units of all names and texts in a tool's params, each value counted as one more. */ const PARAMS_UNITS = 65_536;
const PARAMS_DEPTH = 32;
const ENTRY = /^[A-Za-z0-9_-]{1,64}$/;
/** All tools of a module, decoded; undefined when one of them is malformed or two have the same name. */ function parseTools(value) {
  const tools = parseEach(value, MOST_TOOLS, parseToolSpec);
  if (tools === undefined || new Set(tools.map((tool)=>tool.entry)).size !== tools.length) return undefined;
  return tools;
}
/** A tool as its module declares it; undefined when a field is missing, of the wrong kind or too long. */ function parseToolSpec(value) {
  if (!isRecord(value)) return undefined;
  const { entry, description, params, readOnly, destructive, idempotent, openWorld } = value;
  if (typeof entry !== "string" || !ENTRY.test(entry) || !isText(description, DESCRIPTION_UNITS)) return undefined;
  if (!isRecord(params) || jsonUnits(params, PARAMS_DEPTH, PARAMS_UNITS) > PARAMS_UNITS) return undefined;
  if (typeof readOnly !== "boolean" || typeof destructive !== "boolean") return undefined;
  if (typeof idempotent !== "boolean" || typeof openWorld !== "boolean") return undefined;
  return {
    entry,
    description,
    params,
    readOnly,
    destructive,
    idempotent,
    openWorld
  };
}
/** The size of a value in units, at least; Infinity for what is no JSON, holds a key `__proto__` or is nested deeper than `depth`. */ function jsonUnits(value, depth, most) {
  switch(typeof value){
    case "string":
      return 1 + value.length;
    case "number":
      return Number.isFinite(value) ? 1 : Infinity;
    case "boolean":
      return 1;
    case "object":
      break;
    default:
      return Infinity;
  }
  if (value === null) return 1;
  if (depth === 0) return Infinity;
  let units = 1;
  if (Array.isArray(value)) {
    for(let i = 0; i < value.length && units <= most; i++)units += jsonUnits(value[i], depth - 1, most - units);
    return units;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype || Object.hasOwn(value, "__proto__")) return Infinity;
  for (const [key, child] of Object.entries(value)){
    if (units > most) break;
    units += key.length + jsonUnits(child, depth - 1, most - units);
  }
  return units;
}

const PHASES = new Set([
  "load",
  "run",
  "uncaught",
  "vanished",
  "shutdown"
]);
const LEVELS = new Set([
  "DEBUG",
  "INFO",
  "WARNING",
  "ERROR"
]);
const LIMIT_NAME = /^[a-z][a-z_]{0,63}$/;
/** A stack goes to the module's log, which clips it further. */ const STACK_UNITS = 32_768;
/** One word of a Worker, with the fields the port knows and nothing else; undefined when it is none. */ function parseWorkerMessage(word) {
  if (!isRecord(word)) return undefined;
  switch(word["t"]){
    case "call":
      return parseCall(word);
    case "reply":
      return parseReply(word);
    case "cancel":
      return isCount(word["id"]) ? {
        t: "cancel",
        id: word["id"]
      } : undefined;
    case "awake":
      return {
        t: "awake"
      };
    case "pong":
      return parsePong(word);
    case "log":
      {
        const { level, text } = word;
        return LEVELS.has(level) && typeof text === "string" ? {
          t: "log",
          level: level,
          text
        } : undefined;
      }
    case "ready":
      {
        const tools = parseTools(word["tools"]);
        return tools && typeof word["has_run"] === "boolean" ? {
          t: "ready",
          tools,
          has_run: word["has_run"]
        } : undefined;
      }
    case "failed":
      {
        const { phase, stack } = word;
        const fault = parseFault(word["fault"]);
        if (!PHASES.has(phase) || fault === undefined) return undefined;
        const told = typeof stack === "string" ? {
          stack: stack.slice(0, STACK_UNITS)
        } : {};
        return {
          t: "failed",
          phase: phase,
          fault,
          ...told
        };
      }
    case "ended":
      return word["what"] === "run" || word["what"] === "shutdown" ? {
        t: "ended",
        what: word["what"]
      } : undefined;
    case "limit":
      {
        const { limit, found, allowed } = word;
        if (typeof limit !== "string" || !LIMIT_NAME.test(limit) || !isAmount(found) || !isAmount(allowed)) {
          return undefined;
        }
        return {
          t: "limit",
          limit,
          found,
          allowed
        };
      }
    default:
      return undefined;
  }
}
function parseCall(word) {
  const { id, parent, api, aspect, name, kind, timeout, trace } = word;
  const payload = parsePayload(word["payload"]);
  if (!isCount(id) || payload === undefined || kind !== "call" && kind !== "get") return undefined;
  if (!isText(api, HEADER_BOUNDS.api) || !isText(aspect, HEADER_BOUNDS.aspect) || !isText(name, HEADER_BOUNDS.name)) {
    return undefined;
  }
  if (parent !== undefined && !isCount(parent)) return undefined;
  if (timeout !== undefined && !isAmount(timeout)) return undefined;
  if (trace !== undefined && !isText(trace, HEADER_BOUNDS.trace)) return undefined;
  return {
    ...{
      t: "call",
      id,
      api,
      aspect,
      name,
      kind,
      payload
    },
    ...parent !== undefined && {
      parent
    },
    ...timeout !== undefined && {
      timeout
    },
    ...trace !== undefined && {
      trace
    }
  };
}
function parseReply(word) {
  const { id, ok, code } = word;
  const payload = parsePayload(word["payload"]);
  if (!isCount(id) || typeof ok !== "boolean" || payload === undefined) return undefined;
  if (code !== undefined && !isFaultCode(code)) return undefined;
  return {
    t: "reply",
    id,
    ok,
    payload,
    ...code !== undefined && {
      code
    }
  };
}
function parsePong(word) {
  const { seq, active_tasks, error_count, last_error_time } = word;
  if (!isCount(seq) || !isCount(active_tasks) || !isCount(error_count)) return undefined;
  if (last_error_time !== null && !isAmount(last_error_time)) return undefined;
  return {
    t: "pong",
    seq,
    active_tasks,
    error_count,
    last_error_time
  };
}
/** Bytes of their own: shared ones could change while they are read, and a view of a larger buffer would keep all of it. */ function parsePayload(payload) {
  if (!(payload instanceof Uint8Array) || !(payload.buffer instanceof ArrayBuffer)) return undefined;
  return payload.byteLength === payload.buffer.byteLength ? payload : payload.slice();
}

/** The numbers of a frame as contract/wire.ts draws it: length, type, length of the headers, headers, payloads. */ /** Bytes of the length that stands before each frame. */ const LENGTH_BYTES = 4;
/** Bytes of type and header length, which the frame's length counts. */ const PREFIX_BYTES = 5;
/** The one type there is: a batch of messages. */ const MESSAGES_TYPE = 1;
/** Reads four bytes, big-endian, unsigned. */ function readUint32(bytes, at) {
  return (bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]) >>> 0;
}
/** Writes four bytes, big-endian. */ function writeUint32(bytes, at, value) {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/**
 * What JSON lacks travels as an object with the one key `$` that names the kind, and `v` for the value. An own key of nothing but `$` gets one
 * `$` more on the way and loses it at the end, so that no data can pass for a tag.
 */ const TAG_KEY = "$";
/** `n` bigint in decimal, `d` date in milliseconds, `u` undefined, `b` bytes as [offset, length] among the bytes after the JSON text. */ const TAGS = Object.freeze({
  bigint: "n",
  date: "d",
  undefined: "u",
  bytes: "b"
});
/** Decimal digits of a bigint: reading a longer one would cost more than its bytes say. */ const BIGINT_DIGITS = 4_096;
/** Byte 0 of a payload that carries bytes: no JSON text begins with it. Then 4 bytes length of the JSON text, the text, the bytes. */ const WITH_BYTES = 0;
const DOLLARS = /^\$+$/;
/** Whether a key is subject to escaping. */ function isDollars(key) {
  return key.charCodeAt(0) === 36 && DOLLARS.test(key);
}
/** Sets an own property whatever its name: `__proto__` would else be the prototype. */ function setOwn(target, key, value) {
  if (key === "__proto__") {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true
    });
  } else target[key] = value;
}

const MOST_BIGINT = 10n ** BigInt(BIGINT_DIGITS);
const REFUSED = Symbol("refused");
/**
 * Walks a value once. What JSON can say is passed through, the rest is replaced in copies of just the objects on the way to it; the value itself is
 * never changed. `max_bytes` bounds the walk by what the result would have at least, so that shared references can't blow it up.
 * Runs no accessor. A Proxy is what it pretends to be; what its traps throw is the caller's to catch.
 */ function preparePlain(value, max_bytes) {
  const walk = new Walk(max_bytes);
  const json = walk.value(value, 0);
  if (json === REFUSED) return walk.refusal();
  return {
    json,
    blobs: walk.blobs,
    blob_bytes: walk.blob_bytes
  };
}
class Walk {
  blobs = [];
  blob_bytes = 0;
  #left;
  #max_bytes;
  #kind = "not_plain";
  #what = "";
  /** Filled from the leaf up once something was refused. */ #path = [];
  /** The container that was one too deep: when it also stands above itself, depth was only how the circle showed (the place named is the uppermost). */ #deepest;
  constructor(max_bytes){
    this.#max_bytes = max_bytes;
    this.#left = max_bytes;
  }
  refusal() {
    return {
      kind: this.#kind,
      what: this.#what,
      path: this.#path.reverse()
    };
  }
  /** The value, or what stands for it, or REFUSED. `depth` is the number of containers around it. */ value(value, depth) {
    if (--this.#left < 0) return this.#refuseLarge();
    switch(typeof value){
      case "string":
        return (this.#left -= value.length) < 0 ? this.#refuseLarge() : value;
      case "number":
        return Number.isFinite(value) ? value : this.#refuse(`is ${value}`);
      case "boolean":
        return value;
      case "object":
        return value === null ? null : this.#object(value, depth);
      case "undefined":
        return this.#tag({
          [TAG_KEY]: TAGS.undefined
        }, depth + 1);
      case "bigint":
        if (value >= MOST_BIGINT || value <= -MOST_BIGINT) {
          return this.#refuse(`is a bigint of more than ${BIGINT_DIGITS} digits`);
        }
        return this.#tag({
          [TAG_KEY]: TAGS.bigint,
          v: value.toString()
        }, depth + 1);
      case "function":
        return this.#refuse("is a function");
      case "symbol":
        return this.#refuse("is a symbol");
    }
  }
  #object(value, depth) {
    if (Array.isArray(value)) {
      if (Object.getPrototypeOf(value) !== Array.prototype) return this.#refuse("is an array of a class of its own");
      return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#array(value, depth + 1);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      return depth >= WIRE.depth ? this.#refuseDeep(value) : this.#record(value, depth + 1);
    }
    if (value instanceof Uint8Array) return this.#bytes(value, depth);
    if (value instanceof Date) {
      const ms = Date.prototype.getTime.call(value);
      return Number.isNaN(ms) ? this.#refuse("is an invalid Date") : this.#tag({
        [TAG_KEY]: TAGS.date,
        v: ms
      }, depth + 1);
    }
    return this.#refuse(`is ${kindOf(value)}`);
  }
  #array(list, depth) {
    let copy;
    const length = list.length;
    for(let i = 0; i < length; i++){
      const property = Object.getOwnPropertyDescriptor(list, i);
      const from = property?.value;
      const to = property === undefined ? this.#refuse("is a hole in an array") : property.get !== undefined || property.set !== undefined ? this.#refuse("is an accessor") : this.value(from, depth);
      if (to === REFUSED) return this.#unwind(list, i);
      if (copy !== undefined) copy.push(to);
      else if (to !== from) {
        copy = list.slice(0, i);
        copy.push(to);
      }
    }
    return copy ?? list;
  }
  #record(record, depth) {
    let copy;
    const keys = Object.keys(record);
    for(let i = 0; i < keys.length; i++){
      const key = keys[i];
      this.#left -= key.length;
      const property = Object.getOwnPropertyDescriptor(record, key);
      const from = property?.value;
      const to = property !== undefined && (property.get !== undefined || property.set !== undefined) ? this.#refuse("is an accessor") : this.value(from, depth);
      if (to === REFUSED) return this.#unwind(record, key);
      const escaped = isDollars(key);
      if (copy === undefined) {
        if (to === from && !escaped) continue;
        copy = copyOf(record, keys, i);
      }
      setOwn(copy, escaped ? key + TAG_KEY : key, to);
    }
    return copy ?? record;
  }
  #bytes(bytes, depth) {
    if (!(bytes.buffer instanceof ArrayBuffer)) return this.#refuse("is bytes in shared memory");
    const length = bytes.length;
    if ((this.#left -= length) < 0) return this.#refuseLarge();
    const tag = this.#tag({
      [TAG_KEY]: TAGS.bytes,
      v: [
        this.blob_bytes,
        length
      ]
    }, depth + 2);
    if (tag !== REFUSED) {
      this.blobs.push(bytes);
      this.blob_bytes += length;
    }
    return tag;
  }
  /** A tag is a level of nesting like any other (two for bytes): the receiver's scan counts brackets. */ #tag(tag, depth) {
    return depth > WIRE.depth ? this.#refuseDeep(undefined) : tag;
  }
  #unwind(container, key) {
    this.#path.push(key);
    if (this.#deepest === container) {
      this.#kind = "not_plain";
      this.#what = "contains itself";
      this.#path = [];
    }
    return REFUSED;
  }
  #refuse(what) {
    this.#kind = "not_plain";
    this.#what = what;
    return REFUSED;
  }
  #refuseLarge() {
    this.#kind = "too_large";
    this.#what = `makes more than ${this.#max_bytes} bytes`;
    return REFUSED;
  }
  #refuseDeep(container) {
    this.#kind = "too_deep";
    this.#what = `is nested more than ${WIRE.depth} levels deep`;
    this.#deepest = container;
    return REFUSED;
  }
}
function copyOf(record, keys, count) {
  const copy = {};
  for(let i = 0; i < count; i++){
    const key = keys[i];
    setOwn(copy, key, record[key]);
  }
  return copy;
}
/** A thing's class in words. Runs no code of the thing but that of a Proxy. */ function kindOf(value) {
  const prototype = Object.getPrototypeOf(value);
  const maker = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  const name = typeof maker === "function" ? Object.getOwnPropertyDescriptor(maker, "name")?.value : undefined;
  if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return "an object of a class";
  return /^[AEIO]/i.test(name) ? `an ${name}` : `a ${name}`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const PATH_UNITS = 200;
/** The refusal as a fault that names the place: `arguments[0].items[3].when is a Map; pass plain data: \u2026`. */ function refusalFault(root, refusal) {
  const text = `${spellPath(root, refusal.path)} ${refusal.what}`;
  switch(refusal.kind){
    case "not_plain":
      return fault("invalid_argument", `${text}; pass plain data: null, booleans, finite numbers, bigints, strings, bytes, dates, arrays and plain objects`);
    case "too_deep":
      return fault("too_deep", text, {
        hint: `nest data at most ${WIRE.depth} levels deep`
      });
    case "too_large":
      return fault("too_large", text);
  }
}
function spellPath(root, path) {
  let text = root;
  for (const key of path){
    text += typeof key === "number" ? `[${key}]` : NAME.test(key) ? `.${key}` : `[${JSON.stringify(key.slice(0, 64))}]`;
    if (text.length > PATH_UNITS) return `${text.slice(0, PATH_UNITS)}\u2026`;
  }
  return text;
}

const utf8$2 = new TextEncoder();
/** Above any receiver's limits.message_bytes that makes sense; only keeps a value with shared references from becoming everything there is. */ const ENCODE_BYTES = 67_108_864;
/**
 * Plain data as the bytes of a payload. `root` is what the value is called in a refusal: `arguments[0].when is a Map; \u2026`. Refuses what is no
 * plain data (`invalid_argument`), nested too deep (`too_deep`) or above `max_bytes` (`too_large`). Never throws, runs no accessor, changes nothing.
 * Symbol keys and properties that are not enumerable stay behind, as with structuredClone; -0 arrives as 0.
 */ function encodeValue(value, root = "value", max_bytes = ENCODE_BYTES) {
  try {
    const prepared = preparePlain(value, max_bytes);
    if ("kind" in prepared) return refuse(refusalFault(root, prepared));
    const text = JSON.stringify(prepared.json);
    const bytes = prepared.blobs.length === 0 ? utf8$2.encode(text) : withBlobs(utf8$2.encode(text), prepared.blobs, prepared.blob_bytes);
    if (bytes.length > max_bytes) return refuse(fault("too_large", `${root} makes more than ${max_bytes} bytes`));
    return ok(bytes);
  } catch (error) {
    return refuse(fault("invalid_argument", `${root} can't be read: ${words(error)}`));
  }
}
function withBlobs(text, blobs, blob_bytes) {
  const bytes = new Uint8Array(5 + text.length + blob_bytes);
  bytes[0] = WITH_BYTES;
  writeUint32(bytes, 1, text.length);
  bytes.set(text, 5);
  let at = 5 + text.length;
  for (const blob of blobs){
    bytes.set(blob, at);
    at += blob.length;
  }
  return bytes;
}
/** What a Proxy's trap threw may itself be hostile. */ function words(error) {
  try {
    return error instanceof Error ? String(error.message).slice(0, 200) : "something was thrown that is no error";
  } catch  {
    return "something was thrown that is no error";
  }
}

new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true
});

/** A fault as an answer that travels like a module's own. */ function refusal(fault) {
  return {
    ok: false,
    code: fault.code,
    payload: faultPayload(fault)
  };
}
/** A fault as a payload. */ function faultPayload(fault) {
  const encoded = encodeValue(fault);
  return encoded.ok ? encoded.value : new Uint8Array(0);
}

/** A module that is idle answers a ping within this. */ const ANSWER_MS = 250;
/** All tools of a module travel in one frame, with those of its neighbours. */ const TOOLS_BYTES = 131_072;
class HostedModule {
  id;
  order;
  #clock;
  #listener;
  #phase = "loading";
  #started_at;
  #run = "never";
  #has_run = false;
  #tools = [];
  #worker;
  #leaving = false;
  #figures = {
    active_tasks: 0,
    error_count: 0,
    last_error_time: null
  };
  /** Called at the next sign of life. */ #awaited = [];
  constructor(id, order, clock, listener){
    this.id = id;
    this.order = order;
    this.#clock = clock;
    this.#listener = listener;
    this.#started_at = clock.now();
  }
  get phase() {
    return this.#phase;
  }
  get leaving() {
    return this.#leaving;
  }
  /** Whether it takes calls. */ get serves() {
    return this.#worker !== undefined && !this.#leaving && this.#phase !== "loading" && this.#phase !== "failed";
  }
  get untaken_bytes() {
    return this.#worker?.untaken_bytes ?? 0;
  }
  report() {
    return {
      instance: this.id,
      api: this.order.api,
      hash: this.order.hash,
      phase: this.#phase,
      started_at: this.#started_at,
      has_run: this.#has_run,
      tools: this.#tools
    };
  }
  figures() {
    return {
      instance: this.id,
      ...this.#figures
    };
  }
  post(message) {
    this.#worker?.post(message);
  }
  ping() {
    this.#worker?.ping();
  }
  /** Makes the Worker; what comes of it is said by `loaded` or `failed`. */ async load(make) {
    const began = this.#clock.monotonic();
    const made = await make(this.order, {
      words: (words)=>this.#words(words),
      crashed: (message)=>this.#crashed(message)
    }).catch((error)=>fault("load_failed", `the Worker of '${this.order.api}' could not be made: ${error}`));
    if ("code" in made) return this.#loadFailed(made);
    if (this.#leaving) return made.terminate();
    this.#worker = made;
    const { limits } = this.order;
    this.#listener.made(this.id, limits);
    const left = limits.load_ms - (this.#clock.monotonic() - began);
    this.#clock.after(Math.max(0, left), ()=>void this.#loadIsLate());
  }
  sayLoaded() {
    this.#say({
      t: "loaded",
      instance: this.id
    }, writeJsonPayload({
      tools: this.#tools,
      run: this.#has_run
    }));
  }
  /** Told twice, it says again what came of it: a kernel that crashed may have missed that. */ run() {
    if (this.#worker === undefined || this.#phase === "loading") return;
    if (this.#run === "ended") return this.#say({
      t: "ended",
      instance: this.id,
      what: "run"
    });
    if (this.#run === "told") return;
    this.#run = "told";
    if (this.#phase === "ready") this.#phase = "running";
    this.#worker.post({
      t: "run"
    });
  }
  shutdown() {
    if (this.#worker === undefined) return this.#say({
      t: "ended",
      instance: this.id,
      what: "shutdown"
    });
    this.#phase = "shutting_down";
    this.#worker.post({
      t: "shutdown"
    });
  }
  /** Calls back once its Worker has shown that it is not busy, and so may be terminated; one that is, is the guard's. */ leave(then) {
    if (this.#leaving) return;
    this.#leaving = true;
    if (this.#worker === undefined) return then();
    this.#awaited.push(then);
    this.#listener.leaving(this.id);
    this.#worker.ping();
  }
  /** Ends its Worker. */ drop() {
    if (this.#worker === undefined) return;
    this.#worker.terminate();
    this.#worker = undefined;
    this.#listener.gone(this.id);
  }
  /** Whether its Worker answers a ping at once. */ async answers() {
    if (this.#worker === undefined) return false;
    const { promise, resolve } = Promise.withResolvers();
    const cancel = this.#clock.after(ANSWER_MS, ()=>resolve(false));
    this.#awaited.push(()=>resolve(true));
    this.#worker.ping();
    const answered = await promise;
    cancel();
    return answered;
  }
  #words(words) {
    let work = false;
    for (const rumour of words){
      const word = parseWorkerMessage(rumour);
      if (word === undefined) this.#log("ERROR", "the module's Worker said something that is none of its words");
      else this.#word(word);
      work ||= word?.t !== "pong";
    }
    this.#listener.heard(this.id, work);
    for (const then of this.#awaited.splice(0))then();
  }
  #word(word) {
    switch(word.t){
      case "call":
      case "reply":
      case "cancel":
        return this.#listener.call(this.id, word);
      case "log":
        return this.#log(word.level, word.text);
      case "pong":
        {
          const { seq, active_tasks, error_count, last_error_time } = word;
          this.#figures = {
            active_tasks,
            error_count,
            last_error_time
          };
          return this.#worker?.ponged(seq);
        }
      case "ready":
        return this.#ready(word.tools, word.has_run);
      case "failed":
        if (word.stack !== undefined) this.#log("ERROR", word.stack);
        if (this.#phase === "loading") return this.#loadFailed(word.fault);
        if (word.phase === "run") this.#runEnded();
        return this.#sayFailed(word.phase, word.fault);
      case "ended":
        if (word.what === "run") this.#runEnded();
        return this.#say({
          t: "ended",
          instance: this.id,
          what: word.what
        });
      case "limit":
        return this.#log("WARNING", `limits.${word.limit}: ${word.found} found, ${word.allowed} allowed`);
      case "awake":
        return;
    }
  }
  #ready(tools, has_run) {
    if (this.#phase !== "loading") return;
    if (writeJsonPayload(tools).length > TOOLS_BYTES) {
      const text = `the tools of '${this.order.api}' take more than ${TOOLS_BYTES} bytes to describe`;
      return this.#loadFailed(fault("load_failed", text));
    }
    this.#phase = "ready";
    this.#started_at = this.#clock.now();
    this.#has_run = has_run;
    this.#tools = tools;
    this.sayLoaded();
  }
  #runEnded() {
    this.#run = "ended";
    if (this.#phase === "running") this.#phase = "ready";
  }
  async #loadIsLate() {
    if (this.#phase !== "loading" || this.#leaving) return;
    const { api, limits: { load_ms } } = this.order;
    const idle = await this.answers();
    if (this.#phase !== "loading" || this.#leaving) return;
    if (!idle) return this.#listener.stuck(this.id, load_ms);
    const hint = "raise limits.load_ms, or do less before and in the constructor";
    this.#loadFailed(fault("load_failed", `'${api}' did not load within ${load_ms} ms`, {
      hint
    }));
  }
  #crashed(message) {
    if (this.#phase === "loading") return this.#loadFailed(fault("load_failed", message));
    this.#phase = "failed";
    this.drop();
    this.#sayFailed("vanished", fault("module_error", message));
  }
  #loadFailed(why) {
    this.#phase = "failed";
    this.drop();
    this.#sayFailed("load", why);
  }
  #sayFailed(phase, why) {
    this.#say({
      t: "failed",
      instance: this.id,
      phase
    }, faultPayload(why));
  }
  #say(message, payload) {
    this.#listener.say(message, payload);
  }
  #log(level, text) {
    this.#listener.log(this.order, level, text);
  }
}

class InstanceTable {
  #make;
  #clock;
  #listener;
  #modules = new Map();
  constructor(make, clock, listener){
    this.#make = make;
    this.#clock = clock;
    this.#listener = listener;
  }
  /** Whether it takes calls. */ serves(id) {
    return this.#modules.get(id)?.serves ?? false;
  }
  isLoading(id) {
    return this.#modules.get(id)?.phase === "loading";
  }
  limits(id) {
    return this.#modules.get(id)?.order.limits;
  }
  /** The most bytes that one Worker has not shown to have taken. */ get untaken_bytes() {
    let most = 0;
    for (const module of this.#modules.values())most = Math.max(most, module.untaken_bytes);
    return most;
  }
  report() {
    return [
      ...this.#modules.values()
    ].filter(({ leaving })=>!leaving).map((module)=>module.report());
  }
  figures() {
    return [
      ...this.#modules.values()
    ].map((module)=>module.figures());
  }
  /** Resolves when every Worker that is not busy has told its figures anew. */ async refresh() {
    await Promise.all([
      ...this.#modules.values()
    ].map((module)=>module.answers()));
  }
  deliver(id, message) {
    this.#modules.get(id)?.post(message);
  }
  ping(id) {
    this.#modules.get(id)?.ping();
  }
  /** Tells every Worker to give back what it does not use. */ releaseMemory() {
    for (const module of this.#modules.values())module.post({
      t: "release"
    });
  }
  /** Ordered twice, it only says again that it is loaded. */ async load(id, payload) {
    const known = this.#modules.get(id);
    if (known !== undefined) return known.serves ? known.sayLoaded() : undefined;
    const order = readJsonPayload(payload);
    if (order === undefined) {
      const why = fault("load_failed", "the order to load could not be read");
      return this.#listener.say({
        t: "failed",
        instance: id,
        phase: "load"
      }, faultPayload(why));
    }
    const module = new HostedModule(id, order, this.#clock, this.#listener);
    this.#modules.set(id, module);
    await module.load(this.#make);
  }
  run(id) {
    this.#modules.get(id)?.run();
  }
  shutdown(id) {
    const module = this.#modules.get(id);
    if (module === undefined) this.#listener.say({
      t: "ended",
      instance: id,
      what: "shutdown"
    });
    else module.shutdown();
  }
  /** Ends its Worker, once that is idle, and forgets it. */ unload(id) {
    const module = this.#modules.get(id);
    const forget = ()=>{
      module?.drop();
      this.#modules.delete(id);
      this.#listener.say({
        t: "ended",
        instance: id,
        what: "worker"
      });
    };
    if (module === undefined) forget();
    else module.leave(forget);
  }
  /** Ends all Workers, the last one first. */ endAll() {
    for (const module of [
      ...this.#modules.values()
    ].reverse())module.drop();
  }
}

const utf8$1 = new TextEncoder();
/** A UTF-16 unit becomes at most three bytes: below this many units the headers of a batch are never above WIRE.batch_bytes. */ const HEADER_UNITS = Math.floor(WIRE.batch_bytes / 3) - 2;
/**
 * Collects the messages of one turn into frames. Order is kept. Payloads are copied by `take`, not before: don't change them in between.
 * The writer says `n` itself. What a reader would refuse is a defect of the sender and throws a KernelBug: a header above
 * WIRE.header_bytes, or a payload that no frame can hold (use split_message.ts above WIRE.chunk_bytes).
 */ class FrameWriter {
  #headers = "";
  #payloads = [];
  #payload_bytes = 0;
  #messages = 0;
  #sealed = [];
  #sealed_bytes = 0;
  /** About how many bytes `take` would give: a sender may flush before its turn ends. */ get bytes() {
    return this.#sealed_bytes + this.#payload_bytes + this.#headers.length;
  }
  push(header, payload) {
    const size = payload === undefined ? 0 : payload.length;
    const text = headerText(header, size);
    invariant(fitsHeader(text) && size + WIRE.header_bytes + PREFIX_BYTES + 2 <= WIRE.frame_bytes, `a message has a header of ${text.length} and a payload of ${size} bytes, which no frame may hold`);
    if (this.#messages > 0 && (this.#messages === WIRE.batch_messages || this.#headers.length + text.length >= HEADER_UNITS || this.#headers.length + this.#payload_bytes + text.length + size > WIRE.batch_bytes)) this.#seal();
    this.#headers += this.#messages === 0 ? text : "," + text;
    this.#messages++;
    if (size > 0) {
      this.#payloads.push(payload);
      this.#payload_bytes += size;
    }
  }
  /** All that was collected, as whole frames in one fresh buffer; undefined when there is nothing. */ take() {
    if (this.#messages > 0) this.#seal();
    if (this.#sealed.length === 0) return undefined;
    const bytes = new Uint8Array(this.#sealed_bytes);
    let at = 0;
    for (const { headers, payloads, payload_bytes } of this.#sealed){
      writeUint32(bytes, at, PREFIX_BYTES + headers.length + payload_bytes);
      bytes[at + LENGTH_BYTES] = MESSAGES_TYPE;
      writeUint32(bytes, at + LENGTH_BYTES + 1, headers.length);
      at += LENGTH_BYTES + PREFIX_BYTES;
      bytes.set(headers, at);
      at += headers.length;
      for (const payload of payloads){
        bytes.set(payload, at);
        at += payload.length;
      }
    }
    this.#sealed = [];
    this.#sealed_bytes = 0;
    return bytes;
  }
  #seal() {
    const headers = utf8$1.encode(`[${this.#headers}]`);
    this.#sealed.push({
      headers,
      payloads: this.#payloads,
      payload_bytes: this.#payload_bytes
    });
    this.#sealed_bytes += LENGTH_BYTES + PREFIX_BYTES + headers.length + this.#payload_bytes;
    this.#headers = "";
    this.#payloads = [];
    this.#payload_bytes = 0;
    this.#messages = 0;
  }
}
/** Measured in bytes only where the units leave a doubt. */ function fitsHeader(text) {
  return 3 * text.length <= WIRE.header_bytes || text.length <= WIRE.header_bytes && utf8$1.encode(text).length <= WIRE.header_bytes;
}
/** A header's JSON with the payload's size as `n`: a header that came in with another `n` must not lie. */ function headerText(header, size) {
  if (header.n === undefined) {
    const text = JSON.stringify(header);
    if (size === 0) return text;
    return text.length === 2 ? `{"n":${size}}` : `${text.slice(0, -1)},"n":${size}}`;
  }
  if (header.n === size) return JSON.stringify(header);
  const { n: _, ...rest } = header;
  return headerText(rest, size);
}

/** The smallest body: type, header length and `[]`. */ const LEAST_BYTES = PREFIX_BYTES + 2;
/**
 * Bytes in, messages out. Each byte is touched once, however the chunks fall, and a length is judged before anything is stored for it.
 * A chunk belongs to the reader from then on: payloads are spans of it (of a buffer of their own where a frame came in several chunks).
 * So keep no payload for long without a copy, since it keeps all of its chunk alive, and hand none to a module or a port without one, since
 * its buffer holds the neighbours' bytes.
 */ class FrameReader {
  /** Until the peer has proved itself it gets frames of WIRE.unproven_bytes only. */ proven;
  #violation;
  #length = new Uint8Array(LENGTH_BYTES);
  #length_filled = 0;
  #body;
  #body_filled = 0;
  constructor(start){
    this.proven = start.proven;
  }
  feed(chunk) {
    const messages = [];
    let at = 0;
    while(at < chunk.length && this.#violation === undefined){
      at = this.#body === undefined ? this.#beginFrame(chunk, at, messages) : this.#continueFrame(chunk, at, messages);
    }
    return this.#violation === undefined ? {
      messages
    } : {
      messages,
      violation: this.#violation
    };
  }
  #beginFrame(chunk, at, messages) {
    let length;
    if (this.#length_filled === 0 && chunk.length - at >= LENGTH_BYTES) {
      length = readUint32(chunk, at);
      at += LENGTH_BYTES;
    } else {
      while(this.#length_filled < LENGTH_BYTES){
        if (at === chunk.length) return at;
        this.#length[this.#length_filled++] = chunk[at++];
      }
      length = readUint32(this.#length, 0);
      this.#length_filled = 0;
    }
    const most = this.proven ? WIRE.frame_bytes : WIRE.unproven_bytes;
    if (length > most) {
      this.#violation = `a frame of ${length} bytes; ${this.proven ? "" : "before its proof "}a peer may send ${most}`;
      return at;
    }
    if (length < LEAST_BYTES) {
      this.#violation = `a frame of ${length} bytes; the smallest has ${LEAST_BYTES}`;
      return at;
    }
    if (chunk.length - at >= length) {
      this.#violation = readBody(chunk.subarray(at, at + length), messages);
      return at + length;
    }
    this.#body = new Uint8Array(length);
    this.#body_filled = 0;
    return at;
  }
  #continueFrame(chunk, at, messages) {
    const body = this.#body;
    const end = Math.min(chunk.length, at + body.length - this.#body_filled);
    body.set(chunk.subarray(at, end), this.#body_filled);
    this.#body_filled += end - at;
    if (this.#body_filled === body.length) {
      this.#body = undefined;
      this.#violation = readBody(body, messages);
    }
    return end;
  }
}
const utf8 = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true
});
/** Adds a frame's messages, all or none; the answer names a violation. */ function readBody(body, messages) {
  if (body[0] !== MESSAGES_TYPE) return `a frame of unknown type ${body[0]}`;
  const header_bytes = readUint32(body, 1);
  if (header_bytes > WIRE.batch_bytes) return `headers of ${header_bytes} bytes; a frame may have ${WIRE.batch_bytes}`;
  const start = PREFIX_BYTES + header_bytes;
  if (start > body.length) return `headers of ${header_bytes} bytes in a frame of ${body.length}`;
  let text;
  try {
    text = utf8.decode(body.subarray(PREFIX_BYTES, start));
  } catch  {
    return "headers that are not UTF-8";
  }
  let headers;
  try {
    headers = JSON.parse(text);
  } catch  {
    return "headers that are not JSON";
  }
  if (!Array.isArray(headers)) return "headers that are no array";
  if (headers.length === 0) return "a frame without messages";
  if (headers.length > WIRE.batch_messages) {
    return `${headers.length} messages in one frame; it may have ${WIRE.batch_messages}`;
  }
  if (header_bytes > headers.length * (WIRE.header_bytes + 1) + 1) {
    return `a header of more than ${WIRE.header_bytes} bytes`;
  }
  return cutPayloads(body, start, headers, messages);
}
function cutPayloads(body, at, headers, messages) {
  let end = at;
  for (const header of headers){
    if (typeof header !== "object" || header === null || Array.isArray(header)) return "a header that is no object";
    const n = header.n;
    if (n === undefined) continue;
    if (typeof n !== "number" || !Number.isSafeInteger(n) || n < 0) return "a payload size that is no size";
    end += n;
  }
  if (end !== body.length) return `payloads of ${end - at} bytes announced, ${body.length - at} there`;
  for (const header of headers){
    const n = header.n ?? 0;
    messages.push({
      header,
      payload: body.subarray(at, at + n)
    });
    at += n;
  }
  return undefined;
}

/** Bytes appended in any portions at a cost linear in their number, however small the portions are. */ class GrowingBytes {
  #room = new Uint8Array(0);
  #length = 0;
  get length() {
    return this.#length;
  }
  append(bytes) {
    const length = this.#length + bytes.length;
    if (length > this.#room.length) {
      const room = new Uint8Array(Math.max(length, 2 * this.#room.length));
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    this.#room.set(bytes, this.#length);
    this.#length = length;
  }
  /** All bytes, which are the caller's from then on; this one starts again from nothing. */ take() {
    const bytes = this.#room.subarray(0, this.#length);
    this.#room = new Uint8Array(0);
    this.#length = 0;
    return bytes;
  }
}

/** The key of a message in pieces: ids of different kinds may be equal. */ function pieceKey(of, id) {
  return `${of} ${id}`;
}
const PARTIAL = Object.freeze({
  kind: "partial"
});
/**
 * Puts together what split_message.ts took apart. Bounded thrice: each message by its own `max_bytes`, all of them by `total_bytes` (a message that
 * would exceed it is too large), and in number by `open`. Pieces are copied, so that a tiny one keeps no large chunk alive.
 */ class PieceJoiner {
  #open = new Map();
  #bytes = 0;
  #bounds;
  constructor(bounds){
    this.#bounds = bounds;
  }
  /** A first piece, its header said `more`. */ begin(key, header, payload, max_bytes) {
    if (this.#open.has(key)) return {
      kind: "violation",
      violation: `a second beginning of ${key}`
    };
    if (this.#open.size >= this.#bounds.open) {
      return {
        kind: "violation",
        violation: `more than ${this.#bounds.open} messages in pieces at once`
      };
    }
    const open = {
      header,
      max_bytes,
      bytes: new GrowingBytes()
    };
    this.#open.set(key, open);
    return this.#append(open, payload) ?? PARTIAL;
  }
  /** A piece that continues. */ add(key, payload, more) {
    const open = this.#open.get(key);
    if (open === undefined) return {
      kind: "violation",
      violation: `a piece of ${key}, which was not begun`
    };
    if (!more) this.#open.delete(key);
    const refused = this.#append(open, payload);
    if (refused !== undefined) return refused;
    if (more || open.bytes === undefined) return PARTIAL;
    this.#bytes -= open.bytes.length;
    return {
      kind: "whole",
      header: open.header,
      payload: open.bytes.take()
    };
  }
  /** Forgets the bytes of a message that nobody wants any more; its pieces that still come are swallowed. */ drop(key) {
    const open = this.#open.get(key);
    if (open !== undefined) this.#forget(open);
  }
  #append(open, payload) {
    if (open.bytes === undefined) return undefined;
    if (open.bytes.length + payload.length > open.max_bytes || this.#bytes + payload.length > this.#bounds.total_bytes) {
      this.#forget(open);
      return {
        kind: "too_large",
        header: open.header,
        max_bytes: open.max_bytes
      };
    }
    open.bytes.append(payload);
    this.#bytes += payload.length;
    return undefined;
  }
  #forget(open) {
    this.#bytes -= open.bytes?.length ?? 0;
    open.bytes = undefined;
  }
}

/** What one message costs beyond its payload: routing it is not free. */ const MESSAGE_COST_BYTES = 64;
/** Message types that need no credit. */ const FREE_OF_CREDIT = new Set([
  "attach",
  "nonce",
  "welcome",
  "credit",
  "ack",
  "ask",
  "newer",
  "bye",
  "dying"
]);
/** What the message costs; undefined when it is free. */ function creditCost(type, payload_bytes) {
  return FREE_OF_CREDIT.has(type) ? undefined : {
    bytes: payload_bytes + MESSAGE_COST_BYTES,
    messages: 1
  };
}
/** The size of a link's window; tests make small ones. */ const LINK_WINDOW = Object.freeze({
  bytes: WIRE.window_bytes,
  messages: WIRE.window_messages
});
/** The sender's end: what is under way on one link in one direction. */ class SendWindow {
  #size;
  #bytes = 0;
  #messages = 0;
  constructor(size = LINK_WINDOW){
    this.#size = size;
  }
  /** Whether the message may be sent now. One that is larger than the whole window may, when nothing else is under way. */ hasRoom(cost) {
    if (this.#messages === 0) return true;
    return this.#bytes + cost.bytes <= this.#size.bytes && this.#messages + cost.messages <= this.#size.messages;
  }
  /** Counts a message that is being sent. */ take(cost) {
    this.#bytes += cost.bytes;
    this.#messages += cost.messages;
  }
  /** The receiver has processed so much. */ credit(processed) {
    this.#bytes = Math.max(0, this.#bytes - Math.max(0, processed.bytes));
    this.#messages = Math.max(0, this.#messages - Math.max(0, processed.messages));
    if (this.#messages === 0) this.#bytes = 0;
  }
}
/** The receiver's end: what has come in, what was processed and is not yet credited. */ class ReceiveWindow {
  #size;
  #held = {
    bytes: 0,
    messages: 0
  };
  #owed = {
    bytes: 0,
    messages: 0
  };
  constructor(size = LINK_WINDOW){
    this.#size = size;
  }
  /** Counts a message that came in; false when the sender has sent more than its window allows. */ receive(cost) {
    const alone = this.#held.messages === 0;
    this.#held.bytes += cost.bytes;
    this.#held.messages += cost.messages;
    return alone || this.#held.bytes <= this.#size.bytes && this.#held.messages <= this.#size.messages;
  }
  /** The message has been processed: it is credited at the end of the turn. */ processed(cost) {
    this.#owed.bytes += cost.bytes;
    this.#owed.messages += cost.messages;
  }
  /** What to say in this turn's `credit`; undefined when there is nothing to say. */ takeCredit() {
    if (this.#owed.messages === 0) return undefined;
    const credit = this.#owed;
    this.#held.bytes -= credit.bytes;
    this.#held.messages -= credit.messages;
    this.#owed = {
      bytes: 0,
      messages: 0
    };
    return credit;
  }
}

/**
 * A message as what travels: itself when its payload fits WIRE.chunk_bytes, else its first piece with `more`, then `piece` headers (the given
 * one, which names what it continues), the last without `more`. An iterator, so that a sender can let other messages pass between.
 * Payloads are spans of the given one, not copies.
 */ function* splitMessage(header, payload, piece) {
  let at = 0;
  let next = header;
  while(payload.length - at > WIRE.chunk_bytes){
    yield {
      header: {
        ...next,
        more: true
      },
      payload: payload.subarray(at, at += WIRE.chunk_bytes)
    };
    next = piece;
  }
  yield {
    header: next,
    payload: payload.subarray(at)
  };
}

const NOTHING = new Uint8Array(0);
/** The queue's read part is cut off when it has grown to so many. */ const CUT_AT = 1_024;
class LinkOutbox {
  #writer = new FrameWriter();
  #window;
  #waiting = [];
  #head = 0;
  #bytes = 0;
  constructor(window = new SendWindow()){
    this.#window = window;
  }
  /** Bytes that wait for credit or for the socket. */ get queued_bytes() {
    return this.#bytes;
  }
  push(header, payload = NOTHING) {
    if (creditCost(header.t, payload.length) === undefined) return this.#writer.push(header, payload);
    this.#bytes += payload.length + MESSAGE_COST_BYTES;
    const piece = pieceOf(header);
    if (piece === undefined || payload.length <= WIRE.chunk_bytes) {
      this.#waiting.push({
        header,
        payload
      });
      return;
    }
    const rest = splitMessage(header, payload, piece);
    this.#waiting.push({
      ...rest.next().value,
      rest
    });
  }
  /** The kernel has processed so much. */ credit(processed) {
    this.#window.credit(processed);
  }
  /** The next batch, as whole frames; undefined when nothing may be said now. */ take() {
    while(this.#head < this.#waiting.length && this.#writer.bytes < WIRE.batch_bytes){
      const { header, payload, rest } = this.#waiting[this.#head];
      const cost = creditCost(header.t, payload.length);
      if (!this.#window.hasRoom(cost)) break;
      this.#window.take(cost);
      this.#writer.push(header, payload);
      this.#head++;
      const next = rest?.next();
      if (rest !== undefined && next?.done === false) this.#waiting.push({
        ...next.value,
        rest
      });
      else this.#bytes -= MESSAGE_COST_BYTES;
      this.#bytes -= payload.length;
    }
    if (this.#head >= CUT_AT || this.#head === this.#waiting.length) {
      this.#waiting.splice(0, this.#head);
      this.#head = 0;
    }
    return this.#writer.take();
  }
}
/** What continues such a message; undefined for those that go in one frame whatever their size. */ function pieceOf(header) {
  switch(header.t){
    case "call":
    case "reply":
    case "vetted":
      return {
        t: "piece",
        of: header.t,
        id: header.id
      };
    default:
      return undefined;
  }
}

const READ_BYTES = 65_536;
/** A smaller chunk is copied out of the read buffer rather than keeping all of it alive. */ const COPY_BELOW = 16_384;
/** Messages in pieces at once, and their bytes together. */ const PIECES = Object.freeze({
  open: 1_024,
  total_bytes: 67_108_864
});
class LinkIo {
  #connect;
  #listener;
  #links = new Map();
  /** Links whose connection is being made. */ #connecting = new Set();
  #turn_due = false;
  #reads_held;
  constructor(connect, listener){
    this.#connect = connect;
    this.#listener = listener;
  }
  /** Bytes that wait for credit or for a socket. */ get queued_bytes() {
    let bytes = 0;
    for (const link of this.#links.values())bytes += link.outbox.queued_bytes;
    return bytes;
  }
  async connect(number) {
    this.#connecting.add(number);
    let connection;
    try {
      connection = await this.#connect();
    } catch  {
      if (this.#connecting.delete(number)) this.#listener.event({
        on: "closed",
        link: number
      });
      return;
    }
    if (!this.#connecting.delete(number)) return connection.close();
    const link = {
      connection,
      outbox: new LinkOutbox(),
      received: new ReceiveWindow(),
      joiner: new PieceJoiner(PIECES),
      writing: undefined,
      closed: false
    };
    this.#links.set(number, link);
    this.#listener.event({
      on: "connected",
      link: number
    });
    await this.#read(number, link);
    this.#ended(number, link);
  }
  /** Closes without an event: whoever asks knows. */ close(number) {
    this.#connecting.delete(number);
    const link = this.#links.get(number);
    if (link === undefined) return;
    this.#links.delete(number);
    this.#shut(link);
  }
  send(number, message, payload) {
    this.#links.get(number)?.outbox.push(message, payload);
    this.endOfTurn();
  }
  /** Says on every link what it may say before anything else, then waits for the sockets, at most so long. */ async flush(ms) {
    const written = [
      ...this.#links
    ].map(([number, link])=>{
      this.#write(number, link);
      return link.writing;
    });
    const late = Promise.withResolvers();
    const cancel = SHELL_CLOCK.after(ms, late.resolve);
    await Promise.race([
      Promise.all(written),
      late.promise
    ]);
    cancel();
  }
  /** While held nothing more is read: the sockets' buffers are the back-pressure. */ holdReads(hold) {
    if (hold) this.#reads_held ??= Promise.withResolvers();
    else {
      this.#reads_held?.resolve();
      this.#reads_held = undefined;
    }
  }
  /** Something was said or heard: at the end of this turn what was collected leaves. */ endOfTurn() {
    if (this.#turn_due) return;
    this.#turn_due = true;
    queueMicrotask(()=>{
      this.#listener.event({
        on: "turn"
      });
      this.#turn_due = false;
      for (const [number, link] of this.#links){
        const credit = link.received.takeCredit();
        if (credit !== undefined) link.outbox.push({
          t: "credit",
          ...credit
        });
        this.#write(number, link);
      }
    });
  }
  async #read(number, link) {
    const reader = new FrameReader({
      proven: true
    });
    let buffer = new Uint8Array(READ_BYTES);
    try {
      while(!link.closed){
        if (this.#reads_held !== undefined) await this.#reads_held.promise;
        const count = await link.connection.read(buffer);
        if (count === null) return;
        const chunk = count < COPY_BELOW ? buffer.slice(0, count) : buffer.subarray(0, count);
        if (count >= COPY_BELOW) buffer = new Uint8Array(READ_BYTES);
        const { messages, violation } = reader.feed(chunk);
        for (const { header, payload } of messages){
          if (link.closed || !this.#take(number, link, header, payload)) return;
        }
        if (violation !== undefined) return;
        this.endOfTurn();
      }
    } catch  {
    // a reset is an end like any other
    }
  }
  /** False when the kernel does not keep to the wire. */ #take(number, link, message, payload) {
    const cost = creditCost(message.t, payload.length);
    if (cost !== undefined) {
      if (!link.received.receive(cost)) return false;
      link.received.processed(cost);
    }
    if (message.t === "credit") {
      link.outbox.credit(message);
      return true;
    }
    if (message.t === "cancel") link.joiner.drop(pieceKey("call", message.id));
    const joined = this.#join(link.joiner, message, payload);
    switch(joined.kind){
      case "whole":
        this.#listener.event({
          on: "message",
          link: number,
          message: joined.header,
          payload: joined.payload
        });
        return true;
      case "too_large":
        this.#listener.event({
          on: "too_large",
          link: number,
          message: joined.header,
          max_bytes: joined.max_bytes
        });
        return true;
      default:
        return joined.kind === "partial";
    }
  }
  #join(joiner, message, payload) {
    switch(message.t){
      case "piece":
        return joiner.add(pieceKey(message.of, message.id), payload, message.more === true);
      case "call":
      case "reply":
      case "load":
      case "vet":
        {
          const max_bytes = this.#listener.maxBytes(message);
          if (message.more) return joiner.begin(pieceKey(message.t, message.id), message, payload, max_bytes);
          if (payload.length > max_bytes) return {
            kind: "too_large",
            header: message,
            max_bytes
          };
          return {
            kind: "whole",
            header: message,
            payload
          };
        }
      default:
        return {
          kind: "whole",
          header: message,
          payload
        };
    }
  }
  #write(number, link) {
    if (link.writing !== undefined) return; // what was pushed meanwhile follows
    const first = link.outbox.take();
    if (first !== undefined) link.writing = this.#writeAll(link, first).catch(()=>this.#ended(number, link));
  }
  async #writeAll(link, first) {
    try {
      for(let bytes = first; bytes !== undefined && !link.closed; bytes = link.outbox.take()){
        await link.connection.write(bytes);
      }
    } finally{
      link.writing = undefined;
    }
  }
  #ended(number, link) {
    const known = this.#links.get(number) === link;
    this.#links.delete(number);
    this.#shut(link);
    if (known) this.#listener.event({
      on: "closed",
      link: number
    });
  }
  #shut(link) {
    if (link.closed) return;
    link.closed = true;
    link.connection.close();
  }
}

/**
 * How a cell finds its kernel and keeps it: pure, told what happened and when, answering what to do.
 *
 * Connected is not attached: a dying kernel's backlog still accepts, so only `welcome` attaches, and a link that closes or stays silent before it is
 * tried again. For ever while the parent lives: the link's end is the first sign of a dead parent, its changed id the tie-break.
 * At most one link is sought at a time; each welcome makes its link the newest and fences the older ones, which stay open both ways
 * until their kernel leaves.
 */ /** Milliseconds before each next try; the last one repeats. */ const RETRY_MS = Object.freeze([
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  250
]);
/** A link that says nothing for so long before its welcome is given up; doubled for a kernel that is slow, at most eightfold. */ const SILENCE_MS = 250;
/** A cell that never attached was started in vain. */ const FIRST_ATTACH_MS = 10_000;
class AttachMachine {
  #me;
  #born;
  #seeking;
  /** Attached links, the newest last. */ #attached = [];
  #ever_attached = false;
  #last_link = 0;
  #tries = 0;
  #silences = 0;
  #ended = false;
  constructor(me, now){
    this.#me = me;
    this.#born = now;
    this.#seeking = {
      at: "pause",
      until: now
    };
  }
  isAttached(link) {
    return this.#attached.some((a)=>a.link === link);
  }
  /** The newest attached link, fenced or not. */ get newest() {
    return this.#attached.at(-1)?.link;
  }
  /** Where new root calls go; undefined while they have to wait. */ get root() {
    const newest = this.#attached.at(-1);
    return newest === undefined || newest.fenced ? undefined : newest.link;
  }
  /** When `time` wants to be called at the latest. */ wakeAt() {
    if (this.#ended || this.#seeking === undefined) return undefined;
    const first = this.#ever_attached ? Infinity : this.#born + FIRST_ATTACH_MS;
    const at = Math.min(first, this.#seeking.at === "connecting" ? Infinity : this.#seeking.until);
    return at === Infinity ? undefined : at;
  }
  connected(link, now) {
    if (!this.#isSought(link, "connecting")) return [
      {
        do: "close",
        link
      }
    ];
    this.#seeking = {
      at: "nonce",
      link,
      until: now + this.#patience()
    };
    return [];
  }
  /** The link could not be made, or is closed by whoever. */ closed(link, now) {
    if (this.#seeking !== undefined && this.#seeking.at !== "pause" && this.#seeking.link === link) {
      this.#seekAgain(now);
      return [];
    }
    if (!this.isAttached(link)) return [];
    const was_newest = this.newest === link;
    this.#attached = this.#attached.filter((a)=>a.link !== link);
    if (was_newest && this.#seeking === undefined) this.#seekAgain(now);
    return [
      {
        do: "lost",
        link
      }
    ];
  }
  nonce(link, nonce, now) {
    if (!this.#isSought(link, "nonce")) return [];
    this.#seeking = {
      at: "welcome",
      link,
      until: now + this.#patience()
    };
    return [
      {
        do: "prove",
        link,
        nonce
      }
    ];
  }
  proved(link, proof) {
    if (!this.#isSought(link, "welcome")) return [];
    const { cell, incarnation, pid } = this.#me;
    return [
      {
        do: "send",
        link,
        message: {
          t: "attach",
          cell,
          incarnation,
          proof,
          pid
        }
      }
    ];
  }
  welcome(link) {
    if (!this.#isSought(link, "welcome")) return [];
    this.#seeking = undefined;
    this.#tries = 0;
    this.#silences = 0;
    this.#ever_attached = true;
    const fences = this.#attached.filter((a)=>!a.fenced).map((a)=>({
        do: "send",
        link: a.link,
        message: {
          t: "fence"
        }
      }));
    this.#attached = [
      ...this.#attached.map(({ link })=>({
          link,
          fenced: true
        })),
      {
        link,
        fenced: false
      }
    ];
    return [
      ...fences,
      {
        do: "attached",
        link
      }
    ];
  }
  /** A successor listens under the same name: attach to it too. */ newer(link) {
    if (!this.isAttached(link) || this.#seeking !== undefined) return [];
    return this.#tryNow();
  }
  /** Time has passed, and the parent's process id reads so. */ time(now, parent) {
    if (this.#ended) return [];
    // While a link lives its kernel says `bye` when the parent is gone; the caller of `time` looks once a second all the same.
    if (parent !== this.#me.parent) return this.#end("the parent is gone");
    if (this.#seeking === undefined) return [];
    if (!this.#ever_attached && now >= this.#born + FIRST_ATTACH_MS) return this.#end("no kernel let it attach");
    if (this.#seeking.at === "connecting" || now < this.#seeking.until) return [];
    if (this.#seeking.at === "pause") return this.#tryNow();
    const { link } = this.#seeking;
    this.#silences++;
    this.#seekAgain(now);
    return [
      {
        do: "close",
        link
      }
    ];
  }
  #tryNow() {
    const link = ++this.#last_link;
    this.#seeking = {
      at: "connecting",
      link
    };
    return [
      {
        do: "connect",
        link
      }
    ];
  }
  #seekAgain(now) {
    const pause = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)];
    this.#seeking = {
      at: "pause",
      until: now + pause
    };
  }
  #patience() {
    return SILENCE_MS * 2 ** Math.min(this.#silences, 3);
  }
  #isSought(link, at) {
    return this.#seeking !== undefined && this.#seeking.at === at && this.#seeking.link === link;
  }
  #end(reason) {
    this.#ended = true;
    this.#seeking = undefined;
    return [
      {
        do: "end",
        code: 1,
        reason
      }
    ];
  }
}

/** Numbers as ranges `[first, last]`, both included: sorted, without overlap, neighbours joined. */ function toRanges(ids) {
  const ranges = [];
  for (const id of [
    ...ids
  ].sort((a, b)=>a - b)){
    const last = ranges.at(-1);
    if (last !== undefined && id <= last[1] + 1) last[1] = Math.max(last[1], id);
    else ranges.push([
      id,
      id
    ]);
  }
  return ranges;
}

/**
 * The calls that modules of this cell have made and that are not answered yet. Each keeps its whole payload, since a new link has to be told
 * again; its id is unique for the life of the cell's incarnation, so the kernel's key for it never changes.
 */ class MadeCalls {
  #calls = new Map();
  #ids = new Map();
  #next = 1;
  #bytes = 0;
  /** Payload bytes that are kept. */ get bytes() {
    return this.#bytes;
  }
  get size() {
    return this.#calls.size;
  }
  add(made, parent) {
    const call = {
      ...made,
      id: this.#next++,
      parent,
      link: undefined,
      cancelled: false,
      orphan: false
    };
    this.#calls.set(call.id, call);
    this.#ids.set(nameOf(made.instance, made.worker_id), call.id);
    this.#bytes += call.payload.length;
    return call;
  }
  get(id) {
    return this.#calls.get(id);
  }
  /** The call as its Worker names it. */ find(instance, worker_id) {
    const id = this.#ids.get(nameOf(instance, worker_id));
    return id === undefined ? undefined : this.#calls.get(id);
  }
  /** Ends the call; undefined when it has ended before or never was. */ end(id) {
    const call = this.#calls.get(id);
    if (call === undefined) return undefined;
    this.#calls.delete(id);
    this.#ids.delete(nameOf(call.instance, call.worker_id));
    this.#bytes -= call.payload.length;
    return call;
  }
  /** Whether such an id has been given out: a reply to it may be acknowledged. */ wasGiven(id) {
    return id >= 1 && id < this.#next;
  }
  /** All that are unanswered, in the order in which they were made. */ unanswered() {
    return [
      ...this.#calls.values()
    ];
  }
  /** Those of one instance. */ of(instance) {
    return this.unanswered().filter((call)=>call.instance === instance);
  }
}
function nameOf(instance, worker_id) {
  return `${instance}:${worker_id}`;
}

const DONE_BOUNDS = Object.freeze({
  count: WIRE.done_count,
  bytes: WIRE.done_bytes,
  ms: WIRE.done_ms
});
class ServedCalls {
  #bounds;
  #running = new Map();
  #serials = new Map();
  #done = new Map();
  #counts = new Map();
  #done_bytes = 0;
  #next = 1;
  constructor(bounds = DONE_BOUNDS){
    this.#bounds = bounds;
  }
  /** Somebody asks for the key. `instance` serves it, should it be new. */ ask(key, instance, asker) {
    const running = this.#running.get(key);
    if (running !== undefined) {
      running.askers = [
        ...running.askers.filter((a)=>a.link !== asker.link),
        asker
      ].sort((a, b)=>a.link - b.link);
      return {
        is: "running"
      };
    }
    const done = this.#done.get(key);
    if (done !== undefined) return {
      is: "done",
      answer: done.answer
    };
    const call = {
      key,
      serial: this.#next++,
      instance,
      askers: [
        asker
      ]
    };
    this.#running.set(key, call);
    this.#serials.set(call.serial, call);
    this.#count(instance, 1);
    return {
      is: "new",
      serial: call.serial
    };
  }
  /** The call has its answer; undefined when it does not run (any more): a second answer is nobody's. */ finish(serial, answer, now) {
    const call = this.#serials.get(serial);
    if (call === undefined) return undefined;
    this.#serials.delete(serial);
    this.#running.delete(call.key);
    this.#count(call.instance, -1);
    this.#done.set(call.key, {
      answer,
      at: now
    });
    this.#done_bytes += answer.payload.length;
    this.expire(now);
    return {
      key: call.key,
      serial,
      instance: call.instance,
      answer,
      asker: call.askers.at(-1)
    };
  }
  /** The running call that the link knows by that id, if this link's word on it is the one that counts. */ askedBy(asker) {
    for (const call of this.#running.values()){
      const newest = call.askers.at(-1);
      if (newest !== undefined && newest.link === asker.link && newest.id === asker.id) return call;
    }
    return undefined;
  }
  /** Whether the key runs or has run here. */ knows(key) {
    return this.#running.has(key) || this.#done.has(key);
  }
  /** Whether that instance runs anything. */ runs(instance) {
    return (this.#counts.get(instance) ?? 0) > 0;
  }
  /** Which instance runs that call. */ instanceOf(serial) {
    return this.#serials.get(serial)?.instance;
  }
  /** Where the call's own affairs (nested calls) are said; undefined when it has ended or nobody is left who asked. */ askerOf(serial) {
    return this.#serials.get(serial)?.askers.at(-1);
  }
  /** The kernel's number for the call on that link. */ idOn(serial, link) {
    return this.#serials.get(serial)?.askers.find((a)=>a.link === link)?.id;
  }
  serialsOf(instance) {
    return [
      ...this.#serials.values()
    ].filter((call)=>call.instance === instance).map((call)=>call.serial);
  }
  /** That link is closed: its ids mean nothing any more. */ forgetLink(link) {
    for (const call of this.#running.values())call.askers = call.askers.filter((a)=>a.link !== link);
  }
  /** The callers have these answers. */ acknowledged(keys) {
    for (const key of keys)this.#drop(key);
  }
  /** Drops answers that are too old, too many or too large together. */ expire(now) {
    for (const [key, done] of this.#done){
      const fits = this.#done.size <= this.#bounds.count && this.#done_bytes <= this.#bounds.bytes;
      if (fits && now - done.at < this.#bounds.ms) return;
      this.#drop(key);
    }
  }
  /** Keys that must come back to this cell: those that run, then the kept ones, the newest first. */ held() {
    return [
      ...this.#running.keys(),
      ...[
        ...this.#done.keys()
      ].reverse()
    ];
  }
  #count(instance, change) {
    const count = (this.#counts.get(instance) ?? 0) + change;
    if (count > 0) this.#counts.set(instance, count);
    else this.#counts.delete(instance);
  }
  #drop(key) {
    const done = this.#done.get(key);
    if (done === undefined) return;
    this.#done.delete(key);
    this.#done_bytes -= done.answer.payload.length;
  }
}

/** Ranges in one `ack`: its header must stay below WIRE.header_bytes. */ const RANGES_PER_ACK = 64;
class CallMachine {
  #links;
  #serves;
  #made = new MadeCalls();
  #served = new ServedCalls();
  #acks = new Map();
  #effects = [];
  /** `serves` tells whether an instance takes calls now. */ constructor(links, serves){
    this.#links = links;
    this.#serves = serves;
  }
  /** Payload bytes of unanswered calls of this cell. */ get madeBytes() {
    return this.#made.bytes;
  }
  /** Whose call it is that a reply from the kernel answers. */ callerOf(id) {
    return this.#made.get(id)?.instance;
  }
  /** Whether the instance has calls to answer. */ owes(instance) {
    return this.#served.runs(instance);
  }
  /** Keys that must come back to this cell. */ held() {
    return this.#served.held();
  }
  /** What is to be done, in order, since the last asking. */ takeEffects() {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
  /** That link is the newest now: it hears of every call that no living link knows. */ attached(link) {
    for (const call of this.#made.unanswered()){
      if (call.link === undefined || !this.#links.isAttached(call.link)) this.#sendCall(call, link);
    }
  }
  lost(link) {
    this.#acks.delete(link);
    this.#served.forgetLink(link);
    const { root } = this.#links;
    if (root === undefined) return;
    for (const call of this.#made.unanswered())if (call.link === link) this.#sendCall(call, root);
  }
  /** Answers kept too long go. */ expire(now) {
    this.#served.expire(now);
  }
  fromKernel(link, word, payload, now) {
    switch(word.t){
      case "call":
        return this.#serve(link, word, payload);
      case "reply":
        return this.#answered(link, word, payload);
      case "ack":
        return this.#served.acknowledged(word.keys);
      case "cancel":
        {
          const call = this.#served.askedBy({
            link,
            id: word.id
          });
          if (call === undefined) return;
          // The kernel has answered its caller already; this answer is for one that asks again.
          const answer = refusal(fault("cancelled", "the call was cancelled", {
            maybe_ran: true
          }));
          this.#served.finish(call.serial, answer, now);
          this.#effects.push({
            do: "deliver",
            instance: call.instance,
            message: {
              t: "cancel",
              id: call.serial
            }
          });
          return;
        }
    }
  }
  /** A call or a reply that exceeds what its module takes in one message. */ tooLarge(link, message, max_bytes) {
    const text = `the message is larger than the ${max_bytes} bytes its receiver takes`;
    const refused = (maybe_ran)=>refusal(fault("too_large", text, {
        maybe_ran
      }));
    if (message.t === "call") return this.#reply({
      link,
      id: message.id
    }, refused(false));
    if (message.t !== "reply") return;
    if (this.#made.wasGiven(message.id)) mapPush(this.#acks, link, message.id);
    const call = this.#made.end(message.id);
    if (call !== undefined) this.#toCaller(call, refused(true), message.live);
  }
  fromWorker(instance, word, now) {
    switch(word.t){
      case "call":
        {
          const { id: worker_id, parent, t: _, ...made } = word;
          const belongs = parent !== undefined && this.#served.instanceOf(parent) === instance;
          const call = this.#made.add({
            ...made,
            instance,
            worker_id
          }, belongs ? parent : undefined);
          const link = (belongs ? this.#served.askerOf(parent)?.link : undefined) ?? this.#links.root;
          if (link !== undefined) this.#sendCall(call, link);
          return;
        }
      case "reply":
        {
          if (this.#served.instanceOf(word.id) !== instance) return;
          const { ok, code, payload } = word;
          this.#replyEnded(this.#served.finish(word.id, {
            ok,
            payload,
            ...code !== undefined && {
              code
            }
          }, now));
          return;
        }
      case "cancel":
        {
          const call = this.#made.find(instance, word.id);
          if (call !== undefined) this.#giveUp(call);
          return;
        }
    }
  }
  /** The instance's Worker is no more: what it served may have run; nobody waits for what it asked. */ gone(instance, now) {
    const text = "the module's Worker ended while it served the call";
    const killed = refusal(fault("module_killed", text, {
      maybe_ran: true
    }));
    for (const serial of this.#served.serialsOf(instance))this.#replyEnded(this.#served.finish(serial, killed, now));
    for (const call of this.#made.of(instance)){
      call.orphan = true;
      this.#giveUp(call);
    }
  }
  /** Says which answers were received in this turn. */ acknowledge() {
    for (const [link, ids] of this.#acks){
      const ranges = toRanges(ids);
      for(let at = 0; at < ranges.length; at += RANGES_PER_ACK){
        this.#send(link, {
          t: "ack",
          ids: ranges.slice(at, at + RANGES_PER_ACK)
        });
      }
    }
    this.#acks.clear();
  }
  #serve(link, call, payload) {
    if (!this.#served.knows(call.key) && !this.#serves(call.to)) {
      return this.#reply({
        link,
        id: call.id
      }, refusal(fault("moved", `the instance ${call.to} is no longer here`)));
    }
    const asked = this.#served.ask(call.key, call.to, {
      link,
      id: call.id
    });
    if (asked.is === "running") return;
    if (asked.is === "done") return this.#reply({
      link,
      id: call.id
    }, asked.answer);
    const { aspect, name, kind, caller, trace, ms } = call;
    this.#effects.push({
      do: "deliver",
      instance: call.to,
      message: {
        t: "call",
        id: asked.serial,
        aspect,
        name,
        kind,
        caller,
        trace,
        ms,
        payload
      }
    });
  }
  #answered(link, reply, payload) {
    // A second answer is acknowledged too, or its keeper would keep it.
    if (this.#made.wasGiven(reply.id)) mapPush(this.#acks, link, reply.id);
    const call = this.#made.end(reply.id);
    if (call === undefined) return;
    const { ok, live, code } = reply;
    this.#toCaller(call, {
      ok,
      payload,
      ...code !== undefined && {
        code
      }
    }, live);
  }
  #toCaller(call, answer, live) {
    if (call.orphan) return;
    this.#effects.push({
      do: "deliver",
      instance: call.instance,
      message: {
        t: "reply",
        id: call.worker_id,
        live,
        ...answer
      }
    });
  }
  #giveUp(call) {
    if (call.cancelled) return;
    call.cancelled = true;
    if (call.link === undefined) {
      this.#made.end(call.id);
      this.#toCaller(call, refusal(fault("cancelled", "the call was cancelled before it was sent")), false);
    } else if (this.#links.isAttached(call.link)) {
      this.#send(call.link, {
        t: "cancel",
        id: call.id
      });
    }
  }
  /** Says the call on that link; with `again` when another link may have heard of it. */ #sendCall(call, link) {
    const parent = call.parent === undefined ? undefined : this.#served.idOn(call.parent, link);
    const again = call.link !== undefined;
    const { id, instance: from, api, aspect, name, kind, timeout, trace } = call;
    call.link = link;
    this.#send(link, {
      ...{
        t: "call",
        id,
        from,
        api,
        aspect,
        name,
        kind
      },
      ...parent !== undefined && {
        parent
      },
      ...timeout !== undefined && {
        timeout
      },
      ...trace !== undefined && {
        trace
      },
      ...again && {
        again
      }
    }, call.payload);
    if (call.cancelled) this.#send(link, {
      t: "cancel",
      id
    });
  }
  #replyEnded(ended) {
    if (ended?.asker !== undefined) this.#reply(ended.asker, ended.answer);
  }
  #reply(asker, answer) {
    const { ok, code, payload } = answer;
    this.#send(asker.link, {
      t: "reply",
      id: asker.id,
      ok,
      ...code !== undefined && {
        code
      }
    }, payload);
  }
  #send(link, message, payload) {
    this.#effects.push({
      do: "send",
      link,
      message,
      ...payload !== undefined && {
        payload
      }
    });
  }
}
function mapPush(map, key, value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [
    value
  ]);
  else list.push(value);
}

/** News of instances kept for the next link; there are far fewer instances. */ const NEWS_KEPT = 256;
class LinkMachine {
  #attach;
  #calls;
  #news = [];
  #effects = [];
  /** `serves` tells whether an instance takes calls now. */ constructor(me, serves, now){
    this.#attach = new AttachMachine(me, now);
    this.#calls = new CallMachine(this.#attach, serves);
  }
  /** When a `time` event is due at the latest; undefined while nothing is waited for. */ wakeAt() {
    return this.#attach.wakeAt();
  }
  /** Questions about calls. */ get calls() {
    return this.#calls;
  }
  step(event, now) {
    this.#effects = [];
    switch(event.on){
      case "connected":
        this.#follow(this.#attach.connected(event.link, now));
        break;
      case "proved":
        this.#follow(this.#attach.proved(event.link, event.proof));
        break;
      case "closed":
        this.#follow(this.#attach.closed(event.link, now));
        break;
      case "time":
        this.#calls.expire(now);
        this.#follow(this.#attach.time(now, event.parent));
        break;
      case "message":
        this.#fromKernel(event.link, event.message, event.payload, now);
        break;
      case "too_large":
        if (this.#attach.isAttached(event.link)) this.#calls.tooLarge(event.link, event.message, event.max_bytes);
        break;
      case "worker":
        this.#calls.fromWorker(event.instance, event.message, now);
        break;
      case "gone":
        this.#calls.gone(event.instance, now);
        break;
      case "say":
        this.#say(event);
        break;
      case "turn":
        this.#calls.acknowledge();
        break;
    }
    this.#effects.push(...this.#calls.takeEffects());
    return this.#effects;
  }
  #follow(effects) {
    for (const effect of effects){
      if (effect.do === "attached") this.#attached(effect.link);
      else if (effect.do === "lost") this.#calls.lost(effect.link);
      else this.#effects.push(effect);
    }
  }
  #attached(link) {
    this.#effects.push({
      do: "report",
      link,
      holds: this.#calls.held()
    });
    for (const { message, payload } of this.#news.splice(0))this.#send(link, message, payload);
    this.#calls.attached(link);
  }
  #fromKernel(link, message, payload, now) {
    if (message.t === "nonce") return this.#follow(this.#attach.nonce(link, message.nonce, now));
    if (message.t === "welcome") return this.#follow(this.#attach.welcome(link));
    if (!this.#attach.isAttached(link)) return;
    switch(message.t){
      case "call":
      case "reply":
      case "cancel":
      case "ack":
        return this.#calls.fromKernel(link, message, payload, now);
      case "newer":
        return this.#follow(this.#attach.newer(link));
      case "bye":
        this.#effects.push({
          do: "end",
          code: 0,
          reason: "the host stops"
        });
        return;
      case "load":
      case "run":
      case "shutdown":
      case "unload":
      case "ask":
      case "vet":
        this.#effects.push({
          do: "order",
          link,
          message,
          payload
        });
        return;
      case "credit":
      case "piece":
        return; // link_io.ts has dealt with these
    }
  }
  #say(news) {
    const link = news.link ?? this.#attach.newest;
    if (link !== undefined && this.#attach.isAttached(link)) return this.#send(link, news.message, news.payload);
    // A report says the rest by itself.
    const { t } = news.message;
    const kept = news.link === undefined && (t === "failed" || t === "ended");
    if (kept && this.#news.length < NEWS_KEPT) this.#news.push(news);
  }
  #send(link, message, payload) {
    this.#effects.push({
      do: "send",
      link,
      message,
      ...payload !== undefined && {
        payload
      }
    });
  }
}

/** A report is one frame: the oldest kept keys are left out of a larger one. */ const REPORT_BYTES = 983_040;
class KernelLinks {
  #options;
  #machine;
  #io;
  #cancel = ()=>{};
  #wake_at;
  constructor(options){
    this.#options = options;
    const { clock, cell, me, connect } = options;
    this.#machine = new LinkMachine(me, (instance)=>cell.serves(instance), clock.monotonic());
    this.#io = new LinkIo(connect, {
      event: (event)=>this.event(event),
      maxBytes: (message)=>cell.maxBytes(message, (id)=>this.#machine.calls.callerOf(id))
    });
  }
  /** Bytes that wait to be said. */ get queued_bytes() {
    return this.#io.queued_bytes;
  }
  /** Whether the instance has calls to answer. */ owes(instance) {
    return this.#machine.calls.owes(instance);
  }
  /** Says it on the newest link, or on that one. */ say(message, payload, link) {
    this.event({
      on: "say",
      message,
      ...payload !== undefined && {
        payload
      },
      ...link !== undefined && {
        link
      }
    });
  }
  holdReads(hold) {
    this.#io.holdReads(hold);
  }
  flush(ms) {
    return this.#io.flush(ms);
  }
  /** Looks at the time and at the parent; also how it begins. */ lookAtTime() {
    this.event({
      on: "time",
      parent: this.#options.parent()
    });
  }
  event(event) {
    const { cell, clock } = this.#options;
    for (const effect of this.#machine.step(event, clock.monotonic())){
      switch(effect.do){
        case "send":
          this.#io.send(effect.link, effect.message, effect.payload);
          break;
        case "deliver":
          cell.deliver(effect.instance, effect.message);
          break;
        case "order":
          cell.order(effect.link, effect.message, effect.payload);
          break;
        case "report":
          this.#io.send(effect.link, {
            t: "report"
          }, this.#report(effect.holds));
          break;
        case "connect":
          void this.#io.connect(effect.link);
          break;
        case "close":
          this.#io.close(effect.link);
          break;
        case "prove":
          void this.#prove(effect.link, effect.nonce);
          break;
        case "end":
          cell.end(effect.code, effect.reason);
          break;
      }
    }
    if (event.on === "message") {
      this.#io.endOfTurn();
      cell.moved();
    }
    this.#arm();
  }
  async #prove(link, nonce) {
    this.event({
      on: "proved",
      link,
      proof: await this.#options.prove(nonce)
    });
  }
  #report(holds) {
    const report = {
      instances: this.#options.cell.report(),
      holds
    };
    const payload = writeJsonPayload(report);
    if (payload.length <= REPORT_BYTES || holds.length === 0) return payload;
    return this.#report(holds.slice(0, Math.floor(holds.length / 2)));
  }
  #arm() {
    const at = this.#machine.wakeAt();
    if (at === this.#wake_at) return;
    this.#wake_at = at;
    this.#cancel();
    if (at === undefined) return;
    const { clock } = this.#options;
    this.#cancel = clock.after(Math.max(0, at - clock.monotonic()), ()=>{
      this.#wake_at = undefined;
      this.lookAtTime();
    });
  }
}

/** Lines to a pipe, in order, never waiting: what the reader does not take in time is dropped and counted beyond `most` waiting bytes. */ class LineSink {
  #write;
  #most;
  #waiting = [];
  #units = 0;
  #draining;
  #dropped = 0;
  constructor(write, most = 1_048_576){
    this.#write = write;
    this.#most = most;
  }
  /** Lines that were never written. */ get dropped() {
    return this.#dropped;
  }
  push(line) {
    if (this.#units + line.length > this.#most) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(line);
    this.#units += line.length;
    void this.drain();
  }
  /** Resolves when all lines so far are written, or the pipe is broken. */ drain() {
    this.#draining ??= this.#drain();
    return this.#draining;
  }
  async #drain() {
    try {
      await Promise.resolve(); // lines of one turn leave together
      while(this.#waiting.length > 0){
        const text = this.#waiting.join("");
        this.#waiting = [];
        this.#units = 0;
        await this.#write(new TextEncoder().encode(text));
      }
    } catch  {
    // nobody reads any more: the parent's end is noticed elsewhere
    } finally{
      this.#draining = undefined;
    }
  }
}

/**
 * What a terminal obeys instead of showing: controls (C0 without the tab, DEL, C1: escape sequences begin there), line separators, marks that turn
 * the direction of text, invisible ones, variation of tags, and halves of characters.
 */ const NOT_SHOWN = // deno-lint-ignore no-control-regex
/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
/** A text as one line that can be shown: what a terminal would obey is spelled out as `\u{1b}`. Newlines too, so that no text forges a line of a log. */ function escapeText(text) {
  return text.replace(NOT_SHOWN, (character)=>`\\u{${character.codePointAt(0).toString(16)}}`);
}

/** Units of what is printed at once. */ const LINE_UNITS = 8_192;
class ModuleLog {
  #clock;
  #write;
  #seconds = new Map();
  /** `write` takes one line with its end. */ constructor(clock, write){
    this.#clock = clock;
    this.#write = write;
  }
  /** A text of several lines becomes several, so that none can pass for another module's. */ print(api, level, text, lines_per_s) {
    const lines = clipText(text, LINE_UNITS).split("\n");
    while(lines.length > 1 && lines.at(-1) === "")lines.pop();
    for (const line of lines)this.#line(api, level, line, lines_per_s);
  }
  /** Tells what was dropped and not told yet: before the end. */ tellAll() {
    for (const [api, second] of this.#seconds)this.#tell(api, second);
  }
  #line(api, level, text, lines_per_s) {
    const now = this.#clock.monotonic();
    let second = this.#seconds.get(api);
    if (second === undefined || now - second.began >= 1_000) {
      this.#tell(api, second);
      this.#seconds.set(api, second = {
        began: now,
        lines: 0,
        dropped: 0
      });
    }
    if (second.lines < lines_per_s) {
      second.lines++;
      return this.#say(api, level, text);
    }
    if (second.dropped++ === 0) {
      const told = second;
      this.#clock.after(second.began + 1_000 - now, ()=>this.#tell(api, told));
    }
  }
  #tell(api, second) {
    if (second === undefined || second.dropped === 0) return;
    const { dropped } = second;
    second.dropped = 0;
    this.#say(api, "WARNING", `\u2026 ${dropped} lines dropped`);
  }
  #say(api, level, text) {
    this.#write(`${JSON.stringify({
      api,
      level,
      text: clipText(escapeText(clipText(text, LINE_UNITS)), LINE_UNITS)
    })}\n`);
  }
}

/** What the kernel orders is bounded by the sizes of sources; this only bounds a mistake. */ const ORDER_BYTES = 33_554_432;
/** Above so many bytes that a Worker has not taken nothing more is read from the kernel. */ const UNTAKEN_BYTES = 8_388_608;
/** Last words get so long to leave. */ const LAST_WORDS_MS = 50;
class CellShell {
  #powers;
  #links;
  #table;
  #guard;
  #log;
  #sink;
  #figures;
  #figures_at;
  #ending = false;
  constructor(args, powers, make){
    const { clock } = powers;
    this.#powers = powers;
    this.#figures_at = clock.monotonic();
    this.#sink = new LineSink(powers.stdout);
    this.#log = new ModuleLog(clock, (line)=>this.#sink.push(line));
    this.#table = new InstanceTable(make, clock, {
      call: (instance, word)=>this.#fromWorker(instance, word),
      say: (message, payload)=>this.#links.say(message, payload),
      log: ({ api, limits }, level, text)=>this.#log.print(api, level, text, limits.log_lines_per_s),
      made: (instance, limits)=>this.#guard.watch(instance, limits.liveness_ms),
      heard: (instance, work)=>this.#heard(instance, work),
      leaving: (instance)=>this.#guard.expect(instance),
      gone: (instance)=>{
        this.#guard.forget(instance);
        this.#links.event({
          on: "gone",
          instance
        });
      },
      stuck: (instance, load_ms)=>{
        this.#die({
          limit: "load_ms",
          instance,
          found: load_ms,
          allowed: load_ms
        });
      }
    });
    this.#links = new KernelLinks({
      ...powers.link,
      clock,
      cell: {
        serves: (instance)=>this.#table.serves(instance),
        maxBytes: (message, callerOf)=>this.#maxBytes(message, callerOf),
        report: ()=>this.#table.report(),
        deliver: (instance, message)=>this.#deliver(instance, message),
        order: (link, message, payload)=>this.#carryOut(link, message, payload),
        moved: ()=>this.#guard.sign(),
        end: (code, reason)=>void this.#end(code, reason)
      }
    });
    this.#guard = new Guard(args.memory_mb, clock, powers.rss, {
      owes: (instance)=>this.#table.isLoading(instance) || this.#links.owes(instance),
      ping: (instance)=>this.#table.ping(instance),
      release: ()=>{
        this.#table.releaseMemory();
        releaseMemory();
      },
      die: (why)=>this.#die(why),
      looked: ()=>this.#looked()
    });
  }
  /** Seeks its kernel, and from then on does what it is told. */ start() {
    this.#links.lookAtTime();
  }
  #carryOut(_link, order, payload) {
    switch(order.t){
      case "load":
        void this.#table.load(order.instance, payload);
        return;
      case "run":
        return this.#table.run(order.instance);
      case "shutdown":
        return this.#table.shutdown(order.instance);
      case "unload":
        return this.#table.unload(order.instance);
      case "ask":
        void Promise.all([
          this.#table.refresh(),
          this.#powers.prepareFigures()
        ]).then(()=>this.#sayFigures());
        return;
      case "vet":
        return; // a cell that hosts modules vets nothing
    }
  }
  #deliver(instance, message) {
    this.#table.deliver(instance, message);
    // Its caller has stopped waiting, the module may not have: it shows that it noticed.
    if (message.t === "cancel") this.#guard.expect(instance);
    if (this.#table.untaken_bytes > UNTAKEN_BYTES) this.#links.holdReads(true);
  }
  #heard(instance, work) {
    this.#guard.heard(instance);
    if (work) this.#guard.sign();
    if (this.#table.untaken_bytes <= UNTAKEN_BYTES) this.#links.holdReads(false);
  }
  #fromWorker(instance, word) {
    if (word.t === "call" && this.#links.queued_bytes + word.payload.length > WIRE.queue_bytes) {
      const text = `more than ${WIRE.queue_bytes} bytes of calls wait to leave the cell`;
      const answer = refusal(fault("rate_limited", text));
      return this.#table.deliver(instance, {
        t: "reply",
        id: word.id,
        live: false,
        ...answer
      });
    }
    this.#links.event({
      on: "worker",
      instance,
      message: word
    });
  }
  #maxBytes(message, callerOf) {
    const receiver = message.t === "call" ? message.to : message.t === "reply" ? callerOf(message.id) : undefined;
    if (receiver === undefined) return ORDER_BYTES;
    return this.#table.limits(receiver)?.message_bytes ?? ORDER_BYTES;
  }
  #looked() {
    this.#links.lookAtTime();
    const now = this.#powers.clock.monotonic();
    if (now - this.#figures_at < GUARD.idle_ping_ms) return;
    this.#figures_at = now;
    if (figuresDiffer(this.#figures, this.#takeFigures())) this.#sayFigures();
  }
  #takeFigures() {
    return {
      rss: this.#powers.rss(),
      cpu_ms: this.#powers.cpu_ms(),
      instances: this.#table.figures()
    };
  }
  #sayFigures() {
    this.#figures = this.#takeFigures();
    this.#figures_at = this.#powers.clock.monotonic();
    this.#links.say({
      t: "figures"
    }, writeJsonPayload(this.#figures));
  }
  /** The one end that a busy Worker or a bomb of buffers can't delay. */ async #die(why) {
    if (this.#ending) return;
    this.#ending = true;
    this.#powers.stderr(`limits.${why.limit}: ${why.found} found, ${why.allowed} allowed; the cell ends itself`);
    const { limit, instance, found, allowed } = why;
    this.#links.say({
      t: "dying",
      ...instance !== undefined && {
        instance
      },
      limit,
      found,
      allowed
    });
    await this.#links.flush(LAST_WORDS_MS);
    this.#powers.kill();
  }
  async #end(code, reason) {
    if (this.#ending) return;
    this.#ending = true;
    this.#guard.stop();
    if (code !== 0) this.#powers.stderr(`the cell ends: ${reason}`);
    this.#table.endAll();
    this.#log.tellAll();
    await Promise.all([
      this.#links.flush(LAST_WORDS_MS),
      within(this.#powers, this.#sink.drain())
    ]);
    this.#powers.exit(code);
  }
}
function within({ clock }, done) {
  return new Promise((resolve)=>{
    const cancel = clock.after(LAST_WORDS_MS, resolve);
    void done.then(()=>{
      cancel();
      resolve();
    });
  });
}

const CELL_ID = /^@?[A-Za-z][A-Za-z0-9_.-]{0,140}~[0-9]{1,15}$/;
function isCellId(text) {
  return typeof text === "string" && CELL_ID.test(text);
}

/**
 * What each role keeps of the permissions that its process was started with. The first statement of a role revokes everything else
 * (kernel/contract has no powers: primitives apply this table). Two ways of starting are served alike: with lists (as `deno run` does) the rest is
 * revoked by name; with everything (a compiled binary) whole categories go, since a list can't be kept out of a bare permission.
 */ const ALL_CATEGORIES = Object.freeze([
  "read",
  "write",
  "net",
  "env",
  "run",
  "sys",
  "ffi",
  "import"
]);
/** Categories that a role keeps (as far as it was given them); all others are revoked whole. */ const ROLE_KEEPS = Object.freeze({
  /** run equals everything; it builds every command line from a closed table. Read and write: lock, sockets' folder, address, its log. */ watchdog: [
    "run",
    "read",
    "write"
  ],
  /** read and write: home's folders; net: its two socket names. It can start no process. */ kernel: [
    "read",
    "write",
    "net"
  ],
  /** S (one socket name: read, write, net) and the union of what its modules' configs grant, so that a Worker can be made again. */ cell: [
    "read",
    "write",
    "net"
  ],
  /** like a cell, and the bundler's one wasm file. */ vet: [
    "read",
    "write",
    "net"
  ],
  /** The operator's own hand. */ cli: ALL_CATEGORIES
});

/**
 * What a role gives up with its first statement. Categories that the role has no use for go whole, and so does one of which a cell keeps no name.
 * `given` are the names that the process was started with: those it does not keep go one by one. A name that is not `given` can't be revoked so:
 * against a bare permission such a request has no effect.
 */ function revokePlan(role, keeps, given) {
  const plan = [];
  for (const name of ALL_CATEGORIES){
    if (!ROLE_KEEPS[role].includes(name)) {
      plan.push({
        name
      });
      continue;
    }
    if (keeps === undefined || name !== "read" && name !== "write" && name !== "net") continue;
    const kept = new Set(keeps[name]);
    if (kept.size === 0) plan.push({
      name
    });
    else {
      for (const entry of []){
        if (!kept.has(entry)) plan.push(name === "net" ? {
          name,
          host: entry
        } : {
          name,
          path: entry
        });
      }
    }
  }
  return plan;
}

/**
 * Gives up what the role and the arguments do not keep; the first thing a cell does. What is left are the names of `keeps`, where the process was
 * started with lists. Where it was started with everything, whole categories go and the kept ones stay whole; its Workers are narrowed exactly
 * all the same.
 */ function revokePermissions(role, keeps) {
  for (const one of revokePlan(role, keeps))Deno.permissions.revokeSync(one);
}

/** Signals that a terminal sends to the whole group: cells are ended in order by kernel and watchdog. */ const GROUP_SIGNALS = [
  "SIGINT",
  "SIGHUP",
  "SIGTERM"
];
/** Hex digits of the longest token; a longer line is no token. */ const TOKEN_UNITS = 1_024;
/** The cell's arguments and its token, the first line of its stdin. Throws when there is none: nobody could attach with that. */ async function enterCell(role, argv) {
  const args = parseArgs(argv[0]);
  revokePermissions(role, args.keeps);
  for (const signal of GROUP_SIGNALS)Deno.addSignalListener(signal, ()=>{});
  return {
    args,
    token: await readToken()
  };
}
/** Host text, so only its shape is looked at. */ function parseArgs(text) {
  const args = JSON.parse(text ?? "null");
  if (!isRecord(args) || !isCellId(args["cell"]) || !isRecord(args["keeps"]) || typeof args["socket"] !== "string") {
    throw new Error("a cell is started by its watchdog, with one argument");
  }
  return args;
}
async function readToken() {
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(TOKEN_UNITS);
  let line = "";
  // Read by hand: the runtime's streams are a third of a megabyte that a cell does without.
  while(!line.includes("\n") && line.length <= TOKEN_UNITS){
    const count = await Deno.stdin.read(bytes);
    if (count === null) break;
    line += decoder.decode(bytes.subarray(0, count), {
      stream: true
    });
  }
  Deno.stdin.close();
  const token = line.split("\n")[0].trim();
  if (token === "" || fromHex(token) === undefined) throw new Error("the first line of stdin is no token");
  return token;
}

// made by deno task vendor; read when needed: an import would load every text into every process
/** The source text of each package that `grants.packages` may name. */ const LIBRARIES = {
  "@cfworker/json-schema": ()=>Deno.readTextFile(new URL("./cfworker_json_schema.mjs", import.meta.url)),
  "kysely": ()=>Deno.readTextFile(new URL("./kysely.mjs", import.meta.url)),
  "yaml": ()=>Deno.readTextFile(new URL("./yaml.mjs", import.meta.url)),
  "zod": ()=>Deno.readTextFile(new URL("./zod.mjs", import.meta.url))
};
/** The source text of the Worker bootstrap. */ const GUEST = ()=>Deno.readTextFile(new URL("./guest.mjs", import.meta.url));

/** All that a module's bundle may import. */ function allowedImports(granted) {
  return [
    "meta-machine",
    ...granted.packages,
    ...granted.builtins
  ];
}

/**
 * The one form that a bundle may have: lines of static imports, a body, one line that exports `Module`, one comment with the source map.
 * In the body the words `import` and `export` do not occur at all, not even in texts and comments (hide_words.ts): so the claim "nothing
 * else is imported" needs no parser to check, and no parser's mistake about where a regular expression ends can hide an import.
 */ /** At the front of a bundle; sticky, so that nothing stands between two lines. */ const IMPORT_LINE = /import (?:[\p{L}\p{N}_$*{}, ]+ from )?'([^'"`\\\s]+)';\n/uy;
const EXPORT_LINE = /\nexport \{ (?:[\p{L}\p{N}_$]+ as )?Module \};\n$/u;
const MAP_COMMENT = /\/\/# sourceMappingURL=data:application\/json;base64,[A-Za-z0-9+/=]*\n?$/;
/**
 * The words that make an import or an export, wherever they stand. `#import` is a private name; no keyword can follow a letter or a digit,
 * and an escaped keyword is none.
 */ const WORD = /(?<![\w$#])(?:import|export)(?![\w$])/g;
/** Undefined when the code does not end as a bundle ends. */ function readForm(code) {
  const imports = [];
  let start = 0;
  for(;;){
    IMPORT_LINE.lastIndex = start;
    const line = IMPORT_LINE.exec(code);
    if (line === null) break;
    imports.push(line[1]);
    start = IMPORT_LINE.lastIndex;
  }
  const map = MAP_COMMENT.exec(code)?.index ?? code.length;
  const end = EXPORT_LINE.exec(code.slice(0, map))?.index;
  return end === undefined || end < start ? undefined : {
    imports,
    start,
    end
  };
}
/** Where the two words stand in a text. */ function findWords(text) {
  return Array.from(text.matchAll(WORD), (match)=>({
      word: match[0],
      at: match.index
    }));
}

/**
 * All imports that the lexer sees. It misses some: `...import(x)`, and all that follows where a `/` divides the value of a function expression,
 * which it takes for a regular expression. So this tells what to report, never that a text is clean: {@linkcode checkBundle} rests on
 * the bundle's form.
 */ async function leftoverImports(code) {
  // Not at the top: every cell takes the second look, and few ever find something.
  const { init, parse } = await Promise.resolve().then(function () { return esModuleLexer; });
  await init();
  return parse(code)[0].map((found)=>({
      specifier: found.type === "import-meta" ? "import.meta" : found.specifier ?? code.slice(found.start, found.end),
      line: lineAt(code, found.importStart),
      dynamic: found.type === "dynamic" || found.type === "import-meta"
    }));
}
/** Refuses a bundle that could import anything but `allowed`, at its start or later, or reach `import.meta`. */ async function checkBundle(code, allowed) {
  const bytes = new TextEncoder().encode(code).length;
  if (bytes > SOURCES.bundle_bytes) return no(`it has ${bytes} bytes; ${SOURCES.bundle_bytes} are allowed`);
  const form = readForm(code);
  if (form === undefined) return no("it does not end with the export of Module");
  const foreign = form.imports.find((specifier)=>!allowed.includes(specifier));
  if (foreign !== undefined) return no(`it imports '${foreign.slice(0, 120)}'; allowed are ${allowed.join(", ")}`);
  const [word] = findWords(code.slice(form.start, form.end));
  return word === undefined ? ok(undefined) : no(await describe(code, form.start + word.at, word.word));
}
/** Says what the word is there for, where the lexer knows it. */ async function describe(code, offset, word) {
  const line = lineAt(code, offset);
  const found = (await leftoverImports(code).catch(()=>[])).find((left)=>left.line === line);
  const use = found === undefined ? `has the word '${word}'` : `imports '${found.specifier.slice(0, 120)}'`;
  return `line ${line} ${use}, which only the lines at its top may`;
}
function no(found) {
  return refuse(fault("load_failed", `The module's bundle was refused: ${found}.`));
}
function lineAt(code, offset) {
  let line = 1;
  for(let at = code.indexOf("\n"); at !== -1 && at < offset; at = code.indexOf("\n", at + 1))line++;
  return line;
}

/**
 * One Worker and the port to it: made with exactly the granted permissions, told of everything in one array for each turn of the loop. It counts what
 * the Worker has not shown to have taken, by pings that stand behind what was said.
 */ /** Bytes said to a Worker after which it is asked to show that it has taken them. */ const SHOW_AFTER = 1_048_576;
/** A batch of a Worker with more words than any honest bootstrap sends is not walked through. */ const WORDS = 65_536;
class ModuleWorker {
  #worker;
  #port;
  #listener;
  #batch = [];
  #seq = 0;
  /** Bytes said since the last showing ping, and before it. */ #after_ping = 0;
  #before_ping = 0;
  #showing;
  #ended = false;
  /** Throws when the process lacks a permission that the Worker is to have. */ constructor(guest_url, permissions, init, listener){
    this.#listener = listener;
    this.#worker = new Worker(guest_url, {
      type: "module",
      name: init.api,
      deno: {
        permissions
      }
    });
    this.#worker.onerror = (event)=>{
      event.preventDefault(); // else the whole process ends
      if (!this.#ended) listener.crashed(event.message);
    };
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data })=>{
      if (!this.#ended && Array.isArray(data) && data.length <= WORDS) listener.words(data);
    };
    this.#worker.postMessage({
      ...init,
      port: port2
    }, [
      port2
    ]);
  }
  /** Bytes that the Worker has not shown to have taken. */ get untaken_bytes() {
    return this.#before_ping + this.#after_ping;
  }
  post(message) {
    if (this.#ended) return;
    if ("payload" in message) {
      // Its buffer holds the neighbours' bytes, and a port would copy all of it.
      this.#batch.push({
        ...message,
        payload: message.payload.slice()
      });
      this.#after_ping += message.payload.length;
    } else this.#batch.push(message);
    if (this.#batch.length === 1) queueMicrotask(()=>this.#flush());
  }
  ping() {
    this.post({
      t: "ping",
      seq: ++this.#seq
    });
  }
  /** The Worker has answered that ping, and so has taken what was said before it. */ ponged(seq) {
    if (this.#showing === undefined || seq < this.#showing) return;
    this.#showing = undefined;
    this.#before_ping = 0;
    // Nothing more may come until this is taken, so nobody else would ask.
    if (this.#after_ping > SHOW_AFTER) this.#flush();
  }
  /** Ends an idle Worker at once; a busy one only looks ended, its thread goes on. */ terminate() {
    if (this.#ended) return;
    this.#ended = true;
    this.#port.close();
    this.#worker.terminate();
  }
  #flush() {
    if (this.#ended) return;
    if (this.#after_ping > SHOW_AFTER && this.#showing === undefined) {
      this.#showing = ++this.#seq;
      this.#batch.push({
        t: "ping",
        seq: this.#showing
      });
      this.#before_ping = this.#after_ping;
      this.#after_ping = 0;
    }
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#port.postMessage(batch);
  }
}

/** Builtins with which a module opens its own connections; without them `grants.net` means fetch, which is another module's. */ const NET_BUILTINS = new Set([
  "node:net",
  "node:tls",
  "node:dns"
]);
/** What the order grants as the Worker's own permissions. Folders lie below the home; a path that leaves it is refused. */ function workerPermissions(order) {
  const read = order.folders.map(({ path })=>belowHome(order.home, path));
  const write = order.folders.filter(({ mode })=>mode === "rw").map(({ path })=>belowHome(order.home, path));
  const net = [
    ...order.builtins.some((name)=>NET_BUILTINS.has(name)) ? order.net : [],
    ...order.listen
  ];
  return read.length + net.length === 0 ? "none" : {
    read,
    write,
    net
  };
}
function belowHome(home, path) {
  if (path === ".") return home;
  if (path.startsWith("/") || path.split("/").some((part)=>part === "..")) {
    throw new Error(`the folder '${path}' is not below the home`);
  }
  return `${home}/${path}`;
}

/** The validator of tools' params; evaluated by the bootstrap, never handed to a module. */ const VALIDATOR = "@cfworker/json-schema";
let guest_url;
/**
 * Looks at the bundle again, then makes its Worker: the bootstrap from the program's own text, permissions exactly as granted. Throws when the
 * process lacks one of these.
 */ const makeWorker = async (order, listener)=>{
  const checked = await checkBundle(order.code, allowedImports(order));
  if (!checked.ok) return checked.fault;
  const libraries = [];
  for (const name of order.packages){
    const text = LIBRARIES[name];
    if (text === undefined) return fault("load_failed", `the program brings no package '${name}'`);
    libraries.push([
      name,
      await text()
    ]);
  }
  guest_url ??= makeGuestUrl();
  const url = await guest_url;
  const validator = await LIBRARIES[VALIDATOR]();
  return new ModuleWorker(url, workerPermissions(order), {
    ...initOf(order),
    libraries,
    validator
  }, listener);
};
/** One URL for all Workers of this cell: the cell may read no file of the program. */ async function makeGuestUrl() {
  return URL.createObjectURL(new Blob([
    await GUEST()
  ], {
    type: "text/javascript"
  }));
}
function initOf(order) {
  const { api, own, code, builtins, home, folders, net, listen, wasm, limits, kernel } = order;
  return {
    api,
    own,
    code,
    builtins,
    home,
    folders,
    listen,
    fetch: net.length > 0,
    wasm,
    limits,
    kernel
  };
}

/**
 * The role `cell`: gives up what it does not keep, attaches to its kernel, hosts the modules it is told to. Resolves with the exit code when the host
 * stops or is gone.
 */ async function runCell(argv) {
  const { args, token } = await enterCell("cell", argv);
  const { promise, resolve } = Promise.withResolvers();
  new CellShell(args, cellPowers(args, token, resolve), makeWorker).start();
  return await promise;
}

async function runRole(args) {
  return await runCell(args);
}
if (import.meta.main) Deno.exit(await runRole(Deno.args));

const init = () => {};
const parse = () => [[]];

var esModuleLexer = /*#__PURE__*/Object.freeze({
  __proto__: null,
  init: init,
  parse: parse
});

export { runRole };

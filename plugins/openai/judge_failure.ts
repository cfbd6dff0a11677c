/** What a request that failed means for who asked, and whether asking again can help. Pure: an error in, a judgement out. */
import { fault, FaultError, type ModuleFaultCode } from "meta-machine";
import { readRetryAfter } from "./retry_after.ts";

export interface Judged {
  readonly fault: FaultError;
  /** Whether the same request may be sent again. */
  readonly again: boolean;
  /** How long the server asks to wait, in ms. */
  readonly after_ms?: number;
}

export interface Asked {
  /** Of the server, as a person knows it. */
  readonly host: string;
  readonly model: string;
  readonly api_key_env: string | undefined;
}

/** The part of an error of the package `openai` that is read here. */
interface ApiError {
  readonly status?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly headers?: { get(name: string): string | null } | undefined;
}

/** Longest part of a server's own words that is told further. */
const WORDS = 300;

export function judgeFailure(error: unknown, asked: Asked, wall_ms: number): Judged {
  const known = faultWithin(error);
  if (known !== undefined) return { fault: known, again: known.retriable };
  if (error instanceof SyntaxError) return { fault: unreadable(asked.host, "a piece of it is no JSON"), again: false };
  const { status, code, headers } = (typeof error === "object" && error !== null ? error : {}) as ApiError;
  // Inside of a stream a server has no status left to set: it writes the number into the error.
  const number = typeof status === "number" ? status : typeof code === "number" ? code : undefined;
  if (number === undefined) return lost(error, asked);
  const after_ms = readRetryAfter(headers, wall_ms);
  return { ...byStatus(number, code, wordsOf(error), asked), ...(after_ms !== undefined && { after_ms }) };
}

/** What was read is not what was asked for. */
export function unreadable(
  host: string,
  found: string,
  hint = "see whether base_url in the config's params is the address of an OpenAI-compatible API (most end in /v1)",
) {
  return fault("conflict", `the answer of ${host} can't be read: ${found}`, { retriable: false, hint });
}

/** The stream ended before the answer did. */
export function brokenOff(host: string, pieces: number): FaultError {
  return fault("conflict", `${host} broke off its answer after ${pieces} ${pieces === 1 ? "piece" : "pieces"}`, {
    retriable: true,
    hint: "ask again; what has come of the answer may be a part of it",
  });
}

function lost(error: unknown, { host }: Asked): Judged {
  const message = `${host} was not reached, or the connection was lost: ${wordsOf(error)}`;
  return {
    fault: fault("conflict", message, { retriable: true, hint: "see whether the server runs; ask again" }),
    again: true,
  };
}

function byStatus(status: number, code: unknown, words: string, { host, model, api_key_env }: Asked): Judged {
  const refuse = (fault_code: ModuleFaultCode, what: string, hint: string, again = false): Judged => ({
    fault: fault(fault_code, `${host} ${what} (status ${status}): ${words}`, { retriable: again, hint }),
    again,
  });
  if (code === "insufficient_quota" || status === 402) {
    return refuse("quota", "says that the account is used up", "the account at the provider needs credit");
  }
  if (
    code === "context_length_exceeded" || status === 413 ||
    (status === 400 && /context (?:length|window)|too long/i.test(words))
  ) {
    return refuse("too_large", "finds the conversation too long", "send fewer or shorter messages, or fewer tools");
  }
  if (status === 401 || status === 403) {
    const bind = api_key_env === undefined
      ? "name the variable with the key in params: {api_key_env: …} and bind it to the host in grants.secrets"
      : `see that ${api_key_env} holds a valid key, and that grants.secrets binds it to ${host.replace(/:\d+$/, "")}`;
    return refuse("denied", "refuses the key, or has none", bind);
  }
  if (status === 404) {
    return refuse(
      "not_found",
      `knows no model '${model}', or nothing is at this address`,
      "models() lists what it has; see model and base_url in the config's params",
    );
  }
  if (status === 429) {
    return refuse(
      "rate_limited",
      "asks for patience",
      "ask again later, or lower concurrency in the config's params",
      true,
    );
  }
  if (status === 408 || status === 409 || status >= 500) return refuse("conflict", "failed", "ask again later", true);
  if (status === 400 || status === 422) {
    return refuse("invalid_argument", "refuses the request", "the server's words say what it wants");
  }
  return refuse("conflict", "refuses the request", "the server's words say why");
}

/** The first of ours among an error and its causes: the http service, the caller and the clock speak in faults. */
function faultWithin(error: unknown): FaultError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof FaultError) return at;
  }
  return undefined;
}

/** One line. */
function wordsOf(error: unknown): string {
  const { message } = (typeof error === "object" && error !== null ? error : { message: error }) as ApiError;
  const text = String(message ?? "no words").replace(/^\d{3} /, "").replaceAll(/\s+/g, " ").trim();
  return text.length > WORDS ? `${text.slice(0, WORDS)}…` : text || "no words";
}

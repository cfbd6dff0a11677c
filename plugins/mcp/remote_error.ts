/** Errors that say whose they are: a model that reads one must not take it for this host's word. */
import { fault, FaultError } from "meta-machine";
import { cleanText } from "./clean_text.ts";

const SAID_UNITS = 500;
const INVALID_PARAMS = -32602;

/** The remote server refused, or failed, and said so. */
export class RemoteError extends Error {
  override readonly name = "RemoteError";

  constructor(host: string, said: string) {
    super(`the remote server ${host} says: ${said}`);
  }
}

/** Whether it was the way to the server that failed, and not the server's answer. */
export function isUnreached(error: unknown): boolean {
  return codeOf(error) !== undefined && typeof codeOf(error) !== "number" || error instanceof TypeError ||
    error instanceof FaultError;
}

/** What the MCP library, or the way to the network, threw, as the caller should have it. */
export function remoteFault(error: unknown, host: string, what: string): Error {
  if (error instanceof RemoteError) return error;
  const said = cleanText(error instanceof Error ? error.message : String(error), SAID_UNITS);
  if (error instanceof FaultError) {
    return fault(moduleCode(error), `${what}: ${said}`, { hint: error.hint, retriable: error.retriable });
  }
  const code = codeOf(error);
  if (code === INVALID_PARAMS) return fault("invalid_argument", `${what}: the remote server ${host} says: ${said}`);
  if (typeof code === "number") return new RemoteError(host, said);
  if (code === "REQUEST_TIMEOUT") {
    return fault("conflict", `${what}: the remote server ${host} did not answer in time`, {
      ...{
        hint: "it may have done it all the same; try again, or raise call_ms in the module's config",
        retriable: true,
      },
    });
  }
  const status = (error as { readonly status?: unknown }).status;
  if (status === 401 || status === 403) {
    return fault("denied", `${what}: the remote server ${host} refuses us (HTTP ${status})`, {
      hint: "bind its token in the module's config: grants.secrets: [{env, host, header: Authorization}]",
    });
  }
  return fault("conflict", `${what}: the remote server ${host} can't be reached: ${said}`, {
    ...{ hint: "it is tried again by itself", retriable: true },
  });
}

/** The library's own codes are words, those of JSON-RPC are numbers. */
function codeOf(error: unknown): string | number | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === "string" || typeof code === "number" ? code : undefined;
}

function moduleCode({ code }: FaultError): Parameters<typeof fault>[0] {
  return code === "denied" || code === "not_found" || code === "rate_limited" || code === "too_large"
    ? code
    : code === "not_granted"
    ? "denied"
    : "conflict";
}

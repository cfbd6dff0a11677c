/** What a request must be before anybody asks who sends it. Pure: headers and a URL in, a refusal or nothing out. */
import type { KnownHosts } from "./host_names.ts";
import { type Refusal, refusal } from "./refusal.ts";

export interface GateRules {
  readonly hosts: KnownHosts;
  readonly origins: readonly string[];
}

const TOKEN = /mm_[0-9a-f]{16}/i;
/** What clients of other servers call a token in a URL. */
const CREDENTIALS = ["access_token", "api_key", "apikey", "api-key", "auth", "authorization", "bearer", "token"];

/** URLs are written into logs and histories, and are sent on as referrers: a token in one is as good as published. */
export function tokenInUrl(url: string): Refusal | undefined {
  const parsed = new URL(url);
  const named = [...parsed.searchParams.keys()].some((key) => CREDENTIALS.includes(key.toLowerCase()));
  if (!named && parsed.username === "" && !TOKEN.test(url) && !TOKEN.test(decoded(url))) return undefined;
  return refusal(400, "invalid_argument", "a token in a URL is not accepted", {
    hint:
      "send it as a header: Authorization: Bearer mm_…; if it was a real one, `token revoke ID` takes it back: URLs end up in logs",
  });
}

/** `host`: the Host header. The URL has the same, unless the request names another in its first line; with HTTP/2 it alone has the name. */
export function foreignHost({ hosts }: GateRules, url: string, host: string | null): Refusal | undefined {
  if ((host === null || hosts.has(host)) && hosts.has(new URL(url).host)) return undefined;
  return refusal(403, "denied", "the Host header names none of this server's names", {
    hint: "speak to it by the address that it listens at, or add the name to `hosts` in its config",
  });
}

/** Browsers say which page asks; other clients say nothing. */
export function foreignOrigin({ origins }: GateRules, origin: string | null): Refusal | undefined {
  if (origin === null || origins.includes(origin)) return undefined;
  return refusal(403, "denied", "pages of this origin may not use this server", {
    hint: "add it to `origins` in the config of the web module",
  });
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The token of an Authorization header. A header is a rumour: only what looks like a token is shown to the kernel. */
import { type Refusal, refusal } from "./refusal.ts";

const BEARER = /^Bearer +(mm_[0-9a-f]{64})$/i;

export function tokenOf(header: string | null): string | Refusal {
  if (header === null) {
    return unauthorized(
      "this needs a token",
      "send the header Authorization: Bearer mm_…; `token new PRINCIPAL` makes one",
    );
  }
  const token = BEARER.exec(header)?.[1];
  if (token !== undefined) return token;
  return unauthorized(
    "the Authorization header has no token of this machine",
    "it reads: Authorization: Bearer mm_…",
    true,
  );
}

/** `shown`: something was shown, and it is no good. */
export function unauthorized(message: string, hint: string, shown = false): Refusal {
  const challenge = `Bearer realm="meta-machine"${shown ? ', error="invalid_token"' : ""}`;
  return refusal(401, "denied", message, { hint, headers: { "www-authenticate": challenge } });
}

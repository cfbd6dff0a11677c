/** Secrets of a caller that are bound to the host of a request: which headers they become, and what must never be seen of them again. */
import { fault } from "meta-machine";
import { type Headers, isHeaderValue } from "./parse_request.ts";
import { spellingsOf } from "./spellings.ts";

export interface BoundSecret {
  readonly env: string;
  readonly host: string;
  readonly header: string;
  /** Null when the host was not given the variable. */
  readonly value: string | null;
}

/** A shorter one could not be told from other text. */
const LEAST_UNITS = 8;

/** The headers with the secrets that belong to this host. What the caller set under such a name is replaced. */
export function withSecrets(headers: Headers, host: string, secrets: readonly BoundSecret[]): {
  readonly headers: Headers;
  readonly added: number;
} {
  const bound = secrets.filter((secret) => secret.host === host);
  if (bound.length === 0) return { headers, added: 0 };
  const names = new Set(bound.map(({ header }) => header.toLowerCase()));
  if (headers.some(([name]) => name.toLowerCase() === "range")) {
    throw fault("invalid_argument", `Cannot fetch: a part of an answer of ${host}, to which a secret is bound`, {
      hint: "leave the header Range away: an answer in parts could give the secret away in parts",
    });
  }
  const kept = headers.filter(([name]) => !names.has(name.toLowerCase()));
  return {
    headers: [...kept, ...bound.map((secret): [string, string] => [secret.header, valueOf(secret)])],
    added: bound.length,
  };
}

/** Every text by which one of them could be recognised: of all that the caller has, wherever they were sent. */
export function textsToScrub(secrets: readonly BoundSecret[]): readonly string[] {
  return [
    ...new Set(secrets.flatMap(({ value }) => {
      const text = value?.trim() ?? "";
      if (text.length < LEAST_UNITS) return [];
      const token = text.replace(/^[A-Za-z0-9-]+ +/, "");
      return [...spellingsOf(text), ...token.length < LEAST_UNITS ? [] : spellingsOf(token)];
    })),
  ];
}

/** `Authorization` has a scheme before its credentials: a variable that holds a bare key is one for `Bearer`. */
function valueOf({ env, host, header, value }: BoundSecret): string {
  const text = value?.trim() ?? "";
  if (text === "") {
    throw fault("not_found", `the secret '${env}', which is bound to ${host}, is not set`, {
      hint: `start the host with ${env} in its environment`,
    });
  }
  if (text.length < LEAST_UNITS || !isHeaderValue(text)) {
    throw fault("denied", `the secret '${env}', which is bound to ${host}, can't be a header's value`, {
      hint: `${LEAST_UNITS} characters of one line or more can be sent, and kept from being seen`,
    });
  }
  return header.toLowerCase() === "authorization" && !text.includes(" ") ? `Bearer ${text}` : text;
}

/** Names and passwords of the roles that callers have at the server. */

export interface RoleSpace {
  readonly database: string;
  readonly schema: string;
}

/** A role's name: told apart by a hash, since roles are those of all databases of a server, and readable by its end. */
export async function roleName({ database, schema }: RoleSpace, caller: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", utf8(`${database}\n${schema}\n${caller}`));
  const slug = caller.replace(/^@/, "at_").replace(/\W+/g, "_").toLowerCase().slice(0, 36);
  return `mm_${new Uint8Array(digest, 0, 6).toHex()}_${slug}`;
}

/** The same for all instances of this service, and for nobody who lacks the key. */
export async function rolePassword(key: Uint8Array<ArrayBuffer>, role: string): Promise<string> {
  return (await hmac(key, utf8(role))).toBase64({ alphabet: "base64url", omitPadding: true });
}

const ROUNDS = 4_096;

/** What the server keeps of a password (RFC 5803): said in its place, so that no log of statements has it. */
export async function scramVerifier(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const base = await crypto.subtle.importKey("raw", utf8(password), "PBKDF2", false, ["deriveBits"]);
  const salted = new Uint8Array(
    await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, base, 256),
  );
  const client = await hmac(salted, utf8("Client Key"));
  const stored = new Uint8Array(await crypto.subtle.digest("SHA-256", client));
  const server = await hmac(salted, utf8("Server Key"));
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toBase64()}$${stored.toBase64()}:${server.toBase64()}`;
}

/** A name as SQL has it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL has it where it takes no params. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function hmac(key: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}

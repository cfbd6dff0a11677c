/** Where a PostgreSQL is. */
export interface PgAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** With the server's certificate verified, or not at all. */
  readonly tls: boolean;
  /** Who may have signed that certificate, in the place of the authorities that the system knows. */
  readonly ca?: string;
}

/** `postgres://user@host:port/database`, with `?sslmode=verify-full` for TLS. Throws on anything else, a password too: it belongs into a secret. */
export function parseUrl(given: unknown): PgAddress {
  const url = typeof given === "string" ? URL.parse(given) : null;
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) throw misfit("is no postgres:// address");
  if (url.password !== "") throw misfit("has a password in it; name a secret: password_secret: NAME");
  const database = decodeURIComponent(url.pathname.slice(1));
  if (url.hostname === "" || url.username === "" || !/^[^/\0]+$/.test(database)) throw misfit("lacks a part");
  const modes = url.searchParams.getAll("sslmode");
  const others = [...url.searchParams.keys()].filter((key) => key !== "sslmode");
  if (others.length > 0) throw misfit(`has '${others[0]}', which is not known here`);
  const mode = modes[0] ?? "disable";
  if (mode !== "disable" && mode !== "verify-full") throw misfit("has another sslmode than disable and verify-full");
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? 5432 : Number(url.port),
    database,
    user: decodeURIComponent(url.username),
    tls: mode === "verify-full",
  };
}

function misfit(found: string): Error {
  return new TypeError(`url ${found}; allowed: postgres://USER@HOST:PORT/DATABASE, and ?sslmode=verify-full`);
}

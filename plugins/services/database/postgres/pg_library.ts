/** The part of the package `pg` that is used here: its own types are not shipped with it. */

export interface PgField {
  readonly name: string;
}

export interface PgResult {
  readonly command: string | null;
  readonly rowCount: number | null;
  readonly fields: readonly PgField[];
}

export interface PgQuery {
  on(event: "row", heard: (row: Record<string, unknown>, result: PgResult) => void): void;
  on(event: "end", heard: (result: PgResult) => void): void;
  on(event: "error", heard: (error: Error) => void): void;
}

export interface PgClient {
  readonly processID: number | null;
  readonly connection: {
    readonly stream: { on(event: "data", heard: (chunk: Uint8Array) => void): void; destroy(): void };
  };
  connect(): Promise<void>;
  end(): Promise<void>;
  query(query: PgQuery): void;
  on(event: "error" | "end", heard: (error?: Error) => void): void;
}

export interface PgOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
  readonly options: string;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly ssl: false | { readonly rejectUnauthorized: true; readonly ca?: string };
  readonly types: { getTypeParser(oid: number): (text: string) => unknown };
}

export interface PgLibrary {
  readonly Client: new (options: PgOptions) => PgClient;
  readonly Query: new (query: { text: string; values: readonly unknown[]; queryMode: "extended" }) => PgQuery;
}

/** A PostgreSQL of this test's own: Debian's server, in a temporary folder, on loopback, as an unprivileged user. */
import pg from "pg";
import { postgresPrograms, serverUser } from "./missing_postgres.ts";

const ADMIN = "mm_admin";

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
  /** Runs statements as the superuser, each by itself. */
  sql(database: string, ...statements: string[]): Promise<Record<string, unknown>[]>;
  /** A new database, and the address at which its owner, who may create roles, reaches it. */
  database(): Promise<{ readonly name: string; readonly url: string; readonly password: string }>;
  /** From now on it offers TLS; gives the certificate, which it has signed itself. */
  certify(): Promise<string>;
  /** Ends the server and starts it again at the same place. */
  restart(): Promise<void>;
}

export async function startPostgres(): Promise<TestServer> {
  const bin = postgresPrograms()!;
  const user = Deno.uid() === 0 ? serverUser() : undefined;
  // Not in the suite's own folder, which nobody else may enter.
  const folder = await Deno.makeTempDir({ dir: "/tmp", prefix: "mm-postgres-" });
  if (user !== undefined) await Deno.chown(folder, user.uid, user.gid);
  const passwords = `${folder}/password`;
  await Deno.writeTextFile(passwords, "super\n");
  if (user !== undefined) await Deno.chown(passwords, user.uid, user.gid);
  const init = [
    "-D",
    `${folder}/data`,
    "-U",
    "postgres",
    `--pwfile=${passwords}`,
    "-A",
    "scram-sha-256",
    "-E",
    "UTF8",
    "--locale=C",
    "-N",
  ];
  await output(`${bin}/initdb`, init, user);
  const port = freePort();
  let child = start();
  await ready();

  function start(): Deno.ChildProcess {
    const settings = [
      "fsync=off",
      "listen_addresses=127.0.0.1",
      `unix_socket_directories=${folder}`,
      "max_connections=60",
    ];
    return new Deno.Command(`${bin}/postgres`, {
      args: ["-D", `${folder}/data`, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
      ...(user !== undefined && { uid: user.uid, gid: user.gid }),
      ...{ cwd: folder, clearEnv: true, stdin: "null", stdout: "null", stderr: "null" },
    }).spawn();
  }
  async function stop(): Promise<void> {
    child.kill("SIGINT"); // ends connections and then itself
    await child.status;
  }
  async function sql(database: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password: "super", database });
    await client.connect();
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) rows = (await client.query(statement)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }
  async function ready(): Promise<void> {
    for (let round = 0;; round++) {
      try {
        return void await sql("postgres", "select 1");
      } catch (error) {
        if (round === 300) throw error;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
  }
  let databases = 0;
  await sql("postgres", `create role ${ADMIN} login createrole password 'admin'`);
  return {
    port,
    get pid() {
      return child.pid;
    },
    sql,
    async database() {
      const name = `db${++databases}`;
      await sql("postgres", `create database ${name} owner ${ADMIN}`);
      return { name, url: `postgres://${ADMIN}@127.0.0.1:${port}/${name}`, password: "admin" };
    },
    async certify() {
      const [key, cert] = [`${folder}/server.key`, `${folder}/server.crt`];
      const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
      const make = [
        "req",
        "-new",
        "-x509",
        "-nodes",
        "-days",
        "2",
        "-newkey",
        "rsa:2048",
        "-keyout",
        key,
        "-out",
        cert,
      ];
      await output("openssl", [...make, ...subject], user);
      await sql("postgres", `alter system set ssl_key_file = '${key}'`, `alter system set ssl_cert_file = '${cert}'`);
      await sql("postgres", "alter system set ssl = on", "select pg_reload_conf()");
      return await Deno.readTextFile(cert);
    },
    async restart() {
      await stop();
      child = start();
      await ready();
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function output(
  command: string,
  args: string[],
  user?: { readonly uid: number; readonly gid: number },
): Promise<void> {
  const { code, stderr } = await new Deno.Command(command, { args, ...user, cwd: "/", clearEnv: true, stdin: "null" })
    .output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

/** Whether there is a PostgreSQL to test with. */

/** Why there is no server here, or undefined. */
export function missingPostgres(): string | undefined {
  if (postgresPrograms() === undefined) return "no server is installed (Debian: apt-get install postgresql)";
  if (Deno.uid() === 0 && serverUser() === undefined) return "there is no user 'postgres' to run the server as";
  return undefined;
}

/** The newest of Debian's folders of programs that will do. */
export function postgresPrograms(): string | undefined {
  const folder = "/usr/lib/postgresql";
  try {
    const versions = Array.from(Deno.readDirSync(folder), ({ name }) => Number(name)).filter((version) =>
      version >= 15
    );
    const found = versions.sort((a, b) => b - a).map((version) => `${folder}/${version}/bin`);
    return found.find((bin) => Deno.statSync(`${bin}/postgres`).isFile);
  } catch {
    return undefined;
  }
}

/** The server refuses to run as root. */
export function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  const line = Deno.readTextFileSync("/etc/passwd").split("\n").find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

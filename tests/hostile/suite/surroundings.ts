/** What lies around a home and is nobody's business: a file with a secret, a folder, an address that listens, a variable. Each tells when it was touched. */
import assert from "node:assert/strict";
import { internetSockets, processesOf } from "./processes.ts";

/** Beginning of what must never be read: of our own secrets, and of /etc/passwd. */
const OF_OTHERS = ["root:x:0", "root:*:0"];

export class Surroundings {
  readonly folder: string;
  readonly port: number;
  /** What must appear in nothing that the host or a module says. */
  readonly secret: string;
  readonly env: Readonly<Record<string, string>>;
  readonly #listener: Deno.TcpListener;
  readonly #before: string;
  /** When the secret was last read; undefined where the file system does not keep it. */
  readonly #read_at: number | undefined;
  #visitors = 0;

  private constructor(folder: string, secret: string, read_at: number | undefined) {
    this.folder = folder;
    this.secret = secret;
    this.env = { CANARY: secret };
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.port = (this.#listener.addr as Deno.NetAddr).port;
    this.#read_at = read_at;
    this.#before = listing(folder);
    void this.#count();
  }

  static async make(): Promise<Surroundings> {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "outside" }));
    const secret = `canary-${crypto.randomUUID()}`;
    await Deno.writeTextFile(`${folder}/probe`, "");
    await Deno.writeTextFile(`${folder}/secret.txt`, secret);
    await Deno.writeTextFile(`${folder}/secret.json`, JSON.stringify({ secret }));
    await Deno.writeTextFile(`${folder}/secret.js`, `export const text = ${JSON.stringify(secret)};\n`);
    await Deno.writeTextFile(`${folder}/secret.yml`, "prog: own\n");
    await Deno.mkdir(`${folder}/module`);
    await Deno.writeTextFile(
      `${folder}/module/mod.ts`,
      `export class Module { attack() { return ${JSON.stringify(secret)}; } }\n`,
    );
    const kept = await readTime(`${folder}/probe`, true) !== await readTime(`${folder}/probe`, false);
    return new Surroundings(folder, secret, kept ? await readTime(`${folder}/secret.txt`, true) : undefined);
  }

  /** Throws when something of it was written or read, or when somebody called. */
  async assertUntouched(home: string): Promise<void> {
    assert.equal(listing(this.folder), this.#before, "files outside of the home were changed");
    if (this.#read_at !== undefined) {
      assert.equal(
        (await Deno.stat(`${this.folder}/secret.txt`)).atime?.getTime(),
        this.#read_at,
        "the secret was read",
      );
    }
    assert.equal(this.#visitors, 0, "somebody connected to the listener outside");
    const pids = processesOf(home).map(({ pid }) => pid);
    assert.deepEqual(internetSockets(pids), [], "a process of the host holds a socket of the internet");
  }

  /** Throws when the text has something in it that only a reader of the surroundings can know. */
  assertSecretKept(what: string, text: string): void {
    for (const secret of [this.secret, ...OF_OTHERS]) {
      const at = text.indexOf(secret);
      assert.equal(at === -1 ? "" : text.slice(Math.max(0, at - 80), at + 40), "", `${what} has a secret in it`);
    }
  }

  async end(): Promise<void> {
    this.#listener.close();
    await Deno.remove(this.folder, { recursive: true });
  }

  async #count(): Promise<void> {
    for await (const visitor of this.#listener) {
      this.#visitors++;
      visitor.close();
    }
  }
}

/** Names, sizes, times of writing and contents of what lies in the folder. */
function listing(folder: string): string {
  const lines: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const { size, mtime, mode } = Deno.lstatSync(`${folder}/${name}`);
    lines.push(`${name} ${size} ${mtime?.getTime()} ${mode}`);
    if (isDirectory) lines.push(listing(`${folder}/${name}`));
  }
  return lines.sort().join("\n");
}

/** Sets a read time that is older than the time of writing, so that the next read moves it also where such times are kept sparingly. */
async function readTime(path: string, untouched: boolean): Promise<number | undefined> {
  const now = Math.floor(Date.now() / 1000);
  await Deno.utime(path, now - 1_000, now);
  if (!untouched) await Deno.readTextFile(path);
  return (await Deno.stat(path)).atime?.getTime();
}

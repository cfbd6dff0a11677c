/** An npm registry on the loopback interface with the packages of one test: real metadata, real archives, real integrities, or wrong ones. */
import { Buffer } from "node:buffer";

export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Path → text; `package.json` is written from the rest. */
  readonly files: Readonly<Record<string, string>>;
  /** More of `package.json`. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

export class NpmRegistry implements AsyncDisposable {
  readonly #packages = new Map<
    string,
    { manifest: Record<string, unknown>; archive: Uint8Array<ArrayBuffer>; integrity: string }[]
  >();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  /** What is downloaded from here, kept apart: another registry may get the same port. */
  readonly cache: string = Deno.makeTempDirSync({ prefix: "npm-" });
  /** Addresses that were asked for. */
  readonly asked: string[] = [];

  constructor() {
    const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
    this.#server = Deno.serve(options, ({ url }) => this.#answer(new URL(url).pathname));
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** The same name and version again takes the former one's place, as no honest registry does. `integrity`: what it says of the archive. */
  async publish(
    { name, version, files, manifest = {} }: PublishedPackage,
    { integrity }: { readonly integrity?: string } = {},
  ): Promise<this> {
    const whole = { name, version, main: "index.js", license: "MIT", ...manifest };
    const archive = await pack({ "package.json": JSON.stringify(whole), ...files });
    const digest = await crypto.subtle.digest("SHA-512", archive);
    const others = (this.#packages.get(name) ?? []).filter((one) => one.manifest.version !== version);
    const told = integrity ?? `sha512-${Buffer.from(digest).toString("base64")}`;
    this.#packages.set(name, [...others, { manifest: whole, archive, integrity: told }]);
    return this;
  }

  #answer(path: string): Response {
    this.asked.push(path);
    const [, name, version] = /^\/((?:@[^/]+\/|@[^%]+%2[fF])?[^/]+)(?:\/-\/(.+)\.tgz)?$/.exec(path) ?? [];
    const found = this.#packages.get(decodeURIComponent(name ?? ""));
    if (found === undefined) return new Response("{}", { status: 404 });
    if (version !== undefined) {
      const one = found.find(({ manifest }) => manifest.version === version);
      return one === undefined ? new Response(null, { status: 404 }) : new Response(one.archive);
    }
    const versions = found.map(({ manifest, integrity }) => {
      const tarball = `${this.url}/${manifest.name}/-/${manifest.version}.tgz`;
      return [manifest.version, { ...manifest, dist: { tarball, integrity } }];
    });
    const time = Object.fromEntries(found.map(({ manifest }) => [manifest.version, "2020-03-14T09:00:00.000Z"]));
    const latest = found.at(-1)!.manifest.version;
    return Response.json({
      name: found[0]!.manifest.name,
      "dist-tags": { latest },
      versions: Object.fromEntries(versions),
      time,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    await Deno.remove(this.cache, { recursive: true });
  }
}

/** A gzipped tar as npm packs it: everything below `package/`. */
async function pack(files: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  for (const [path, text] of Object.entries(files)) {
    const data = new TextEncoder().encode(text);
    blocks.push(header(`package/${path}`, data.length), data, new Uint8Array(-data.length & 511));
  }
  blocks.push(new Uint8Array(1_024));
  const stream = new Blob(blocks).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function header(path: string, size: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(512);
  const put = (text: string, at: number) => block.set(new TextEncoder().encode(text), at);
  put(path, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put("0", 156);
  put("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

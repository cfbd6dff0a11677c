/** A hostile module as files of a home: `<family>/<name>` is its api, its source and its config lie where such an api's are sought. */
import { configText, type Hostile } from "./declaration.ts";
import { BESIDE, MODULES } from "./read_modules.ts";

/** The word that stands for the folder outside of the home, in sources and in targets of links. */
const OUTSIDE = /\/OUTSIDE(?=\/)/g;
const PORT = /:OUTSIDE_PORT\b/g;

export interface HomeFiles {
  readonly sources: Readonly<Record<string, string>>;
  readonly configs: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

export function homeFiles(hostile: Hostile, outside: string, port: number): HomeFiles {
  const sources: Record<string, string> = {};
  const configs: Record<string, string> = { [`configs/${hostile.api}.yml`]: hostile.config };
  for (const [file, text] of sourceFiles(hostile.path)) {
    sources[`plugins/${file}`] = prepareSource(text, hostile, outside, port);
  }
  for (const [api, { source, config = {} }] of Object.entries(hostile.beside)) {
    sources[`plugins/beside/${source}`] = Deno.readTextFileSync(BESIDE + source);
    const prog = `beside/${source.replace(/\.ts$/, "")}`;
    configs[`configs/${api}.yml`] = configText(typeof config === "string" ? config : { prog, ...config });
  }
  for (const [path, text] of Object.entries(hostile.files)) {
    (path.startsWith("configs/") ? configs : sources)[path] = text;
  }
  const links = Object.fromEntries(
    Object.entries(hostile.links).map(([path, target]) => [path, target.replace(OUTSIDE, outside)]),
  );
  return { sources, configs, links };
}

/** A source as the home has it. */
export function prepareSource(
  text: string,
  { repeat }: Pick<Hostile, "repeat">,
  outside: string,
  port: number,
): string {
  let made = text.replace(OUTSIDE, outside).replace(PORT, `:${port}`);
  const declared = /^\/\*\n[\s\S]*?\n\*\//.exec(made)?.[0] ?? "";
  // Not in the declaration, which names the word; its lines stay, so that a fault's line is the file's.
  for (const [word, [one, times]] of Object.entries(repeat)) {
    made = declared + made.slice(declared.length).replace(word, () => one.repeat(times));
  }
  return made;
}

function* sourceFiles(path: string): Iterable<[file: string, text: string]> {
  if (path.endsWith(".ts")) return yield [path, Deno.readTextFileSync(MODULES + path)];
  for (const { name, isDirectory } of Deno.readDirSync(MODULES + path)) {
    if (isDirectory) yield* sourceFiles(`${path}/${name}`);
    else yield [`${path}/${name}`, Deno.readTextFileSync(`${MODULES}${path}/${name}`)];
  }
}

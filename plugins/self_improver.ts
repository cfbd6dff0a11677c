/**
 * The improver (meta-machine paper, §7.1): reads a module's source, asks a model for a better one toward a stated objective, and proposes it. It writes no file and reloads
 * nothing: a gate judges, a person decides.
 */
import { type Config, fault, type Kernel, type ModuleHandle, tool } from "meta-machine";

interface Inference {
  chat(asked: { messages: readonly { role: string; content: string }[] }): { text: string; model: string };
}
interface Filesystem {
  read_file(asked: { path: string }): { content: string };
}

export interface Wish {
  readonly api: string;
  readonly objective: string;
  /** Below the home. Default: `plugins/<api>.ts`. */
  readonly path?: string;
}

/** Unless the config names a file of prompts/ for it. */
const PROMPT = [
  "You improve modules of a meta-machine. A module is one TypeScript file that exports a class named Module; it imports only",
  "'meta-machine', what its config was granted, and files of its own. Keep its constructor, its public methods, its aspects and",
  "its tools with their names and params: others rely on them. Ask for nothing new: no imports, hosts or services that are not",
  "there already. Change only what serves the objective. Answer with the whole file in one code block.",
].join(" ");

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export class Module {
  readonly #kernel: Kernel;
  readonly #model: ModuleHandle<Inference>;
  readonly #files: ModuleHandle<Filesystem>;
  readonly #prompt_file: string | undefined;
  readonly #per_hour: number;
  /** When it asked, in milliseconds since the epoch. */
  readonly #asked: number[] = [];

  constructor(kernel: Kernel, config: Config) {
    this.#kernel = kernel;
    this.#model = kernel.getApi<Inference>(config.get("inference", "inference/local"));
    this.#files = kernel.getApi("filesystem").asAspect<Filesystem>("tool");
    this.#prompt_file = config.get<string | undefined>("prompt_file", undefined);
    this.#per_hour = config.get("per_hour", 6);
  }

  /** Gives the proposal's id; what becomes of it, `proposals` shows. */
  async improve({ api, objective, path = `plugins/${api}.ts` }: Wish): Promise<{ readonly id: string }> {
    this.#spend();
    const { content } = await this.#files.read_file({ path });
    const prompt = this.#prompt_file === undefined ? PROMPT : await this.#kernel.prompt(this.#prompt_file);
    const { text, model } = await this.#model.chat({
      messages: [
        { role: "system", content: prompt },
        { role: "user", content: `Objective: ${objective}\n\nThe module '${api}', ${path}:\n\n${fenced(content)}` },
      ],
    });
    const source = sourceIn(text);
    if (source === undefined) {
      throw fault("conflict", "the model gave no source: there is no code block in its answer", { retriable: true });
    }
    if (source === content) throw fault("conflict", "the model changed nothing", { retriable: true });
    return await this.#kernel.propose({ api, objective, model, source });
  }

  getAspect(name: string) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error(`Aspect '${name}' not found.`);
    const text = { type: "string", minLength: 1 };
    return {
      improve: tool<Wish>({
        description:
          "Asks a model for a better source of a module, toward an objective, and proposes it. A person decides.",
        params: {
          type: "object",
          properties: { api: text, objective: text, path: text },
          required: ["api", "objective"],
          additionalProperties: false,
        },
        run: (wish) => this.improve(wish),
        destructive: false,
      }),
    };
  }

  /** Asking costs money, and a person reads what comes of it. */
  #spend(): void {
    const now = Date.now();
    while (this.#asked.length > 0 && now - this.#asked[0]! > HOUR_MS) this.#asked.shift();
    if (this.#asked.length >= this.#per_hour) {
      const minutes = Math.ceil((this.#asked[0]! + HOUR_MS - now) / MINUTE_MS);
      throw fault(
        "quota",
        `${this.#per_hour} improvements an hour are allowed (per_hour); the next one in ${minutes} min`,
      );
    }
    this.#asked.push(now);
  }
}

/** Longer than any run of the same character inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}ts\n${text}\n${fence}`;
}

/** The text of the first block of code, as it stands. */
export function sourceIn(answer: string): string | undefined {
  const open = /^(`{3,}|~{3,})[^\n`]*\n/m.exec(answer);
  if (open === null) return undefined;
  const rest = answer.slice(open.index + open[0].length);
  const close = new RegExp(`^${open[1]![0]}{${open[1]!.length},}[ \\t]*$`, "m").exec(rest);
  return close === null ? undefined : rest.slice(0, close.index);
}

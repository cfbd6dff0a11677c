/**
 * What a hostile module says of itself: the comment at the top of its file, YAML between the first two marks. One place tells what it tries, what harm
 * that would be, who stops it and what is expected; the suite runs it, the run of all at once runs it, and the table of docs/security.md is made of it.
 */
import { parse } from "yaml";

export const HARMS = [
  ...["reads", "writes", "sends", "code", "kills", "cpu", "memory", "flood", "lies", "pollutes", "rights", "hostage"],
  ...["text", "information"],
] as const;
/** The six layers of docs/security.md, and the parts of the machine that stand behind them. */
export const LAYERS = [
  ...["loader", "process", "worker", "lockdown", "link", "broker"],
  ...["config", "guard", "lifecycle", "codec", "service", "terminal"],
] as const;
export type Harm = typeof HARMS[number];
export type Layer = typeof LAYERS[number];

/** One thing that is done, and what must come of it. A text is found in what was said; between slashes it is a pattern. */
export interface Step {
  /** A method that is called with the operator's authority; `of` another module than the hostile one. */
  readonly call?: string;
  readonly of?: string;
  readonly args?: readonly unknown[];
  /** The same call once for each of these lists of arguments. */
  readonly each?: readonly (readonly unknown[])[];
  readonly aspect?: string;
  readonly answers?: unknown;
  /** Holds of the answer as JSON. */
  readonly matches?: string;
  readonly fails?: string;
  readonly says?: string;
  readonly maybe_ran?: boolean;
  readonly within_ms?: number;
  /** Done while the call runs. */
  readonly meanwhile?: readonly Step[];
  /** The module comes to this state; `says` holds of its reason. */
  readonly state?: string;
  /** Its source is replaced by this file beside it. */
  readonly becomes?: string;
  /** The operator's verb; `fails` and `says` hold of it. */
  readonly reload?: true;
  /** Its config is taken away, and it must be gone. */
  readonly removed?: true;
  /** An event under its name; `says` holds of its message. */
  readonly told?: string;
  /** A line of its log. */
  readonly logged?: string;
  /** Whether its process is the one it had at the step before. */
  readonly process?: "same" | "new";
  /** Files of the home, written now. */
  readonly write?: Readonly<Record<string, string>>;
}

export interface Beside {
  /** A file of tests/hostile/beside/. */
  readonly source: string;
  readonly config?: Readonly<Record<string, unknown>> | string;
}

export interface Hostile {
  readonly family: string;
  readonly name: string;
  readonly api: string;
  readonly tries: string;
  readonly harm: Harm;
  readonly stopped_by: Layer;
  /** The text of its config file. */
  readonly config: string;
  readonly steps: readonly Step[];
  /** Other modules that it needs, by api. */
  readonly beside: Readonly<Record<string, Beside>>;
  /** Further files of the home, and symbolic links in it: path and target. */
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  /** A word of the source that stands for a text so many times. */
  readonly repeat: Readonly<Record<string, readonly [text: string, times: number]>>;
  /** Refused at load, or as a config: nothing of it runs. */
  readonly refused: "source" | "config" | undefined;
  /** File of its source below tests/hostile/modules/. */
  readonly path: string;
}

const KEYS = [
  ...["tries", "harm", "stopped by", "config", "steps", "beside", "files", "links", "repeat", "refused", "rejected"],
];
const STEP_KEYS = [
  ...["call", "of", "args", "each", "aspect", "answers", "matches", "fails", "says", "maybe_ran", "within_ms"],
  ...["meanwhile", "state", "becomes", "reload", "removed", "told", "logged", "process", "write"],
];

/** Throws with the file's name when the comment is missing or says what nobody reads. */
export function parseDeclaration(path: string, source: string): Hostile {
  const [family = "", file = ""] = path.split("/");
  const name = file.replace(/\.ts$/, "");
  const wrong = (what: string) => new Error(`tests/hostile/modules/${path}: ${what}`);
  const text = /^\/\*\n([\s\S]*?)\n\*\//.exec(source)?.[1];
  if (text === undefined) throw wrong("it begins with no comment that declares it");
  const said = parse(text) as Record<string, unknown>;
  for (const key of Object.keys(said)) if (!KEYS.includes(key)) throw wrong(`'${key}' is no key of a declaration`);
  const { tries, harm, config = {} } = said as { tries?: string; harm?: Harm; config?: unknown };
  const layer = said["stopped by"] as Layer;
  if (typeof tries !== "string") throw wrong("it does not say what it tries");
  if (!HARMS.includes(harm!)) throw wrong(`harm: ${harm} is none of ${HARMS.join(", ")}`);
  if (!LAYERS.includes(layer)) throw wrong(`stopped by: ${layer} is none of ${LAYERS.join(", ")}`);
  const steps = readSteps(said, wrong);
  return {
    ...{ family, name, path, api: `${family}/${name}`, tries, harm: harm!, stopped_by: layer, steps },
    config: configText(config),
    beside: (said["beside"] ?? {}) as Hostile["beside"],
    files: (said["files"] ?? {}) as Hostile["files"],
    links: (said["links"] ?? {}) as Hostile["links"],
    repeat: (said["repeat"] ?? {}) as Hostile["repeat"],
    refused: said["refused"] !== undefined ? "source" : said["rejected"] !== undefined ? "config" : undefined,
  };
}

/** JSON is YAML. */
export function configText(config: unknown): string {
  return typeof config === "string" ? config : `${JSON.stringify(config)}\n`;
}

function readSteps(said: Readonly<Record<string, unknown>>, wrong: (what: string) => Error): Step[] {
  const { refused, rejected, steps = [] } = said as { refused?: string; rejected?: string; steps?: Step[] };
  const first: Step[] = [
    ...(refused === undefined ? [] : [{ state: "given up", says: refused }]),
    ...(rejected === undefined ? [] : [{ told: "config.rejected", says: rejected }]),
  ];
  const all = [...first, ...steps];
  if (all.length === 0) throw wrong("it says nothing of what is expected");
  const check = (some: readonly Step[]): void => {
    for (const step of some) {
      for (const key of Object.keys(step)) if (!STEP_KEYS.includes(key)) throw wrong(`'${key}' is no key of a step`);
      check(step.meanwhile ?? []);
    }
  };
  check(all);
  return all;
}

/** What is expected, for the table. */
export function describeOutcome({ refused, steps }: Hostile): string {
  if (refused === "source") return "refused at load";
  if (refused === "config") return "config refused";
  const codes = new Set(
    steps.flatMap(({ fails, state }) => [...(fails ? [fails] : []), ...(state && state !== "running" ? [state] : [])]),
  );
  return codes.size === 0 ? "nothing comes of it" : [...codes].map((code) => `\`${code}\``).join(", ");
}

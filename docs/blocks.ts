/** The generated blocks, by name. */
import { Command } from "commander";
import { allowedIn, allowedInMeta, allowedInParams, defaults } from "./allowed.ts";
import { declareProgram } from "../kernel/cli/declare_program.ts";
import { EVENT_KINDS } from "../kernel/contract/events.ts";
import { type FaultCode, FAULTS } from "../kernel/contract/fault.ts";
import { DEFAULT_LIMITS, LIMIT_NAMES, SOURCES, WIRE } from "../kernel/contract/limits.ts";
import { META_DEFAULTS } from "../kernel/contract/meta_config.ts";
import { BUILTINS, type Grants, KERNEL_GRANTS } from "../kernel/contract/spec.ts";
import { CONFIG_KEYS } from "../kernel/config/mod.ts";
import { CONTROL_BOUNDS } from "../kernel/control/control_bounds.ts";
import { GLOBAL_NAMES } from "../kernel/guest/worker/global_names.ts";
import { hostileCount, hostileRows } from "./hostile_table.ts";
import { PARAM_DEFAULTS, PARAM_KEYS } from "../plugins/openai/settings.ts";
import { LIBRARY_VERSIONS } from "../libs/mod.ts";
import { ROUTES as WEB_ROUTES } from "../plugins/web/route_table.ts";
import { WEB_NUMBERS } from "../plugins/web/settings.ts";
import { declaration, docComments, kernelSources, readSource, trailingComments } from "./sources.ts";
import { BUILTIN_WORDS, CONFIG_WORDS, EVENT_WORDS, GRANT_WORDS, KERNEL_WORDS, LIMIT_WORDS, META_WORDS, PARAM_WORDS } from "./words.ts";

const NOT_YET = "not there yet";

export async function blocks(): Promise<Readonly<Record<string, string>>> {
  const limits = readSource("kernel/contract/limits.ts");
  return {
    "config-keys": configTable(),
    "grants": grantTable(),
    "limits": limitTable(trailingComments(limits)),
    "wire-bounds": boundTable(WIRE, docComments(limits, "WIRE")),
    "source-bounds": boundTable(SOURCES, docComments(limits, "SOURCES")),
    "control-bounds": boundTable(
      CONTROL_BOUNDS,
      docComments(readSource("kernel/control/control_bounds.ts"), "CONTROL_BOUNDS"),
    ),
    "faults": faultTable(),
    "events": eventTable(),
    "builtins": table(["builtin", "brings"], BUILTINS.map((name) => [code(name), BUILTIN_WORDS[name]])),
    "kernel-grants": kernelGrantTable(),
    "packages": table(
      ["package", "version"],
      Object.entries(LIBRARY_VERSIONS).map(([name, version]) => [code(name), version]),
    ),
    "meta": metaTable(),
    "inference-params": paramTable(),
    "hostile-count": hostileCount(),
    "hostile-modules": table(["module", "tries to", "harm", "stopped by", "comes of it"], hostileRows()),
    "globals": GLOBAL_NAMES.map(code).join(" "),
    "commands": commandTable(),
    "web-routes": table(
      ["route", "answers"],
      WEB_ROUTES.map(({ method, path, summary }) => [code(`${method.toUpperCase()} ${path}`), summary]),
    ),
    "web-numbers": boundTable(WEB_NUMBERS, docComments(readSource("plugins/web/settings.ts"), "WEB_NUMBERS")),
    "shipped-configs": await shippedConfigs(),
    "cell-messages": typeScript("kernel/contract/wire.ts", "CellMessage", "KernelMessage"),
    "watchdog-messages": typeScript("kernel/contract/channel.ts", "StartCell", "ToWatchdog", "FromWatchdog", "Hello"),
    "control-messages": typeScript("kernel/contract/control.ts", "ControlRequest", "ControlAnswer", "FeedParams", "ControlVerbs"),
  };
}

/** Nothing that a key takes, whatever it takes. */
const WRONG = "2001-01-01";

function configTable(): string {
  const spec: Readonly<Record<string, unknown>> = { ...defaults() };
  const shown = (value: unknown) => code(JSON.stringify(value).replaceAll('"', "").replace(/,(?=\w)|:(?=\w)/g, (mark) => `${mark} `));
  const rows = CONFIG_KEYS.flatMap((key) => {
    const fixed: Readonly<Record<string, string>> = { api: "the path", prog: "the path", grants: "nothing", limits: "[these](#limits)" };
    const maps = key === "grants" || key === "limits" ? "a map" : allowedIn(`${key}: ${WRONG}`);
    const row = [code(key), fixed[key] ?? shown(spec[key]), maps, CONFIG_WORDS[key]];
    if (key !== "restart") return [row];
    return [row, ...["max", "window_s"].map((name) => [code(`restart.${name}`), shown(defaults().restart[name as "max"]), allowedIn(`restart: {${name}: x}`), ""])];
  });
  return table(["key", "default", "allowed", "means"], rows);
}

function grantTable(): string {
  const keys = Object.keys(defaults().grants) as (keyof Grants)[];
  const rows = keys.map((key) => {
    const isList = Array.isArray(defaults().grants[key]);
    const choices = key === "builtins" || key === "kernel";
    const entry = choices ? "a name of the list" : allowedIn(`grants: {${key}: ${isList ? `[${WRONG}]` : WRONG}}`);
    return [code(key), isList ? `a list; each ${entry}` : entry, GRANT_WORDS[key]];
  });
  return table(["key", "allowed", "gives"], rows);
}

function limitTable(harms: ReadonlyMap<string, string>): string {
  const sources = kernelSources();
  const rows = LIMIT_NAMES.map((name) => {
    const enforced = sources.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
    return [
      code(name),
      number(DEFAULT_LIMITS[name]),
      allowedIn(`limits: {${name}: x}`).replace("a whole number from ", ""),
      LIMIT_WORDS[name],
      harms.get(name) ?? "",
      enforced ? "" : NOT_YET,
    ];
  });
  return table(["limit", "default", "allowed", "bounds", "without it", "enforced"], rows);
}

function boundTable(bounds: Readonly<Record<string, number>>, why: ReadonlyMap<string, string>): string {
  return table(
    ["bound", "value", "why"],
    Object.entries(bounds).map(([name, value]) => [code(name), number(value), why.get(name) ?? ""]),
  );
}

/** Files that list all codes a module may refuse with: naming a code there is not raising it. */
const LISTS = ["kernel/guest/sdk/fault.ts", "kernel/guest/worker/fault_of_error.ts", "kernel/broker/outcome.ts"];

function faultTable(): string {
  const host = kernelSources().filter(({ path }) => !LISTS.includes(path));
  const refusals = readSource("kernel/guest/worker/fault_of_error.ts");
  const rows = (Object.keys(FAULTS) as FaultCode[]).map((name) => {
    const from = [
      ...(host.some(({ text }) => text.includes(`"${name}"`)) ? ["host"] : []),
      ...(refusals.includes(`  "${name}",`) ? ["modules"] : []),
    ];
    return [code(name), FAULTS[name].retriable ? "yes" : "no", from.join(", ") || NOT_YET, FAULTS[name].hint];
  });
  return table(["code", "retriable", "from", "hint"], rows);
}

function eventTable(): string {
  const sources = kernelSources();
  const rows = EVENT_KINDS.map((kind) => {
    const told = sources.some(({ text }) => text.includes(`"${kind}"`));
    return [code(kind), told ? EVENT_WORDS[kind] : `${EVENT_WORDS[kind]} (${NOT_YET})`];
  });
  return table(["kind", "what happened"], rows);
}

function kernelGrantTable(): string {
  const services = ["kernel/kernel_services.ts", "kernel/proposal_services.ts", "kernel/broker/authority.ts"].map(readSource).join("");
  const rows = KERNEL_GRANTS.map((
    name,
  ) => [code(name), KERNEL_WORDS[name], services.includes(`includes("${name}")`) ? "" : NOT_YET]);
  return table(["name", "allows", ""], rows);
}

function metaTable(): string {
  const sources = kernelSources().filter(({ path }) => path !== "kernel/config/parse_meta.ts");
  const meta: Readonly<Record<string, unknown>> = META_DEFAULTS;
  const rows = (Object.keys(META_WORDS) as (keyof typeof META_WORDS)[]).map((name) => {
    const used = name === "enable_sandboxing" ||
      sources.some(({ text }) => new RegExp(`meta(?:\\.value)?\\.${name}\\b`).test(text));
    return [
      code(name),
      name in meta ? code(String(meta[name])) : "must be there",
      allowedInMeta(`${name}: ${name === "enable_sandboxing" ? "false" : WRONG}`),
      META_WORDS[name],
      used ? "" : NOT_YET,
    ];
  });
  return table(["key", "default", "allowed", "sets", ""], rows);
}

function paramTable(): string {
  const rows = PARAM_KEYS.map((key) => {
    const value = PARAM_DEFAULTS[key];
    const shown = value === undefined || value === "" ? "" : value === "none" ? code("false") : code(typeof value === "number" ? number(value) : String(value));
    return [code(key), shown, allowedInParams(key), PARAM_WORDS[key]];
  });
  return table(["key", "default", "allowed", "sets"], rows);
}

function commandTable(): string {
  const program = declareProgram(() => Promise.resolve(), { answer: () => {}, note: () => {} });
  const rows: string[][] = [];
  const walk = (command: Command, before: string): void => {
    const name = `${before}${command.name()}`;
    if (command.commands.length > 0) return command.commands.forEach((sub) => walk(sub, `${name} `));
    const args = command.registeredArguments.map((arg) => {
      const inner = `${arg.name()}${arg.variadic ? "…" : ""}`.toUpperCase();
      return arg.required ? inner : `[${inner}]`;
    });
    const options = command.options.map(({ flags }) => flags);
    rows.push([code([name, ...args].join(" ")), options.map(code).join(" "), command.description()]);
  };
  program.commands.forEach((command) => walk(command, ""));
  return table(["command", "options", "does"], rows);
}

async function shippedConfigs(): Promise<string> {
  const names: string[] = [];
  const walk = (folder: string): void => {
    for (const { name, isDirectory } of Deno.readDirSync(new URL(`../${folder}`, import.meta.url))) {
      if (isDirectory) walk(`${folder}/${name}`);
      else if (/\.ya?ml$/.test(name) && !/^meta/.test(name)) names.push(`${folder}/${name}`);
    }
  };
  walk("configs");
  const texts = await Promise.all(
    names.sort().map((name) => Deno.readTextFile(new URL(`../${name}`, import.meta.url))),
  );
  return names.map((name, i) => `\`${name}\`\n\n\`\`\`yaml\n${texts[i]!.trimEnd()}\n\`\`\``).join("\n\n");
}

function typeScript(path: string, ...names: readonly string[]): string {
  const text = readSource(path);
  return `\`\`\`ts\n// ${path}\n${names.map((name) => declaration(text, name)).join("\n\n")}\n\`\`\``;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function number(value: number): string {
  return value.toLocaleString("en-US").replaceAll(",", " ");
}

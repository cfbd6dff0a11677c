import type { PackagesLock } from "../../loader/mod.ts";
import { renderAge } from "../render_age.ts";
import { renderBytes } from "../render_bytes.ts";
import { type Cell, renderTable } from "../render_table.ts";
import { safeLine } from "../safe_text.ts";
import type { Approved } from "./approve_request.ts";
import type { PackageRequest } from "./requests.ts";

/** Reasons are a module's words, or a model's: on one line each, and short. */
const REASON = 80;
const COLOURS = { waiting: "yellow", approved: "green", denied: "red" } as const;

export function renderPackages(
  requests: readonly PackageRequest[],
  lock: PackagesLock,
  now: number,
  colour: boolean,
): string {
  const columns = [
    ...[{ title: "ID" }, { title: "PACKAGE" }, { title: "ASKED BY" }, { title: "AGE", align: "right" as const }],
    ...[{ title: "STATE" }, { title: "REASON" }],
  ];
  const rows = requests.map(({ id, name, version, caller, time, state, reason }): Cell[] => [
    ...[id, `${name}@${version}`, safeLine(caller), renderAge((now - Date.parse(time)) / 1_000)],
    ...[{ text: state, colour: COLOURS[state] }, safeLine(reason).slice(0, REASON)],
  ]);
  const asked = requests.length === 0 ? "no module has asked for a package" : renderTable(columns, rows, colour);
  const own = [...lock].map(([name, { version }]) => `${name}@${version}`);
  return own.length === 0 ? asked : `${asked}\n\napproved for this home: ${own.join(", ")}`;
}

export function renderApproved({ request, bytes, sha256, contains, instead_of }: Approved): string {
  const { name, version, caller } = request;
  const others = Object.keys(contains).filter((id) => id !== `${name}@${version}`);
  const entry = name.startsWith("@") ? `"${name}"` : name; // no YAML begins with @
  return [
    `approved ${name}@${version}${instead_of === undefined ? "" : ` in the place of ${instead_of}`}: ${
      renderBytes(bytes)
    }, SHA-256 ${sha256}`,
    ...others.length === 0 ? [] : [`with ${others.join(", ")} in it`],
    `it is used where it is granted: add to the config of ${safeLine(caller)}: grants: {packages: [${entry}]}`,
    "a module that is granted it already takes it with: reload API",
  ].join("\n");
}

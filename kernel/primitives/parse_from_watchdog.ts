import type { FromWatchdog, Hello } from "../contract/channel.ts";
import type { LogRecord } from "../contract/control.ts";
import { isCellBase, isCellId } from "../contract/names.ts";
import { isAmount, isCount, isHex, isPositive, isRecord, isText, parseEach } from "./check_fields.ts";
import { clipText } from "./clip_text.ts";

/** Bounds of what the watchdog says: it is trusted, so they are wide; they only keep a defect from becoming a flood. */
const MOST = Object.freeze({
  cells: 10_000,
  pass_over: 10_000,
  path: 4_096,
  name: 256,
  value: 1_048_576,
  line: 65_536,
});

const LEVELS: readonly LogRecord["level"][] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];

/** What the watchdog tells a kernel, as a fresh object of known fields; undefined when it is none of the closed set. */
export function parseFromWatchdog(value: unknown): FromWatchdog | undefined {
  if (!isRecord(value)) return undefined;
  switch (value["t"]) {
    case "hello":
      return parseHello(value);
    case "cells": {
      const cells = parseEach(value["cells"], MOST.cells, parseCell);
      return cells && { t: "cells", cells };
    }
    case "exited":
      return parseExited(value);
    case "said": {
      const { time, level, message } = value;
      const known = LEVELS.find((one) => one === level);
      if (known === undefined || !isText(time, MOST.name) || typeof message !== "string") return undefined;
      return { t: "said", time, level: known, message: clipText(message, MOST.line) };
    }
    case "log": {
      const { cell, stream, line } = value;
      if (!isCellId(cell) || (stream !== "stdout" && stream !== "stderr") || typeof line !== "string") return undefined;
      return { t: "log", cell, stream, line: clipText(line, MOST.line) };
    }
    case "state":
      return Object.hasOwn(value, "state") ? { t: "state", state: value["state"] } : undefined;
    case "lead":
      return parseLead(value);
    case "env": {
      const { name, value: text } = value;
      return isText(name, MOST.name) && (text === null || isText(text, MOST.value))
        ? { t: "env", name, value: text }
        : undefined;
    }
    case "drain":
      return isAmount(value["ms"]) ? { t: "drain", ms: value["ms"] } : undefined;
    default:
      return undefined;
  }
}

function parseCell(value: unknown) {
  if (!isRecord(value)) return undefined;
  const { cell, pid, token, base } = value;
  if (!isCellId(cell) || !isPositive(pid) || !isHex(token, MOST.name)) return undefined;
  if (base === undefined) return { cell, pid, token };
  return isCellBase(base) ? { cell, pid, token, base } : undefined;
}

function parseExited(value: Readonly<Record<string, unknown>>): FromWatchdog | undefined {
  const { cell, code, signal, reason } = value;
  if (!isCellId(cell) || !(code === null || Number.isSafeInteger(code))) return undefined;
  if (!(signal === null || isText(signal, MOST.name))) return undefined;
  const exited = { t: "exited", cell, code: code as number | null, signal } as const;
  if (reason === undefined) return exited;
  return typeof reason === "string" ? { ...exited, reason: clipText(reason, MOST.path) } : undefined;
}

function parseLead({ epoch, why, again, alone }: Readonly<Record<string, unknown>>): FromWatchdog | undefined {
  if (!isCount(epoch) || !(why === undefined || typeof why === "string")) return undefined;
  const lead = { t: "lead", epoch } as const;
  if (why !== undefined) return { ...lead, why: clipText(why, MOST.path), ...(again === true && { again }) };
  return alone === true ? { ...lead, alone } : lead;
}

function parseHello(value: Readonly<Record<string, unknown>>): Hello | undefined {
  const { epoch, home, program, run, version, log_level, watchdog_pid, protocol, machine_mb } = value;
  const pass_over = parseEach(value["pass_over"], MOST.pass_over, parseVersion);
  const successor = value["successor"] === undefined ? undefined : parseVersion(value["successor"]);
  if (!isCount(protocol) || (value["successor"] !== undefined && successor === undefined)) return undefined;
  if (!isCount(epoch) || pass_over === undefined || !isPath(home) || !isPath(program) || !isPath(run)) return undefined;
  if (!isText(version, MOST.name) || !isText(log_level, MOST.name) || !isPositive(watchdog_pid)) return undefined;
  const beside_former = value["beside_former"] === true;
  return {
    ...{ t: "hello", epoch, pass_over, home, program, run, version, log_level, watchdog_pid, protocol },
    ...(successor !== undefined && { successor }),
    ...(beside_former && { beside_former }),
    ...(isPositive(machine_mb) && { machine_mb }),
  };
}

function parseVersion(value: unknown): { meta: string; hash: string } | undefined {
  if (!isRecord(value)) return undefined;
  const { meta, hash } = value;
  return isText(meta, MOST.name) && isText(hash, MOST.name) ? { meta, hash } : undefined;
}

/** Absolute. */
function isPath(value: unknown): value is string {
  return isText(value, MOST.path) && value.startsWith("/");
}

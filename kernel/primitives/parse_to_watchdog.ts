import type { ToWatchdog } from "../contract/channel.ts";
import { isCellBase, isCellId } from "../contract/names.ts";
import { isCount, isHex, isRecord, isText } from "./check_fields.ts";
import { clipText } from "./clip_text.ts";
import { parseStartCell } from "./parse_start_cell.ts";

const REASON_UNITS = 1_024;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
const ORDER_KIND = /^[a-z][a-z0-9_.-]{0,63}$/;
/** A base name: no folder can be reached with it. */
const META_FILE = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;
const SHA256_UNITS = 64;

/** What a log may be bounded by: less is no log, more is none of a host's. */
const LOG_BYTES = [65_536, 1_073_741_824] as const;
const LOG_FILES = [1, 1_000] as const;

/**
 * What a kernel asks of the watchdog, as a fresh object of known fields; undefined when it is none of the closed set. `state` and an order's
 * `body` are passed on as they are: the watchdog looks into neither.
 */
export function parseToWatchdog(value: unknown): ToWatchdog | undefined {
  if (!isRecord(value)) return undefined;
  switch (value["t"]) {
    case "start_cell":
      return parseStartCell(value);
    case "kill": {
      const { cell, reason } = value;
      if (!isCellId(cell) || typeof reason !== "string") return undefined;
      return { t: "kill", cell, reason: clipText(reason, REASON_UNITS) };
    }
    case "name": {
      const { cell, base } = value;
      return isCellId(cell) && isCellBase(base) ? { t: "name", cell, base } : undefined;
    }
    case "start_successor": {
      const version = parseVersion(value);
      return version && { t: "start_successor", ...version, ...(value["upgrade"] === true && { upgrade: true }) };
    }
    case "leave": {
      const { why, again } = value;
      if (typeof why !== "string") return { t: "leave" };
      return { t: "leave", why: clipText(why, REASON_UNITS), ...(again === true && { again }) };
    }
    case "cells":
    case "take_over":
    case "imported":
    case "alive":
    case "stop":
      return { t: value["t"] };
    case "state":
      return Object.hasOwn(value, "state") ? { t: "state", state: value["state"] } : undefined;
    case "env": {
      const { name } = value;
      return typeof name === "string" && ENV_NAME.test(name) ? { t: "env", name } : undefined;
    }
    case "order": {
      const { kind, body } = value;
      return typeof kind === "string" && ORDER_KIND.test(kind) ? { t: "order", kind, body } : undefined;
    }
    case "booting": {
      const version = parseVersion(value);
      return version && { t: "booting", ...version };
    }
    case "log_bounds": {
      const { max_bytes, keep } = value;
      if (!isWithin(max_bytes, LOG_BYTES) || !isWithin(keep, LOG_FILES)) return undefined;
      return { t: "log_bounds", max_bytes, keep };
    }
    case "ready":
      return isCount(value["modules"]) ? { t: "ready", modules: value["modules"] } : undefined;
    default:
      return undefined;
  }
}

function parseVersion({ meta, hash }: Readonly<Record<string, unknown>>) {
  if (!isText(meta, 128) || !META_FILE.test(meta) || !isHex(hash, SHA256_UNITS)) return undefined;
  return { meta, hash };
}

function isWithin(value: unknown, [least, most]: readonly [number, number]): value is number {
  return isCount(value) && value >= least && value <= most;
}

import type { Kernel } from "meta-machine";
import type { SlowStatement } from "./engine.ts";
import { clipSql } from "./sql_fault.ts";

/** Tells the event log of statements that ran for longer than `slow_ms`, without their values. */
export function reportSlow(kernel: Pick<Kernel, "reportLimit">, slow_ms: number): SlowStatement {
  return (caller, sql, ms) => {
    if (ms < slow_ms) return;
    const hit = { limit: "slow_ms", found: Math.round(ms), allowed: slow_ms, about: { caller, sql: clipSql(sql) } };
    kernel.reportLimit(hit).catch(() => {}); // a statement is not held up by what is told of it
  };
}

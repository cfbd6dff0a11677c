/** What a broker is made with. */
import type { EmitEvent, HitLimit } from "../contract/events.ts";
import type { CallTracer, Clock } from "../contract/powers.ts";
import type { Principals } from "./authority.ts";
import type { ToolDirectory } from "./bind_tool.ts";
import type { KernelServices } from "./kernel_calls.ts";

export interface BrokerOptions {
  readonly clock: Clock;
  /** 16 hex digits, random for each kernel: no two kernels give the same trace id. */
  readonly trace_salt: string;
  readonly services: KernelServices;
  readonly emit: EmitEvent;
  readonly hit: HitLimit;
  readonly tracer?: CallTracer | undefined;
  /** Without it nobody calls a tool by its name. */
  readonly tools?: ToolDirectory;
  /** Without it there are modules and the operator. */
  readonly principals?: Principals;
}

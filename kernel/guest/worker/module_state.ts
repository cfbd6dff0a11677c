import { type Fault, fault, ok, refuse, type Result } from "../../contract/fault.ts";
import type { Payload, StateMethods } from "../../contract/wire.ts";
import { NO_PAYLOAD } from "../../primitives/payload.ts";
import { decodeValue, ENCODE_BYTES, encodeValue } from "../../primitives/value_codec.ts";
import type { FromWorker, ToWorker } from "../port.ts";
import { faultOfError } from "./fault_of_error.ts";

/** Carries a module's state out and in, as the kernel asks for it. Whatever goes wrong is an answer; nothing ends the Worker. */
export interface ModuleState {
  /** Undefined for a module that has neither method. */
  readonly methods: StateMethods | undefined;
  obey(order: ToWorker & { t: "export" | "import" }): Promise<void>;
}

/** `failed` counts an error of the module's own and logs its stack. */
export function openModuleState(
  instance: { readonly exportState?: unknown; readonly importState?: unknown },
  state_bytes: number,
  post: (message: FromWorker) => void,
  failed: (stack: string) => void,
): ModuleState {
  const most = Math.min(state_bytes, ENCODE_BYTES);

  async function exported(): Promise<Result<Payload>> {
    const { exportState } = instance;
    if (typeof exportState !== "function") return refuse(lacks("exportState"));
    const encoded = encodeValue(await exportState.call(instance), "state", { max_bytes: most });
    if (encoded.ok || encoded.fault.code !== "too_large") return encoded;
    const hint = "keep less in the state, or raise limits.state_bytes";
    return refuse(fault("too_large", `the state makes more than limits.state_bytes, ${most} bytes`, { hint }));
  }

  async function imported(from: string, payload: Payload): Promise<Result<Payload>> {
    const { importState } = instance;
    if (typeof importState !== "function") return refuse(lacks("importState"));
    const state = decodeValue(payload);
    if (!state.ok) return state;
    await importState.call(instance, state.value, from);
    return ok(NO_PAYLOAD);
  }

  function thrown(error: unknown): Result<never> {
    const told = faultOfError(error);
    failed(told.stack);
    return refuse(fault("module_error", `${told.fault.name ?? told.fault.code}: ${told.fault.message}`));
  }

  return {
    methods: methodsOf(instance),
    async obey(order) {
      const done = order.t === "export" ? exported() : imported(order.from, order.payload);
      const outcome = await done.catch(thrown);
      const payload = outcome.ok ? outcome.value : faultPayload(outcome.fault);
      post({ t: "state", id: order.id, ok: outcome.ok, payload });
    },
  };
}

function methodsOf(instance: { readonly exportState?: unknown; readonly importState?: unknown }) {
  const exports = typeof instance.exportState === "function";
  const imports = typeof instance.importState === "function";
  if (exports && imports) return "both";
  return exports ? "export" : imports ? "import" : undefined;
}

function lacks(name: string): Fault {
  return fault("no_attribute", `the module has no ${name}()`);
}

function faultPayload(why: Fault): Payload {
  const encoded = encodeValue(why, "fault");
  return encoded.ok ? encoded.value : NO_PAYLOAD;
}

/** Calls to the kernel itself (`kernel.secret`, `kernel.status`, …): answered here, each once, whatever becomes of what they ask for. */
import { ownPayload } from "../primitives/payload.ts";
import { type Fault, fault, FaultError, type Result } from "../contract/fault.ts";
import { DEFAULT_LIMITS, WIRE } from "../contract/limits.ts";
import type { InstanceId } from "../contract/names.ts";
import type { Clock } from "../contract/powers.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import type { Authority } from "./authority.ts";
import { refusal } from "./outcome.ts";
import type { Seat } from "./seat.ts";
import type { ServedFor } from "./served_for.ts";

/** In whose name the seat asks. */
export interface KernelAsked {
  /** The call that the seat serves with this one, if it does. */
  readonly served: ServedFor | undefined;
  /** Whether it asks for itself: not for a caller that it serves, and not for who showed it a token. */
  readonly own: boolean;
  /** For what only tools are asked about. */
  readonly authority: () => Result<Authority>;
}

/** Answers `kernel.*` calls that are not local to the module. */
export type KernelServices = (
  seat: Seat,
  name: string,
  payload: Payload,
  asked: KernelAsked,
) => Promise<{ ok: true; payload: Payload } | { ok: false; fault: Fault }>;

type Outcome = Awaited<ReturnType<KernelServices>>;

export class KernelCalls {
  readonly #services: KernelServices;
  readonly #clock: Clock;
  /** How many each instance has under way. */
  readonly #busy = new Map<InstanceId, number>();

  constructor(services: KernelServices, clock: Clock) {
    this.#services = services;
    this.#clock = clock;
  }

  /** Calls that have not been answered. */
  get size(): number {
    return [...this.#busy.values()].reduce((sum, busy) => sum + busy, 0);
  }

  async call(
    seat: Seat,
    message: Extract<CellMessage, { t: "call" }>,
    payload: Payload,
    asked: KernelAsked,
  ): Promise<void> {
    const outcome = this.#refuse(seat, message) ?? await this.#ask(seat, message, payload, asked);
    const { port } = seat;
    if (outcome.ok && port.send({ t: "reply", id: message.id, ok: true, live: true }, outcome.payload)) return;
    const why = outcome.ok ? fault("rate_limited", `'${seat.api}' does not read its answers`) : outcome.fault;
    const refused = refusal(message.id, why, true);
    port.send(refused.header, refused.payload);
  }

  #refuse(seat: Seat, { more }: { readonly more?: true }): Outcome | undefined {
    if (more) {
      const text = `a call to the kernel takes at most ${WIRE.chunk_bytes} bytes of arguments`;
      return { ok: false, fault: fault("too_large", text) };
    }
    const busy = this.#busy.get(seat.instance) ?? 0;
    const { calls_in_flight } = DEFAULT_LIMITS;
    if (busy < calls_in_flight) return undefined;
    return {
      ok: false,
      fault: fault("rate_limited", `${busy} calls to the kernel are in flight; there may be ${calls_in_flight}`),
    };
  }

  async #ask(
    seat: Seat,
    { name, timeout }: { name: string; timeout?: number },
    payload: Payload,
    asked: KernelAsked,
  ): Promise<Outcome> {
    const { instance } = seat;
    this.#busy.set(instance, (this.#busy.get(instance) ?? 0) + 1);
    const ms = Math.min(timeout ?? Infinity, DEFAULT_LIMITS.call_timeout_ms);
    const late = Promise.withResolvers<Outcome>();
    const cancel = this.#clock.after(ms, () => {
      late.resolve({
        ok: false,
        fault: fault("timeout", `'kernel.${name}' did not answer within ${ms} ms`, { maybe_ran: true }),
      });
    });
    try {
      return await Promise.race([this.#services(seat, name, ownPayload(payload), asked), late.promise]);
    } catch (error) {
      // What a service throws is a file that can't be read, or a defect: either way the module is told, and nobody else is harmed.
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      const text = error instanceof Error ? error.message : String(error);
      return { ok: false, fault: fault("internal", `'kernel.${name}' failed: ${text}`, { maybe_ran: true }) };
    } finally {
      cancel();
      const busy = this.#busy.get(instance)! - 1;
      if (busy > 0) this.#busy.set(instance, busy);
      else this.#busy.delete(instance);
    }
  }
}

/** What modules ask of the kernel itself (`kernel.secret`, `kernel.prompt`, …), each only where granted. */
import { type Fault, fault, type Result } from "./contract/fault.ts";
import type { EmitEvent, LoggedEvent } from "./contract/events.ts";
import type { Clock, Files } from "./contract/powers.ts";
import type { HostStatus } from "./contract/status.ts";
import { catalogOf, type KernelAsked, type KernelServices, type Seat, type ToolDirectory } from "./broker/mod.ts";
import type { LineFeed } from "./events/mod.ts";
import { handedOver } from "./handed_over.ts";
import { limitReports } from "./limit_reports.ts";
import { nextEvents } from "./next_events.ts";
import { mayCall } from "./may_call.ts";
import { outboundRights } from "./outbound_rights.ts";
import { readPrompt } from "./plan_world.ts";
import type { TokenTable } from "./token_table.ts";
import { decodeValue, encodeValue } from "./primitives/value_codec.ts";

export interface ServicePowers {
  readonly files: Files;
  readonly home: string;
  /** One variable of the environment that the host was started in. */
  readonly env: (name: string) => Promise<string | null>;
  readonly status: () => Promise<HostStatus>;
  /** Undefined when nothing claims the api; gives undefined when another kernel leads by now, and nothing was done. */
  readonly reload: (api: string) => Promise<true | undefined> | undefined;
  readonly tools: ToolDirectory;
  readonly tokens: Pick<TokenTable, "show">;
  readonly emit: EmitEvent;
  readonly events: Pick<LineFeed<LoggedEvent>, "recent" | "follow" | "mark">;
  readonly clock: Pick<Clock, "monotonic" | "after">;
}

export type KernelService = (
  seat: Seat,
  name: string,
  first: unknown,
  asked: KernelAsked,
) => Promise<Result<unknown>>;

/** `more`: services of another part. */
export function kernelServices(
  powers: ServicePowers,
  more: Readonly<Record<string, KernelService>> = {},
): KernelServices {
  const reports = limitReports(powers.emit, powers.clock);
  const services: Readonly<Record<string, KernelService>> = {
    ...more,
    secret: async (seat, name) => {
      const granted = seat.grants.secrets.some((secret) => secret.env === name && !("host" in secret));
      if (!granted) return notGranted(seat, `secret '${name}'`, `secrets: [${name}]`);
      const value = await powers.env(name);
      if (value !== null) return { ok: true, value };
      return refused(
        fault("not_found", `secret '${name}' is not set`, { hint: `start the host with ${name} in its environment` }),
      );
    },
    prompt: async (seat, name) => {
      if (!seat.grants.prompts.includes(name)) return notGranted(seat, `prompt '${name}'`, `prompts: [${name}]`);
      const text = await readPrompt(powers.files, powers.home, name);
      if (text !== undefined) return { ok: true, value: text };
      return refused(fault("not_found", `prompt '${name}' does not exist`, { hint: `write prompts/${name}` }));
    },
    status: async (seat) => {
      if (!seat.grants.kernel.includes("status")) return notGranted(seat, "kernel.status", "kernel: [status]");
      return { ok: true, value: await powers.status() };
    },
    events: (seat, _, asked) =>
      seat.grants.kernel.includes("events")
        ? nextEvents(asked, powers.events, powers.clock)
        : Promise.resolve(notGranted(seat, "kernel.events", "kernel: [events]")),
    reload: async (seat, name, first) => {
      if (!seat.grants.kernel.includes("reload")) return notGranted(seat, "kernel.reload", "kernel: [reload]");
      const api = first === undefined ? seat.api : name;
      const reloaded = powers.reload(api);
      if (reloaded === undefined) return refused(fault("not_found", `no module claims api '${api}'`));
      if (await reloaded === undefined) return refused(handedOver(`the reload of '${api}'`));
      return { ok: true, value: { api } };
    },
    outbound: (seat, _, __, { served }) => outboundRights(seat, served, powers.env),
    tools: (_, __, ___, { authority }) => {
      const whose = authority();
      return Promise.resolve(whose.ok ? { ok: true, value: catalogOf(whose.value, powers.tools) } : whose);
    },
    may: (_, __, right, { authority }) => Promise.resolve(mayCall(right, authority)),
    bearer: (seat, token) =>
      seat.grants.kernel.includes("bearer")
        ? powers.tokens.show(token)
        : Promise.resolve(notGranted(seat, "kernel.asBearer", "kernel: [bearer]")),
    limit: (seat, _, report) => Promise.resolve(reports(seat.api, report)),
  };
  return async (seat, name, payload, asked) => {
    const args = decodeValue(payload);
    if (!args.ok) return args;
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    if (service === undefined) {
      return {
        ok: false,
        fault: fault("no_attribute", `the kernel has no '${name}'`, {
          hint: `it has ${Object.keys(services).filter((name) => !WITHOUT_NAME.includes(name)).join(", ")}`,
        }),
      };
    }
    if (!asked.own && !FOR_OTHERS.includes(name)) return { ok: false, fault: inAnothersName(seat, name) };
    const first = Array.isArray(args.value) ? args.value[0] : undefined;
    const outcome = await service(seat, typeof first === "string" ? first : "", first, asked);
    if (!outcome.ok) return outcome;
    const encoded = encodeValue(outcome.value);
    return encoded.ok ? { ok: true, payload: encoded.value } : encoded;
  };
}

/** What the program's own parts ask for, and what the SDK calls by another name. */
const WITHOUT_NAME = ["outbound", "tools", "bearer", "may"];

/** What a module may ask in another's name: its own grants are nobody else's, also where it was told the api `@kernel` by whom it serves. */
const FOR_OTHERS = ["tools", "may"];

function inAnothersName(seat: Seat, name: string): Fault {
  return fault("not_granted", `'${seat.api}' may not use kernel.${name} in another's name`);
}

export function notGranted(seat: Seat, what: string, grant: string): Result<never> {
  return refused(
    fault("not_granted", `'${seat.api}' may not use ${what}`, { hint: `add to ${seat.config}: grants: {${grant}}` }),
  );
}
export function refused(f: Fault): Result<never> {
  return { ok: false, fault: f };
}

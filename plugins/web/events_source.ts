/** The one place where the machine's events come from. */
import type { Kernel } from "meta-machine";

export interface LoggedEvent {
  readonly time: string;
  readonly kind: string;
  readonly api?: string;
  readonly message?: string;
  readonly detail?: unknown;
}

type Events = (kinds: readonly string[]) => AsyncIterable<LoggedEvent>;

/** Undefined where this kernel has none to give. No kinds: all of them. */
export function eventsSource(kernel: Kernel): Events | undefined {
  const { events } = kernel as Kernel & { readonly events?: Events };
  return typeof events === "function" ? (kinds) => events(kinds) : undefined;
}

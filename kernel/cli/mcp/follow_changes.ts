/** What happens in the host, as hints that its catalog may be another: for as long as it takes, over every kernel and every start of the host. */
import { connectOnce } from "../connect.ts";
import { requestHost } from "../control_client.ts";
import { pause } from "../pause.ts";

/** Between one attempt to reach the host and the next. */
const RETRY_MS = 250;
/** After these a tool may be there that was not, or be gone. */
const KINDS = ["module.", "config.", "kernel.", "grant."];

export interface Changes {
  /** Calls the listener when the catalog may be another; what it returns ends that. */
  readonly hints: (listener: () => void) => () => void;
  readonly stop: () => void;
}

export function followChanges(home: string, note: (error: unknown) => void): Changes {
  const listeners = new Set<() => void>();
  const stop = new AbortController();
  const tell = () => listeners.forEach((listener) => listener());
  void follow(home, stop.signal, tell).catch(note);
  return {
    hints: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => stop.abort(),
  };
}

async function follow(home: string, signal: AbortSignal, tell: () => void): Promise<void> {
  while (!signal.aborted) {
    const connection = await connectOnce(home);
    if (connection.ok) {
      const hangUp = () => connection.value.close();
      signal.addEventListener("abort", hangUp);
      tell(); // whatever happened while nobody listened
      await requestHost(connection.value, "events", { follow: true, lines: 0 }, (event) => {
        if (mayMatter(event)) tell();
        return Promise.resolve();
      });
      signal.removeEventListener("abort", hangUp);
    }
    await pause(RETRY_MS, signal);
  }
}

function mayMatter(event: unknown): boolean {
  const { kind } = Object(event) as { readonly kind?: unknown };
  return typeof kind === "string" && KINDS.some((prefix) => kind.startsWith(prefix));
}

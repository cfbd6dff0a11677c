/** Tells when the catalog of one authority has become another. What happens to modules is a hint; the catalog itself is what counts, and is compared by its hash. */
import type { ListedTool, ToolAuthority } from "../mod.ts";

/** Calls the listener when something may have changed; what it returns ends that. */
export type CatalogHints = (listener: () => void) => () => void;

export interface CatalogWatchOptions {
  readonly tools: Pick<ToolAuthority, "listTools">;
  readonly hints?: CatalogHints | undefined;
  readonly changed: () => void;
  /** The catalog could not be read. True ends the watch. Default: it goes on. */
  readonly failed?: (error: unknown) => boolean;
  /** How often it is looked at in any case. */
  readonly look_ms?: number;
}

/** Without hints a client would wait for the next look; with them a look is for those that were lost. */
const LOOK_MS = { without_hints: 2_000, with_hints: 30_000 };
/** Reloads come in swarms. */
const SETTLE_MS = 50;

/** Watches until what it returns is called. */
export function watchCatalog(
  { tools, hints, changed, failed = () => false, ...more }: CatalogWatchOptions,
): () => void {
  const look_ms = more.look_ms ?? (hints === undefined ? LOOK_MS.without_hints : LOOK_MS.with_hints);
  let known: string | undefined;
  let looking = false;
  let hinted = false;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = hints?.(() => {
    hinted = true;
    if (!looking) lookIn(SETTLE_MS);
  });
  const stop = () => {
    ended = true;
    clearTimeout(timer);
    forget?.();
  };
  const lookIn = (ms: number) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(look, ms);
  };
  const look = async () => {
    looking = true;
    hinted = false;
    try {
      const found = await catalogHash(await tools.listTools());
      if (!ended && known !== undefined && found !== known) changed();
      known = found;
    } catch (error) {
      if (!ended && failed(error)) stop();
    }
    looking = false;
    lookIn(hinted ? SETTLE_MS : look_ms);
  };
  void look();
  return stop;
}

/** The same for the same tools in the same order. */
export async function catalogHash(tools: readonly ListedTool[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(tools)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

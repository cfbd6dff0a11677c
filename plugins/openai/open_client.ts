/** A client for the server that the config names, or a fault that says what the config lacks. */
import { fault } from "meta-machine";
import { checkedFetch } from "./checked_fetch.ts";
import type { OpenAiClient, OpenAiLibrary } from "./openai_library.ts";
import type { Settings } from "./settings.ts";

export interface ClientParts {
  readonly library: OpenAiLibrary | undefined;
  readonly fetch: typeof fetch | undefined;
}

/** `host` or `host:port`, as a person would write it. */
export function hostOf(base_url: string): string {
  return new URL(base_url).host;
}

export function openClient(
  settings: Pick<Settings, "base_url" | "api_key_env">,
  { library, fetch }: ClientParts,
): OpenAiClient {
  if (library === undefined || fetch === undefined) throw notConfigured(settings);
  return new library.OpenAI({
    apiKey: "bound", // never sent: the key is added outside of the module, to what goes to its host
    baseURL: settings.base_url,
    fetch: checkedFetch(fetch, hostOf(settings.base_url)),
    maxRetries: 0, // ours know the deadline
    logLevel: "off",
    defaultHeaders: { Authorization: null, "OpenAI-Organization": null, "OpenAI-Project": null },
  });
}

/** Says the lines that are missing, as they can be written. */
function notConfigured({ base_url, api_key_env }: Pick<Settings, "base_url" | "api_key_env">): Error {
  const { hostname, port, protocol } = new URL(base_url);
  const net = `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
  const key = api_key_env === undefined
    ? ""
    : `, secrets: [{env: ${api_key_env}, host: ${JSON.stringify(hostname)}, header: Authorization}]`;
  return fault("denied", `this module may not reach its model at ${net}`, {
    hint: `add to its config: grants: {packages: [openai], net: [${JSON.stringify(net)}]${key}}`,
  });
}

/** No model is named, by the config or by the call. */
export function noModel(): Error {
  return fault("not_found", "no model is configured here", {
    hint:
      "write into this module's config: params: {base_url: https://openrouter.ai/api/v1, api_key_env: OPENROUTER_API_KEY, model: …}, and the grants that the next call names; or enable inference/local or inference/openrouter",
  });
}

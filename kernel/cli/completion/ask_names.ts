/** Names from the host that runs, if one answers at once: whoever pressed a key does not wait. */
import { resolve } from "@std/path";
import type { ControlVerb, ControlVerbs } from "../../contract/control.ts";
import { addressFile } from "../connect.ts";
import { requestHost } from "../control_client.ts";
import type { AskNames } from "./complete_words.ts";

const AT_ONCE_MS = 500;

export function askNames(default_home: string): AskNames {
  const ask = <V extends ControlVerb>(home: string | undefined, verb: V, params: ControlVerbs[V]["params"]) =>
    askAtOnce(resolve(home ?? default_home), verb, params);
  return {
    async apis(home) {
      const status = await ask(home, "status", {});
      return (status?.modules ?? []).map(({ api, state }) => ({ value: api, description: state }));
    },
    async methods(home, api) {
      const tools = await ask(home, "tools", { api });
      const before = `${api.replaceAll("/", "_")}_`;
      return (tools ?? []).map(({ name, description }) => ({ value: name.slice(before.length), description }));
    },
  };
}

async function askAtOnce<V extends ControlVerb>(
  home: string,
  verb: V,
  params: ControlVerbs[V]["params"],
): Promise<ControlVerbs[V]["answer"] | undefined> {
  try {
    const path = (await Deno.readTextFile(addressFile(home))).trim();
    const connection = await Deno.connect({ transport: "unix", path });
    const late = setTimeout(() => connection.close(), AT_ONCE_MS);
    const answer = await requestHost(connection, verb, params);
    clearTimeout(late);
    return answer.ok ? answer.value : undefined;
  } catch {
    return undefined; // no host, or none of ours: silence is the answer
  }
}

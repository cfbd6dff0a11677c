/** `fetch` for the package `openai`, which takes a page for an empty stream: an answer of another kind than was asked for is refused by name. */
import { unreadable } from "./judge_failure.ts";

export function checkedFetch(fetch: typeof globalThis.fetch, host: string): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.ok) return response; // its status is told
    const streams = typeof init?.body === "string" && /"stream":true/.test(init.body);
    const found = kindOf(response.headers.get("content-type"));
    const wanted = streams ? "text/event-stream" : "application/json";
    if (found === wanted) return response;
    const words = await beginning(response);
    throw unreadable(host, `it is ${found} where ${wanted} was asked for: ${words}`);
  };
}

function kindOf(header: string | null): string {
  return header?.replace(/;.*$/, "").trim().toLowerCase() || "of no kind";
}

const MOST = 200;

async function beginning(response: Response): Promise<string> {
  if (response.body === null) return "nothing";
  const reader = response.body.getReader();
  const { value } = await reader.read().catch(() => ({ value: undefined }));
  await reader.cancel().catch(() => {});
  return new TextDecoder().decode(value).slice(0, MOST).replaceAll(/\s+/g, " ").trim() || "nothing";
}

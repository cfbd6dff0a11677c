import type { MadeCalls } from "./made_calls.ts";

/** What the `http` service is called with, and what it answers. */
interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly redirect: string;
  readonly body?: Uint8Array;
}
interface HttpAnswer {
  readonly url: string;
  readonly status: number;
  readonly status_text: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: Uint8Array<ArrayBuffer>;
}

const { Request: NativeRequest, Response: NativeResponse } = globalThis;
/** Statuses that can't have a body. */
const EMPTY = [101, 204, 205, 304];

/** `fetch` as a call to the service `http`, which checks the address and the caller's grants: a module has no network of its own. */
export function fetchByService(calls: MadeCalls): typeof fetch {
  return async (input, init) => {
    const request = new NativeRequest(input as RequestInfo, init);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const asked: HttpRequest = {
      url: request.url,
      method: request.method,
      headers: [...request.headers],
      redirect: request.redirect,
      ...(body && { body }),
    };
    const target = { api: "http", aspect: "default", name: "fetch", kind: "call" } as const;
    const answer = await calls.call(target, [asked], { signal: request.signal }) as HttpAnswer;
    const response = new NativeResponse(EMPTY.includes(answer.status) ? null : answer.body ?? null, {
      status: answer.status,
      statusText: answer.status_text,
      headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    });
    Object.defineProperty(response, "url", { value: answer.url });
    return response;
  };
}

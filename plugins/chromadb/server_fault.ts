import { fault, FaultError } from "meta-machine";
import { goneCollection, wrongDimensions } from "./store_faults.ts";

/** Where a Chroma server is said to be. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
}

/** What the client threw, as a refusal that says what to do. `ask` reaches for the server once more: the client does not tell why it could not. */
export async function serverFault(
  thrown: unknown,
  name: string,
  address: ServerAddress,
  ask: (url: string) => Promise<unknown>,
): Promise<unknown> {
  if (!(thrown instanceof Error) || thrown instanceof FaultError) return thrown;
  const { host, port } = address;
  const server = `the Chroma server at ${host}:${port}`;
  switch (thrown.name) {
    case "ChromaConnectionError": {
      const reason = await ask(`${address.ssl ? "https" : "http"}://${host}:${port}/api/v2/heartbeat`).then(
        () => ({ message: "the connection was lost", hint: "call again" }),
        (error) => ({ message: String(error?.message), hint: String(error?.hint ?? "") }),
      );
      return fault("conflict", `${server} was not reached: ${reason.message}`, {
        hint:
          `start one: chroma run --host ${host} --port ${port}; or keep the collections here: http_mode: false; ${reason.hint}`,
        retriable: true,
      });
    }
    case "ChromaNotFoundError":
      return goneCollection(name);
    case "ChromaAuthError":
    case "ChromaForbiddenError":
      return fault("denied", `${server} wants to know who asks`, {
        hint: "bind its token: grants: {secrets: [{env: CHROMA_TOKEN, host: HOST, header: X-Chroma-Token}]}",
      });
    case "ChromaRateLimitError":
    case "ChromaQuotaExceededError":
      return fault("rate_limited", `${server} refused: ${thrown.message}`, { retriable: true });
  }
  const said = thrown.message.replace(/^Bad request to \S+ with status: /, "").slice(0, 500);
  const [, wanted, found] = /expecting embedding with dimension of (\d+), got (\d+)/.exec(said) ?? [];
  if (wanted !== undefined) return wrongDimensions(name, Number(wanted), Number(found));
  if (thrown.name === "ChromaClientError" || thrown.name === "ChromaValueError") {
    return fault("invalid_argument", `${server} refused: ${said}`, {
      hint: "its own limits may be lower than those of this service",
    });
  }
  return fault("conflict", `${server} failed: ${said}`, { hint: "its log says more", retriable: false });
}

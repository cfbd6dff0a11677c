/** `fetch` whose answers end after so many bytes: the library would read any number. */
export function boundedFetch(
  most_bytes: number,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const { status, statusText, headers, url, redirected } = response;
    const bounded = new Response(response.body.pipeThrough(bound(most_bytes)), { status, statusText, headers });
    Object.defineProperty(bounded, "url", { value: url });
    Object.defineProperty(bounded, "redirected", { value: redirected });
    return bounded;
  };
}

function bound(most_bytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.length;
      if (bytes <= most_bytes) controller.enqueue(piece);
      else controller.error(new TypeError(`an answer has more than ${most_bytes} bytes (response_bytes)`));
    },
  });
}

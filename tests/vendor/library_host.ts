/**
 * A process of its own for library_test.ts: evaluates a library in a Worker without permissions, after the globals
 * that a module does not get are gone, and prints what the code that uses it found. Arguments: package name, code.
 */
import { LIBRARIES } from "../../libs/mod.ts";

const [name, code] = Deno.args as [string, string];
const worker = new Worker(URL.createObjectURL(new Blob([`(${runInWorker})()`], { type: "text/javascript" })), {
  type: "module",
  deno: { permissions: "none" },
});
worker.onerror = (event) => {
  event.preventDefault();
  console.error(event.message);
  Deno.exit(1);
};
worker.onmessage = ({ data }) => {
  console.log(JSON.stringify(data));
  Deno.exit(0);
};
worker.postMessage({ name, library: await LIBRARIES[name]!(), code });

function runInWorker() {
  const scope = globalThis as unknown as {
    postMessage(data: unknown): void;
    onmessage(event: MessageEvent): void;
  };
  const port = { post: scope.postMessage.bind(scope) };
  scope.onmessage = async ({ data: { name, library, code } }: MessageEvent) => {
    try {
      const { registerHooks } = await import("node:module");
      const sources = new Map([[`lib:${name}`, library], ["meta:module", code]]);
      registerHooks({
        resolve(specifier) {
          if (!sources.has(specifier)) throw new Error(`import of '${specifier}' is not allowed`);
          return { url: specifier, format: "module", shortCircuit: true };
        },
        load: (url) => ({ format: "module", source: sources.get(url), shortCircuit: true }),
      });
      removeGlobals();
      await import(`lib:${name}`);
      const { result } = await import(`${"meta"}:module`);
      port.post({ result: await result(), left: leftGlobals() });
    } catch (error) {
      port.post({ error: String(error instanceof Error ? error.stack : error) });
    }
  };

  function leftGlobals() {
    const codeFromText = () => Reflect.construct(Function, ["return 1"]);
    try {
      codeFromText();
      return ["code from text"];
    } catch { /* as it should */ }
    return ["Deno", "process", "Buffer", "global", "fetch", "eval", "Worker", "WebSocket", "navigator", "WebAssembly"]
      .filter((name) => name in globalThis);
  }

  function removeGlobals() {
    const kept = new Set(
      ("Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp " +
        "Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math Intl " +
        "ArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array " +
        "Float32Array Float64Array Uint8ClampedArray BigUint64Array BigInt64Array Map Set WeakMap WeakSet WeakRef " +
        "FinalizationRegistry BigInt Proxy Reflect Iterator decodeURI decodeURIComponent encodeURI encodeURIComponent " +
        "isFinite isNaN escape unescape CustomEvent TextEncoder TextDecoder URL URLSearchParams AbortController " +
        "AbortSignal Event EventTarget DOMException structuredClone queueMicrotask setTimeout clearTimeout setInterval " +
        "clearInterval atob btoa crypto Blob Headers Request Response FormData console performance ReadableStream WritableStream " +
        "TransformStream TextDecoderStream TextEncoderStream ReadableStreamDefaultReader ByteLengthQueuingStrategy " +
        // of every EventTarget: an AbortSignal calls them on itself
        "addEventListener removeEventListener").split(" "),
    );
    for (let at: object | null = globalThis; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      if (at === EventTarget.prototype) continue; // without its methods no signal can be listened to
      for (const name of Object.getOwnPropertyNames(at)) {
        if (name !== "constructor" && !kept.has(name)) Reflect.deleteProperty(at, name);
      }
    }
  }
}

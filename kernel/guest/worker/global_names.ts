/** What a module finds on its global object, closed: everything else is deleted before it runs (seal_globals.ts). */
export const GLOBAL_NAMES: readonly string[] = Object.freeze([
  // ECMAScript
  ...["globalThis", "Infinity", "NaN", "undefined", "isFinite", "isNaN", "parseFloat", "parseInt"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape"],
  ...["Object", "Function", "Boolean", "Symbol", "Number", "BigInt", "Math", "Date", "Temporal", "String", "RegExp"],
  ...["Array", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "Iterator", "Promise"],
  ...["ArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array"],
  ...["Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float16Array", "Float32Array", "Float64Array"],
  ...["JSON", "Reflect", "Proxy", "Intl", "DisposableStack", "AsyncDisposableStack"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SuppressedError"],
  ...["SyntaxError", "TypeError", "URIError"],
  // the web's
  ...["AbortController", "AbortSignal", "CustomEvent", "DOMException", "Event", "EventTarget"],
  ...["TextDecoder", "TextEncoder", "URL", "URLSearchParams", "atob", "btoa"],
  ...["queueMicrotask", "structuredClone", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  ...["Blob", "FormData", "Headers", "Request", "Response", "crypto", "console", "performance"],
  ...["ByteLengthQueuingStrategy", "CountQueuingStrategy", "CompressionStream", "DecompressionStream"],
  ...["ReadableByteStreamController", "ReadableStream", "ReadableStreamBYOBReader", "ReadableStreamBYOBRequest"],
  ...["ReadableStreamDefaultController", "ReadableStreamDefaultReader", "TextDecoderStream", "TextEncoderStream"],
  ...["TransformStream", "TransformStreamDefaultController", "WritableStream", "WritableStreamDefaultController"],
  "WritableStreamDefaultWriter",
]);

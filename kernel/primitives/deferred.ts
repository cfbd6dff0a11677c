/** A promise and the two hands that settle it. The first word counts; later ones do nothing. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T | PromiseLike<T>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Makes one. A rejection that nobody awaits is reported by the runtime as usual. */
export function deferred<T = void>(): Deferred<T> {
  return Promise.withResolvers<T>();
}

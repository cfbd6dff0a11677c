/** Real Unix sockets as the power that the control server is handed, and a clock that really runs. */
import type { Clock, Connection, Sockets } from "../../kernel/contract/powers.ts";

export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, then) {
    const id = setTimeout(then, ms);
    return () => clearTimeout(id);
  },
};

export const REAL_SOCKETS: Sockets = {
  // deno-lint-ignore require-await
  async listen(own, published, accept) {
    const listener = Deno.listen({ transport: "unix", path: own });
    Deno.linkSync(own, published);
    const accepting = (async () => {
      for await (const connection of listener) accept(wrap(connection));
    })();
    return {
      publish: () => Promise.resolve(),
      close() {
        listener.close();
        void accepting;
        try {
          Deno.removeSync(published);
        } catch { /* removed with its folder */ }
      },
    };
  },
};

function wrap(connection: Deno.UnixConn): Connection {
  return {
    read: (into) => connection.read(into),
    async write(data) {
      let rest = data;
      while (rest.length > 0) rest = rest.subarray(await connection.write(rest));
    },
    close: () => connection.close(),
  };
}

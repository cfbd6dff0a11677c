/** Unix sockets by Deno: listening, publishing, connections. */
import type { Connection, Sockets } from "./contract/powers.ts";
import { unlessMissing } from "./powers_deno_files.ts";

export const denoSockets: Sockets = {
  // Never bound to the published name: closing a listener unlinks the name it was opened with, which would be the successor's by then.
  listen: async (own, published, accept) => {
    await unlessMissing(() => Deno.remove(own));
    const listener = Deno.listen({ transport: "unix", path: own });
    await Deno.chmod(own, 0o600);
    const publish = async () => {
      const step = `${own}.new`;
      await unlessMissing(() => Deno.remove(step));
      await Deno.link(own, step);
      await Deno.rename(step, published);
      // When both are names of one socket already, the system renames nothing.
      await unlessMissing(() => Deno.remove(step));
    };
    await publish();
    let open = true;
    void (async () => {
      while (open) {
        try {
          accept(connection(await listener.accept()));
        } catch {
          // Closed, or out of descriptors for the moment: the next one may succeed.
          if (open) await new Promise((then) => setTimeout(then, 50));
        }
      }
    })();
    return {
      publish,
      close: () => {
        if (open) listener.close();
        open = false;
      },
    };
  },
};

function connection(conn: Deno.Conn): Connection {
  let open = true;
  return {
    read: (into) => conn.read(into),
    write: (data) => writeAll(conn, data),
    close: () => {
      if (open) conn.close();
      open = false;
    },
  };
}

async function writeAll(to: { write(data: Uint8Array): Promise<number> }, data: Uint8Array): Promise<void> {
  for (let at = 0; at < data.length;) at += await to.write(data.subarray(at));
}

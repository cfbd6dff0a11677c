import type { Connection } from "../../contract/powers.ts";

/** A Unix socket as a connection whose `write` resolves when all is taken. */
export async function connectUnix(path: string): Promise<Connection> {
  const socket = await Deno.connect({ transport: "unix", path });
  return {
    read: (into) => socket.read(into),
    async write(data) {
      for (let at = 0; at < data.length;) at += await socket.write(data.subarray(at));
    },
    close: () => {
      try {
        socket.close();
      } catch {
        // closing twice is harmless
      }
    },
  };
}

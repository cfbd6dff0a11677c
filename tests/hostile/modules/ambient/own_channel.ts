/*
tries: speak and listen on the global scope, where the host might
harm: lies
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      post: () => (postMessage as any)(1),
      on: () => (globalThis as any).onmessage,
      listen: () => EventTarget.prototype.addEventListener.call(globalThis, "message", () => {}),
      unhandled: () => (globalThis as any).addEventListener("unhandledrejection", () => {}),
      dispatch: () => (globalThis as any).dispatchEvent(new Event("message")),
      other: () => EventTarget.prototype.dispatchEvent.call(globalThis, new Event("error")) || 1,
      report: () => (globalThis as any).reportError(new Error("x")),
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

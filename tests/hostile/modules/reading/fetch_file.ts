/*
tries: fetch a file by its URL
harm: reads
stopped by: lockdown
steps:
  - {call: attack, answers: [], process: same}
*/
export class Module {
  async attack() {
    const ways: Record<string, () => unknown> = {
      fetch: () => fetch("file:///etc/passwd").then((r) => r.text()),
      global: () => (globalThis as any).fetch("file:///OUTSIDE/secret.txt"),
      xhr: () => new (globalThis as any).XMLHttpRequest(),
      request: () => new Request("file:///etc/passwd").text().then((text) => text === "" ? undefined : text),
      response: () => Response.redirect("file:///etc/passwd").text().then((text) => text === "" ? undefined : text),
      blob_url: () => (URL as any).createObjectURL(new Blob(["x"])),
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

/** What the module of one test logs. Lines come from another process: they arrive soon, not at once. */

export interface TestLog {
  add(level: string, text: string): void;
  /** The first line that has this in it, also one that is there already. */
  logged(part: string | RegExp, ms?: number): Promise<string>;
  /** Everything, for who wants to know why a test failed; what is on its way arrives first. */
  all(): Promise<readonly string[]>;
}

const ON_ITS_WAY_MS = 50;

export function testLog(): TestLog {
  const lines: { level: string; text: string }[] = [];
  const waiting = new Set<() => void>();
  return {
    add(level, text) {
      lines.push({ level, text });
      for (const look of waiting) look();
    },
    logged(part, ms = 1_000) {
      const find = () =>
        lines.find(({ text }) => typeof part === "string" ? text.includes(part) : part.test(text))?.text;
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          const found = find();
          if (found !== undefined) end(() => resolve(found));
        };
        const late = () =>
          new Error(
            `the module logged nothing like ${part} within ${ms} ms, but: ${
              JSON.stringify(lines.map(({ text }) => text))
            }`,
          );
        const timer = setTimeout(() => end(() => reject(late())), ms);
        waiting.add(look);
        look();
      });
    },
    async all() {
      await new Promise((resolve) => setTimeout(resolve, ON_ITS_WAY_MS));
      return lines.map(({ level, text }) => `${level} ${text}`);
    },
  };
}

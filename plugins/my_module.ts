/** The smallest example of a module: a perpetual task, a method that others call, and a tool. */
import { type Config, type Kernel, type Tool, tool } from "meta-machine";

export class Module {
  isRunning = true;

  constructor(private kernel: Kernel, private config: Config) {
    console.log("[MyModule] Initialized.");
  }

  /** The perpetual task. `sleep` ends early when the module is shut down. */
  async run(): Promise<void> {
    const interval = this.config.get("interval", 5);
    while (this.isRunning) {
      console.log("[MyModule] Working...");
      await this.kernel.sleep(interval * 1000);
    }
  }

  shutdown(): void {
    this.isRunning = false;
    console.log("[MyModule] Shutting down.");
  }

  /** Gives back what it was given. */
  echo(value: unknown): unknown {
    return value;
  }

  getAspect(name: string): this | Record<string, Tool> {
    if (name === "default") return this;
    if (name === "tool") {
      return {
        echo: tool<{ text: string }>({
          description: "Gives the text back: shows that a call arrives.",
          params: {
            type: "object",
            properties: { text: { type: "string" } },
            required: ["text"],
            additionalProperties: false,
          },
          run: ({ text }) => this.echo(text),
          readOnly: true,
        }),
      };
    }
    throw new Error(`Aspect '${name}' not found.`);
  }
}

/** The operator of a soak: his verbs, from this process. */
import type { ControlVerb, ControlVerbs } from "../../kernel/contract/control.ts";
import type { Result } from "../../kernel/contract/fault.ts";
import { connectHost } from "../../kernel/cli/connect.ts";
import { requestHost } from "../../kernel/cli/control_client.ts";

export class Operator {
  readonly home: string;

  constructor(home: string) {
    this.home = home;
  }

  async ask<V extends ControlVerb>(
    verb: V,
    params: ControlVerbs[V]["params"],
  ): Promise<Result<ControlVerbs[V]["answer"]>> {
    const connection = await connectHost(this.home);
    return connection.ok ? await requestHost(connection.value, verb, params) : connection;
  }

  /** Asks until there is an answer: a kernel that is just being killed has none. */
  async must<V extends ControlVerb>(
    verb: V,
    params: ControlVerbs[V]["params"],
    ms = 30_000,
  ): Promise<ControlVerbs[V]["answer"]> {
    const end = performance.now() + ms;
    for (;;) {
      const answer = await this.ask(verb, params);
      if (answer.ok) return answer.value;
      if (performance.now() > end) throw new Error(`${verb}: ${answer.fault.code}: ${answer.fault.message}`);
      await new Promise((then) => setTimeout(then, 100));
    }
  }

  call(api: string, method: string, ...args: readonly unknown[]): Promise<Result<unknown>> {
    return this.ask("call", { api, method, args });
  }
  async mustCall<T>(api: string, method: string, ...args: readonly unknown[]): Promise<T> {
    return await this.must("call", { api, method, args }) as T;
  }
  async pidOf(api: string): Promise<number | undefined> {
    const { modules } = await this.must("status", { api });
    return modules[0]?.pid ?? undefined;
  }
  async kernelPid(): Promise<number> {
    return (await this.must("status", {})).kernel.pid;
  }
}

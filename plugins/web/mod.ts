/** The machine over HTTP: models for clients of OpenAI's interface, services and tools, status, events and metrics. Each request acts as its token's principal. */
import type { Config, Kernel } from "meta-machine";
import * as builtin from "serve";
import { answerRequest } from "./answer_request.ts";
import { openApp } from "./app.ts";
import { BodyRoom } from "./body_room.ts";
import { Closing } from "./closing.ts";
import { type Host, type KnownHosts, knownHosts, parseHost } from "./host_names.ts";
import { mcpEndpoint } from "./mcp_endpoint.ts";
import type { McpEndpoint } from "./mount_mcp.ts";
import { Places } from "./places.ts";
import { RateLimit } from "./rate_limit.ts";
import { RequestCounts } from "./request_counts.ts";
import { readSettings, type Settings } from "./settings.ts";
import type { Web } from "./web.ts";

export interface WebPowers extends Pick<typeof builtin, "addresses" | "serve"> {
  readonly now: () => number;
  readonly mcp?: McpEndpoint;
}

/** What changes a catalog: modules that come, go and are loaded anew. */
const CHANGES = ["module.ready", "module.reloaded", "module.stopped", "config.changed"];
/** What clients of MCP are told that this server is. */
const MCP_VERSION = "0.1.0";

function realPowers(kernel: Kernel): WebPowers {
  const mcp = mcpEndpoint({ version: MCP_VERSION, events: () => kernel.events(CHANGES) });
  return { ...builtin, now: () => performance.now(), mcp };
}

type Server = ReturnType<typeof builtin.serve>;

export class Module {
  readonly #kernel: Kernel;
  readonly #settings: Settings;
  readonly #powers: WebPowers;
  readonly #places: Places;
  readonly #closing: Closing;
  #servers: readonly Server[] = [];

  constructor(kernel: Kernel, config: Config, powers: WebPowers = realPowers(kernel)) {
    this.#kernel = kernel;
    this.#settings = readSettings(config);
    this.#powers = powers;
    const { at_once } = this.#settings;
    this.#places = new Places({ all: at_once, each: at_once });
    this.#closing = new Closing(() => this.#places.taken);
  }

  /** Serves until it is shut down. It begins here, when the instance before it has given the address back. */
  async run(): Promise<void> {
    if (this.#closing.draining.aborted) return;
    if (this.#powers.addresses.length === 0) {
      throw new TypeError('it has no address to listen at; add grants: {listen: ["127.0.0.1:7777"]}');
    }
    const hosts = { has: (_: string) => false };
    const web = this.#web(hosts);
    const app = openApp(web);
    try {
      const { addresses } = this.#powers;
      this.#servers = addresses.map((address) => this.#listen(address, (request) => answerRequest(web, app, request)));
    } catch (error) {
      this.#closing.close();
      throw error;
    }
    const listening = this.#servers.map(({ port }, at): Host => ({ ...parseHost(this.#powers.addresses[at]!)!, port }));
    hosts.has = knownHosts(listening, this.#settings.hosts.map((host) => parseHost(host)!)).has;
    console.log(`listening at ${listening.map(({ name, port }) => `http://${name}:${port}`).join(", ")}`);
    await Promise.all(this.#servers.map(({ finished }) => finished));
  }

  /** Answers what is under way, for a second at most; what is left is given up with a fault that says why, and its clients ask again. */
  shutdown(): Promise<void> {
    return this.#closing.drain();
  }

  #listen(listen: string, handler: (request: Request) => Promise<Response>): Server {
    try {
      return this.#powers.serve(handler, { listen, signal: this.#closing.closed });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new Error(`can't listen at ${listen}: ${text}; another program may have the port, or change grants.listen`);
    }
  }

  #web(hosts: KnownHosts): Web {
    const settings = this.#settings;
    const { at_once, at_once_per_principal, streams, streams_per_principal } = settings;
    return {
      kernel: this.#kernel,
      settings,
      gate: { hosts, origins: settings.origins },
      rate: new RateLimit(settings.requests_per_minute, this.#powers.now),
      places: this.#places,
      own_places: new Places({ all: at_once, each: at_once_per_principal }),
      streams: new Places({ all: streams, each: streams_per_principal }),
      room: new BodyRoom(settings.body_bytes),
      counts: new RequestCounts(),
      draining: this.#closing.draining,
      giving_up: this.#closing.giving_up,
      mcp: this.#powers.mcp,
    };
  }
}

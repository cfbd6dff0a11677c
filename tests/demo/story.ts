/**
 * The story that the demo shows and that tests/flows/model_tools_test.ts tests: a person asks what is to do; the model reads a file, queries the database,
 * writes a note, for which the operator is asked, and answers. How the model asks for its tools is a way (ways.ts); what comes of it is the same by each.
 */
import assert from "node:assert/strict";
import type { ModelServer, NativeCall } from "../model_server/mod.ts";
import { WAYS } from "./ways.ts";

export const QUESTION = "What is to do?";
export const ANSWER = "Tea, then bread: it is in your notes.";

export interface Step {
  readonly words: string;
  readonly call: NativeCall;
  /** Must be in what comes back. */
  readonly shows: RegExp;
}

/** What the model asks for, one after the other. */
export const STEPS: readonly Step[] = [
  {
    words: "I look into your plan.",
    call: { name: "filesystem_read_file", arguments: { path: "plan.txt" } },
    shows: /Buy tea, then bread\./,
  },
  {
    words: "I ask the database.",
    call: { name: "database_query", arguments: { sql: "select 6 * 7 as answer" } },
    shows: /answer.{1,8}42/,
  },
  {
    words: "I write it down.",
    call: { name: "notes_add", arguments: { text: "tea and bread" } },
    shows: /noted/,
  },
];

/** A module that knows in whose name it is called. */
export const NOTES = `
import { tool } from "meta-machine";
export class Module {
  #all = [];
  constructor(kernel) { this.kernel = kernel; }
  all() { return this.#all; }
  getAspect(name) {
    if (name === "default") return this;
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false };
    return { add: tool({ description: "Adds a note.", params, run: ({ text }) => this.add(text) }) };
  }
  add(text) {
    this.#all.push(this.kernel.caller().api + ": " + text);
    return "noted";
  }
}
`;

/** What the console may do in this story: no more than these tools, and for `notes`, which no config excepts, the operator is asked each time. */
const PRINCIPALS = `
console:
  grants:
    services:
      - {api: filesystem, aspects: [tool], methods: [read_file]}
      - {api: database, aspects: [tool], methods: [query]}
      - {api: notes, aspects: [tool]}
`;

const shipped = (name: string) => Deno.readTextFileSync(new URL(`../../configs/services/${name}.yml`, import.meta.url));

/** The home, as paths and texts, with all ways in it. */
export function storyFiles(server: ModelServer): Record<string, string> {
  return {
    "configs/meta.yml": "prog: kernel\n",
    "configs/http.yml": shipped("http"),
    "configs/filesystem.yml": shipped("filesystem"),
    "configs/database.yml": shipped("database"),
    "configs/principals.yml": PRINCIPALS,
    "plugins/notes.js": NOTES,
    "configs/notes.yml": "",
    "runtime/files/@console/plan.txt": "Buy tea, then bread.",
    ...Object.assign({}, ...WAYS.map((way) => way.files(server))),
  };
}

/** What came of the story, in words that no way changes. */
export interface Outcome {
  readonly answer: string;
  /** What the model was given for each of its calls, as it stood in the request. */
  readonly came_back: readonly string[];
  /** Tools for which the operator said yes. */
  readonly approved: readonly string[];
  /** Notes that were added. */
  readonly notes: readonly string[];
}

/** The story went as it should. */
export function checkOutcome({ answer, came_back, approved, notes }: Outcome): void {
  assert.equal(answer, ANSWER);
  assert.equal(came_back.length, STEPS.length);
  STEPS.forEach(({ shows }, i) => assert.match(came_back[i]!, shows));
  assert.deepEqual(approved, ["notes_add"]);
  assert.deepEqual(notes, ["@console: tea and bread"]);
}

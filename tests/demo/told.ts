/** What happens in the demo, as data, and as lines for a person: who, what, and below it how it stood on the wire. */
import { type Colour, paint } from "../../kernel/cli/colour.ts";
import type { ListedApproval } from "../../kernel/contract/control.ts";
import type { Reply } from "../model_server/mod.ts";

export type Told =
  | { readonly kind: "host"; readonly text: string }
  | { readonly kind: "way"; readonly name: string; readonly what: string }
  | { readonly kind: "asks"; readonly who: "person"; readonly text: string; readonly command: readonly string[] }
  | { readonly kind: "came back"; readonly text: string }
  | { readonly kind: "model"; readonly reply: Reply }
  | { readonly kind: "waits"; readonly asked: ListedApproval }
  | { readonly kind: "approved"; readonly asked: ListedApproval }
  | { readonly kind: "answered"; readonly text: string }
  | { readonly kind: "left"; readonly notes: readonly string[] }
  | { readonly kind: "end"; readonly ways: readonly string[] }
  | { readonly kind: "kept"; readonly home: string };

/** Columns of the name of who speaks. */
const WHO = 9;

export function render(told: Told, coloured: boolean): string {
  const line = (who: string, colour: Colour, text: string) =>
    indent(`${paint(who.padEnd(WHO), colour, coloured)} `, text);
  const wire = (text: string) => indent(" ".repeat(WHO + 1), text, (each) => paint(each, "dim", coloured));
  switch (told.kind) {
    case "host":
      return line("host", "cyan", told.text);
    case "way":
      return `\n${paint(`By way of ${told.name}: ${told.what}.`, "bold", coloured)}`;
    case "asks":
      return `${line(told.who, "green", told.text)}\n${wire(`$ deno task cli ${shell(told.command)}`)}`;
    case "came back":
      return `${line("host", "cyan", "gives back")}\n${wire(told.text)}`;
    case "model":
      return modelSays(told.reply, line, wire);
    case "waits":
      return line("host", "cyan", `asks the operator: may ${told.asked.principal} call ${callText(told.asked)}?`);
    case "approved":
      return `${line("operator", "bold", "yes, this once")}\n${wire(`$ deno task cli approve ${told.asked.id}`)}`;
    case "answered":
      return line("person", "green", `is told: ${told.text}`);
    case "left":
      return `${line("notes", "cyan", told.notes.join(", "))}\n${wire("$ deno task cli call notes all")}`;
    case "end":
      return told.ways.length === 1
        ? "\nThe story went as it should."
        : `\nThe same answer, the same note, one yes each: by ${told.ways.join(" and by ")}.`;
    case "kept":
      return `The home is kept: ${told.home}`;
  }
}

type Line = (who: string, colour: Colour, text: string) => string;

/** A reply that asks for a tool: the words, and below them the block of text or the calls of functions. */
function modelSays({ text = "", calls = [] }: Reply, line: Line, wire: (text: string) => string): string {
  const [words, ...block] = text.trim().split("\n");
  const asked = [
    ...block,
    ...calls.map(({ name, arguments: args }) => `function ${name} ${JSON.stringify(args)}`),
  ];
  return `${line("model", "yellow", words!)}\n${wire(asked.join("\n"))}`;
}

const callText = ({ tool, params }: ListedApproval) => `${tool} with ${params}`;

function shell(words: readonly string[]): string {
  return words.map((word) => /^[\w/.-]+$/.test(word) ? word : `'${word}'`).join(" ");
}

function indent(first: string, text: string, each = (line: string) => line): string {
  return text.trim().split("\n").map((line, i) => `${i === 0 ? first : " ".repeat(WHO + 1)}${each(line)}`).join("\n");
}

/** Plays the story by one way in a host that runs: the person, the script of the model, and the operator who is asked. */
import type { ListedApproval } from "../../kernel/contract/control.ts";
import type { RunningHost } from "../flows/running_host.ts";
import { type Asked, type ModelServer, says } from "../model_server/mod.ts";
import { ANSWER, type Outcome, QUESTION, STEPS } from "./story.ts";
import type { Told } from "./told.ts";
import type { Way } from "./ways.ts";

export interface Stage {
  readonly server: ModelServer;
  readonly host: RunningHost;
  readonly tell: (told: Told) => void;
}

export async function playWay(way: Way, { server, host, tell }: Stage): Promise<Outcome> {
  const notes_before = (await host.json<string[]>("call", "notes", "all")).length;
  const chats_before = server.chats().length;
  server.will(...STEPS.map(({ words, call }) => way.asks(words, call)), says(ANSWER));
  tell({ kind: "asks", who: "person", text: QUESTION, command: way.command(QUESTION) });
  const answering = way.converse(host, QUESTION, server);
  const approved = await playOperator(host, answering, tell);
  const answer = await answering;
  tell({ kind: "answered", text: answer });
  const notes = (await host.json<string[]>("call", "notes", "all")).slice(notes_before);
  tell({ kind: "left", notes });
  const came_back = server.chats().slice(chats_before).flatMap(cameBack);
  return { answer, came_back, approved, notes };
}

/** What a request tells the model since its own last words: the results of its calls. Nothing in the first one of a conversation. */
export function cameBack({ body }: Asked): string[] {
  const messages = body.messages as readonly { role: string; content: unknown }[];
  const spoke = messages.findLastIndex(({ role }) => role === "assistant");
  return spoke < 0 ? [] : messages.slice(spoke + 1).map(({ content }) => String(content));
}

/** Says yes to what the story asks for, until the conversation is over. */
async function playOperator(
  host: RunningHost,
  conversation: Promise<unknown>,
  tell: Stage["tell"],
): Promise<string[]> {
  let over = false;
  void conversation.catch(() => {}).then(() => over = true);
  const approved: string[] = [];
  while (!over) {
    for (const asked of await host.json<ListedApproval[]>("approvals")) {
      tell({ kind: "waits", asked });
      // Told before it is done: what comes of it may be back before the command has ended.
      tell({ kind: "approved", asked });
      await host.json("approve", asked.id);
      approved.push(asked.tool);
    }
    if (!over) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return approved;
}

/** A turn whose answer has to fit a schema: what does not is sent back once, with what is wrong with it. */
import { endOfTurn, type Turn } from "./run_turn.ts";
import { answerChecker, misfitFault, repairMessage, type SchemaLibrary, schemaRequest } from "./structured_output.ts";
import type { TurnEnd } from "./turn_items.ts";

type Schema = Readonly<Record<string, unknown>>;

export async function fittingAnswer(
  turn: Turn,
  schema: Schema,
  library: SchemaLibrary | undefined,
): Promise<TurnEnd & { readonly value: unknown }> {
  const check = answerChecker(schema, library);
  const asking = { ...turn, request: { ...turn.request, ...schemaRequest(schema) } };
  const first = await endOfTurn(asking);
  const checked = check(first.text);
  if (checked.ok) return { ...first, value: checked.value };

  const repair = repairMessage(checked.wrong);
  const second = await endOfTurn({ ...asking, messages: [...turn.messages, ...first.messages, repair] });
  const again = check(second.text);
  if (!again.ok) throw misfitFault(again.wrong);
  return {
    ...second,
    value: again.value,
    rounds: first.rounds + second.rounds,
    messages: [...first.messages, repair, ...second.messages],
    usage: {
      input_tokens: first.usage.input_tokens + second.usage.input_tokens,
      output_tokens: first.usage.output_tokens + second.usage.output_tokens,
      cost: first.usage.cost + second.usage.cost,
    },
  };
}

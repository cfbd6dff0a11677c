/**
 * `deno task demo`: a whole conversation in a real host, told line by line. The model is a script (tests/model_server), so that it needs no key and no
 * service; all else is what runs elsewhere. Exit code 0, 1 when the story did not go as it should, 2 for wrong options, 130 after Ctrl-C.
 */
import { ModelServer } from "../model_server/mod.ts";
import { type Options, parseOptions } from "./options.ts";
import { cameBack } from "./play_way.ts";
import { runDemo } from "./run_demo.ts";
import { render, type Told } from "./told.ts";

const ended = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) Deno.addSignalListener(signal, () => ended.abort());

let options: Options;
try {
  options = parseOptions(Deno.args);
} catch (error) {
  console.error((error as Error).message);
  Deno.exit(2);
}

const coloured = Deno.stdout.isTerminal() && !Deno.noColor;
const tell = (told: Told) => {
  if (!ended.signal.aborted) console.log(render(told, coloured));
};

try {
  await using server = new ModelServer({
    heard(asked, reply) {
      for (const text of cameBack(asked)) tell({ kind: "came back", text });
      if (reply.calls !== undefined || reply.text?.includes("```")) tell({ kind: "model", reply });
    },
  });
  await runDemo({ ...options, server, tell, signal: ended.signal });
} catch (error) {
  Deno.exitCode = 1;
  if (!ended.signal.aborted) console.error(error instanceof Error ? error.message : error);
}
if (ended.signal.aborted) {
  console.error("ended before the end of the story; the host is stopped");
  Deno.exitCode = 130;
}
Deno.exit();

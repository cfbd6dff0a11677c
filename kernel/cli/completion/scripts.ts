/** What a shell is to evaluate. Each asks the program itself, by `completion SHELL -- WORD…`, whenever somebody presses Tab. */
import type { SHELLS } from "./complete_words.ts";

type Shell = (typeof SHELLS)[number];

/** `command` is what runs the program, with the arguments before a command's own. */
export function completionScript(shell: Shell, command: readonly string[]): string {
  const run = command.map((word) => quoted(word, shell)).join(" ");
  return SCRIPTS[shell](run);
}

const SCRIPTS: Readonly<Record<Shell, (run: string) => string>> = {
  bash: (run) =>
    `# meta-machine for bash: source <(deno task --quiet cli completion bash), for example in ~/.bashrc
type -t meta-machine > /dev/null || meta-machine() { ${run} "$@"; }
_meta_machine() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    meta-machine completion bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null
  )
}
complete -o default -F _meta_machine meta-machine
`,
  zsh: (run) =>
    `# meta-machine for zsh: source <(deno task --quiet cli completion zsh), behind compinit in ~/.zshrc
whence meta-machine > /dev/null || meta-machine() { ${run} "$@"; }
_meta_machine() {
  local -a found
  found=("\${(@f)$(meta-machine completion zsh -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  if [[ -n "\${found[1]}" ]]; then _describe meta-machine found; else _files; fi
}
compdef _meta_machine meta-machine
`,
  fish: (run) =>
    `# meta-machine for fish: deno task --quiet cli completion fish | source, for example in config.fish
type -q meta-machine; or function meta-machine; ${run} $argv; end
function __meta_machine
  set -l words (commandline -opc) (commandline -ct)
  meta-machine completion fish -- $words[2..-1] 2> /dev/null
end
complete -c meta-machine -a '(__meta_machine)'
`,
};

function quoted(word: string, shell: Shell): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return shell === "fish" ? `'${word.replaceAll(/[\\']/g, "\\$&")}'` : `'${word.replaceAll("'", `'\\''`)}'`;
}

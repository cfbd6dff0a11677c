/*
tries: turn its own source round for whoever reads the error
harm: text
stopped by: terminal
refused: "/texts\\/source_marks/"
*/
export class Module {
  "‮" = ‮⁦ broken( {;
}

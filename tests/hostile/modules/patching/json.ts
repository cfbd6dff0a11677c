/*
tries: change what the host sends by replacing JSON, and change its own answers alone
harm: lies
stopped by: lockdown
steps:
  - {call: attack, matches: "/patched|forged/"}
  - {call: fine, matches: "/fine|forged/", process: same}
*/
export class Module {
  attack() {
    JSON.stringify = () => '"forged"';
    JSON.parse = () => "forged";
    return "patched";
  }
  fine() {
    return "fine";
  }
}

/*
tries: occupy the bundler for a minute by 130,000 branches
harm: cpu
stopped by: loader
refused: "/took longer than \\d+ ms to vet|ended the process that vets sources|nested too deeply/"
config: {limits: {load_ms: 1000}}
repeat: {BRANCHES: [" else if (0) {}", 130000]}
*/
export class Module {
  hello() {
    return "hello";
  }
}
if (0) {}BRANCHES

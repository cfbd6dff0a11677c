/*
tries: have the filesystem service read and write what is not its own
harm: reads
stopped by: service
config: {grants: {services: [filesystem]}}
files: {configs/services/filesystem.yml: "api: filesystem\nprog: services/filesystem\ngrants:\n  builtins: [files]\n  folders: [{ path: \".\", mode: rw }]\nmax_bytes: 4194304\n"}
links: {runtime/files/deputies.filesystem/link_file: /OUTSIDE/secret.txt, runtime/files/deputies.filesystem/passwd: /etc/passwd}
steps:
  - {state: running, of: filesystem}
  - {call: attack, answers: [], process: same}
*/
const PATHS = [
  "../victim/secret.txt",
  "../../../configs/meta.yml",
  "/etc/passwd",
  "./../victim/x",
  "a/../../victim/x",
  "link_file",
  "passwd",
  "..\\victim\\x",
  "",
  "..",
  "own.txt/../../x",
  "/proc/self/environ",
  "~/.bashrc",
  ".hidden",
  "//etc/passwd",
];

export class Module {
  files: any;
  constructor(kernel: any) {
    this.files = kernel.getApi("filesystem");
  }
  async attack() {
    const passed = [];
    for (const path of PATHS) {
      for (const method of ["read_file", "write_file", "delete"]) {
        try {
          await this.files[method](path, "x");
          passed.push(`${method} ${path}`);
        } catch (error) {
          if (!/^(denied|invalid_argument|not_found|conflict)$/.test((error as any).code)) passed.push(`${path}: ${(error as any).code}`);
        }
      }
    }
    // Removing a link removes the link alone, which lies in its own folder.
    return passed.filter((one) => !/^delete (link_file|passwd)$/.test(one));
  }
}

/** `doctor` on the folder of the sockets: its mode is their only guard, and a socket's path has a longest length. */
import { dirname, join } from "@std/path";
import { kernelSocket } from "../contract/channel.ts";
import { addressFile } from "./connect.ts";
import { fail, type Finding, good } from "./doctor_finding.ts";

/** The system's limit is 107 bytes on Linux and 103 on macOS; a host keeps some distance. */
const SOCKET_PATH_BYTES = 100;
/** Epochs count seconds at first, so a socket's name has ten digits. */
const LONG_EPOCH = 9_999_999_999;

export async function checkRunFolder(home: string): Promise<Finding> {
  const folder = join(home, "runtime/run");
  const used = await runningFolder(home) ?? folder;
  const facts = await Deno.stat(used).catch(() => undefined);
  if (facts === undefined) return good("run folder", describeLength(folder));
  const mode = (facts.mode ?? 0) & 0o777;
  if (mode !== 0o700) {
    return fail(
      "run folder",
      `${used} has mode 0${mode.toString(8)}: others may reach the sockets`,
      `chmod 700 ${used}`,
    );
  }
  if (facts.uid !== null && facts.uid !== Deno.uid()) {
    return fail("run folder", `${used} belongs to user ${facts.uid}`, "run this as the user who started the host");
  }
  return good("run folder", used === folder ? describeLength(folder) : `${used} (the home's path is too long)`);
}

/** Said, not complained about: a host in a deep home puts its sockets elsewhere by itself. */
function describeLength(folder: string): string {
  const bytes = new TextEncoder().encode(kernelSocket(folder, LONG_EPOCH)).length;
  if (bytes <= SOCKET_PATH_BYTES) return `${folder} (socket paths of ${bytes} bytes)`;
  return `${folder} is too deep for sockets (${bytes} bytes, ${SOCKET_PATH_BYTES} work): they go to $XDG_RUNTIME_DIR or /tmp`;
}

async function runningFolder(home: string): Promise<string | undefined> {
  try {
    return dirname((await Deno.readTextFile(addressFile(home))).trim());
  } catch {
    return undefined;
  }
}

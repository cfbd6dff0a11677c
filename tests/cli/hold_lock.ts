/** A process that holds a home's lock as a watchdog does, without a kernel, and ends on SIGTERM. */
export async function holdLock(home: string): Promise<Deno.ChildProcess> {
  await Deno.mkdir(`${home}/runtime/run`, { recursive: true });
  const script = `const file = Deno.openSync(${
    JSON.stringify(`${home}/runtime/run/lock`)
  }, { create: true, write: true });
    file.tryLockSync(true);
    file.writeSync(new TextEncoder().encode(Deno.pid + "\\n"));
    console.log("held");
    setInterval(() => {}, 1_000);`;
  const child = new Deno.Command(Deno.execPath(), { args: ["eval", script], stdin: "null", stdout: "piped" }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  return child;
}

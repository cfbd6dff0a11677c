"""Runs a command on a terminal of its own and does to it what a plan says.

Arguments: the plan as JSON, then the command. A step of the plan: {"wait": text that must have come} and then one of "key", "signal",
"size": [rows, columns], "stopped": true (wait until it is suspended). Prints JSON: the output, the exit code, and whether the terminal's
attributes are afterwards what they were before.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

plan, command = json.loads(sys.argv[1]), sys.argv[2:]
master, slave = pty.openpty()
resize = lambda rows, columns: fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
resize(24, 100)
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)
    os.environ["TERM"] = "xterm-256color"
    os.environ.pop("NO_COLOR", None)
    os.execvp(command[0], command)

output, since, status = b"", 0, None
end = time.time() + 20


def take(seconds):
    global output
    if select.select([master], [], [], seconds)[0]:
        output += os.read(master, 65536)


def alive():
    global status
    if status is None:
        pid, found = os.waitpid(child, os.WNOHANG)
        if pid != 0:
            status = found
    return status is None


for step in plan:
    wanted = step.get("wait", "").encode()
    while wanted not in output[since:] and alive() and time.time() < end:
        take(0.05)
    since = len(output)
    if "key" in step:
        os.write(master, step["key"].encode())
    if "signal" in step:
        os.kill(child, getattr(signal, step["signal"]))
    if "size" in step:
        resize(*step["size"])
    if step.get("stopped"):
        while time.time() < end:
            take(0.05)
            pid, found = os.waitpid(child, os.WUNTRACED | os.WNOHANG)
            if pid != 0 and os.WIFSTOPPED(found):
                break
while alive() and time.time() < end:
    take(0.05)
late = alive()
if late:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
while select.select([master], [], [], 0.1)[0]:
    output += os.read(master, 65536)
print(json.dumps({
    "output": output.decode("utf-8", "replace"),
    "code": None if late or status is None else os.waitstatus_to_exitcode(status),
    "restored": termios.tcgetattr(slave) == before,
}))

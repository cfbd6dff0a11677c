import assert from "node:assert/strict";
import { commandLine, megabytesOf, processorMsBetween, processorMsOf, treeOf } from "../../bench/process_tree.ts";

Deno.test({
  name: "treeOf finds what a process started and what that started, and /proc tells what they take",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const child = new Deno.Command("sh", { args: ["-c", "sleep 30 & echo up; wait"], stdout: "piped" }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    let tree = treeOf(child.pid);
    // It has said so before the child of the shell is what it will be.
    for (let looks = 0; looks < 200 && !/^sleep/.test(commandLine(tree[1] ?? 0)); looks++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      tree = treeOf(child.pid);
    }
    assert.equal(tree.length, 2);
    assert.match(commandLine(tree[1]!), /^sleep 30/);
    assert.ok(treeOf(Deno.pid).includes(tree[1]!));
    assert.ok(megabytesOf(tree) > 0);
    for (const pid of tree.toReversed()) Deno.kill(pid, "SIGKILL");
    await child.status;
    await reader.cancel();
    // What lost its parent is taken away by whoever does that here.
    for (let looks = 0; looks < 200 && megabytesOf(tree) > 0; looks++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(megabytesOf(tree), 0);
  },
});

Deno.test({
  name: "processorMsBetween counts threads that came, and none that went",
  ignore: Deno.build.os !== "linux",
  fn() {
    assert.equal(processorMsBetween(new Map([["1/1", 5], ["1/2", 7]]), new Map([["1/1", 6], ["1/3", 2]])), 3);
    const before = processorMsOf([Deno.pid]);
    for (const end = performance.now() + 30; performance.now() < end;);
    assert.ok(processorMsBetween(before, processorMsOf([Deno.pid])) > 5);
  },
});

/** What a process is started with: its folders, hosts and memory. */
import type { StartCell } from "../contract/channel.ts";

export type CellNeeds = Pick<StartCell, "folders" | "net" | "any_net" | "limits">;

/** Whether a process started with `had` is enough for a module that needs this. */
export function covers(had: CellNeeds, needs: CellNeeds): boolean {
  return (had.any_net ?? false) === (needs.any_net ?? false) && needs.net.every((net) => had.net.includes(net)) &&
    needs.folders.every(({ path, mode }) =>
      had.folders.some((folder) => folder.path === path && (folder.mode === mode || folder.mode === "rw"))
    ) &&
    needs.limits.heap_mb <= had.limits.heap_mb && needs.limits.memory_mb <= had.limits.memory_mb;
}

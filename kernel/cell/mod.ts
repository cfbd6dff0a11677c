export { type CellMemory, isNoRoom, noRoom, overCeiling, ownBytes, sumOf } from "./over_ceiling.ts";
export { Cell, type Loaded } from "./cell.ts";
export type { CellListener } from "./cell_listener.ts";
export type { CellNeeds } from "./cell_needs.ts";
export { CellTable, type CellTableOptions } from "./cell_table.ts";
export { WarmCells } from "./warm_cells.ts";
export { VetCell } from "./vet_cell.ts";

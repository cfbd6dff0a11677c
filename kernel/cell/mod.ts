export { Cell, type Loaded } from "./cell.ts";
export { type CellListener, type CellNeeds, CellTable, type CellTableOptions } from "./cell_table.ts";
export { VetCell } from "./vet_cell.ts";

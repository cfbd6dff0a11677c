export { Broker, type BrokerOptions } from "./broker.ts";
export type { CallsHandedOver, ToldByBroker } from "./calls_handed_over.ts";
export type { KernelServices } from "./kernel_calls.ts";
export type { CellPort, HoldLimits, Route, Seat, WhyDown } from "./seat.ts";
export type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
export type { CallFigures, ToldFigures } from "./call_statistics.ts";
export type { ToldEdge } from "./circuit_table.ts";
export { notGranted, serviceDown } from "./admit_call.ts";
export { coversApi } from "./grants.ts";

export { Broker, type BrokerOptions, type KernelServices } from "./broker.ts";
export type { CellPort, Route, Seat } from "./seat.ts";
export type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
export type { CallFigures } from "./call_statistics.ts";
export { notGranted, serviceDown } from "./admit_call.ts";

export { Broker, type BrokerOptions } from "./broker.ts";
export type { KernelServices } from "./kernel_calls.ts";
export type { ServedFor } from "./served_for.ts";
export type { CellPort, HoldLimits, Route, Seat, WhyDown } from "./seat.ts";
export type { OperatorOutcome, OperatorRequest } from "./operator_calls.ts";
export type { CallFigures } from "./call_statistics.ts";
export { notGranted, serviceDown } from "./admit_call.ts";
export { coversApi } from "./grants.ts";

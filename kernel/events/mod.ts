export { EventLog } from "./event_log.ts";
export { HostLog, type Level, LEVELS } from "./host_log.ts";
export { LineFeed } from "./line_feed.ts";
export { DAY_MS, type LogBounds, logBounds, type Retention } from "./log_bounds.ts";
export { logFeed } from "./log_feed.ts";
export { readTail } from "./read_tail.ts";
export { RotatingFile } from "./rotating_file.ts";
export { type AsideName, type LogFile, staleLogs } from "./stale_logs.ts";
export { wantsEvent, wantsRecord } from "./wants_record.ts";

export { EventLog } from "./event_log.ts";
export { HostLog, type Level, LEVELS } from "./host_log.ts";
export { LineFeed } from "./line_feed.ts";
export { logFeed } from "./log_feed.ts";
export { readTail } from "./read_tail.ts";
export { RotatingFile } from "./rotating_file.ts";
export { wantsEvent, wantsRecord } from "./wants_record.ts";

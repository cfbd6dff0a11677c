/** One line of the log, as Python's logging writes it with `%(asctime)s - %(levelname)s - %(message)s`: local time, a comma before the milliseconds. */
export function formatLogLine(now_ms: number, level: string, message: string): string {
  const at = new Date(now_ms);
  const date = `${pad(at.getFullYear(), 4)}-${pad(at.getMonth() + 1, 2)}-${pad(at.getDate(), 2)}`;
  const time = `${pad(at.getHours(), 2)}:${pad(at.getMinutes(), 2)}:${pad(at.getSeconds(), 2)}`;
  return `${date} ${time},${pad(at.getMilliseconds(), 3)} - ${level} - ${message}`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}

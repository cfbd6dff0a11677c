/** What only tests and tools import: `deno task install` fetches it together with the program's own dependencies. */
import "fast-check";
import "../kernel/vendor/main.ts";

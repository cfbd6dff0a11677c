/** What only `deno task bench` imports: the peers. Neither `deno task start` nor the tests fetch them. */
import "comlink";
import "capnweb";
import "@valtown/deno-http-worker";

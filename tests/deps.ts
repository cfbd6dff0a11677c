/** What is imported late, or by tests and tools only: `deno task install` fetches it together with the program's other dependencies. */
import "chromadb";
import "@modelcontextprotocol/client";
import "@modelcontextprotocol/client/stdio";
import "@modelcontextprotocol/server";
import "fast-check";
import "../kernel/vendor/main.ts";
import "hono";
import "openai";
import "typescript";

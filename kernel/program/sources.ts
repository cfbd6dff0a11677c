import { walk } from "@std/fs";
import { fromFileUrl, join, relative } from "@std/path";
import { LIBS } from "../../libs/mod.ts";
import type { Program } from "./program.ts";

const folder = fromFileUrl(new URL("../", LIBS)).replace(/\/$/, "");

export const PROGRAM: Program = {
  form: "sources",
  folder,
  read: (path) => Deno.readFile(join(folder, path)),
  list: async (below) => {
    const found = await Array.fromAsync(walk(join(folder, below), { includeDirs: false }));
    return found.map(({ path }) => relative(join(folder, below), path)).sort();
  },
};

import fs from "node:fs";

export class Module {
  x = fs;
}

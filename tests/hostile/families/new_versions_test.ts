import { attackFamily } from "../suite/attack_family.ts";

attackFamily("new_versions");

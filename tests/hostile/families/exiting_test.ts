import { attackFamily } from "../suite/attack_family.ts";

attackFamily("exiting");

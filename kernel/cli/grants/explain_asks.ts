/** All that a config asks for, and what that means: its grants, then larger shares of the machine and ways to be less watched. */
import { DEFAULT_LIMITS } from "../../contract/limits.ts";
import type { ModuleSpec } from "../../contract/spec.ts";
import { beyondLock, NO_GRANTS, NOTHING_ALLOWED } from "../../config/mod.ts";
import { explainGrants } from "../../workbench/mod.ts";

export interface Asked {
  /** The key of the config: one below `grants`, or `limits`, `restart`, `cell`, `approve`. */
  readonly grant: string;
  readonly what: string;
  readonly why: string;
}

export function explainAsks(spec: ModuleSpec): readonly Asked[] {
  const others = beyondLock({ ...spec, grants: NO_GRANTS }, NOTHING_ALLOWED).map((text): Asked => {
    const grant = text.slice(0, text.indexOf(":"));
    return { grant, what: text, why: whyOf(grant, text) };
  });
  return [...explainGrants(spec.grants), ...others];
}

function whyOf(grant: string, text: string): string {
  switch (grant) {
    case "limits": {
      const name = /limits: (\w+)/.exec(text)![1] as keyof typeof DEFAULT_LIMITS;
      return `more than the ${DEFAULT_LIMITS[name]} that every module may take`;
    }
    case "restart":
      return "fails more often than others may before it is put in quarantine";
    case "cell":
      return "shares a process, its memory and its end with whoever names this cell";
    default:
      return "a model uses its tools without asking you";
  }
}

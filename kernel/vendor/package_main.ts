/**
 * A process of its own for `packages approve`: bundles one installed package. Reads the program and the package's folder and writes `bundle.mjs` there, and
 * may do nothing else; says what came of it as one line of JSON.
 */
import { sha256Hex } from "../primitives/sha256.ts";
import { bundlePackage } from "./bundle_package.ts";

const [root, name] = Deno.args as [string, string];
try {
  const { code, contains } = await bundlePackage(root, name);
  await Deno.writeTextFile(`${root}/bundle.mjs`, code);
  console.log(JSON.stringify({ ok: true, sha256: await sha256Hex(code), contains }));
} catch (error) {
  console.log(JSON.stringify({ ok: false, why: error instanceof Error ? error.message : String(error) }));
}

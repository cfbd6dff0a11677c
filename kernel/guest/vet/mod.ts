/** What happens to a module's source before it may run: the vet cell makes one bundle of it, the target cell looks at that again. */
export { allowedImports } from "./decide_import.ts";
export { checkBundle, type LeftoverImport, leftoverImports } from "./second_look.ts";
export { vetModule, warmUp } from "./vet_module.ts";

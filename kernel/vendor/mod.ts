/** Makes `libs/`: the granted libraries and the Worker bootstrap, each as one ES module. */
export { bundleGuest, GUEST_ENTRY } from "./bundle_guest.ts";
export { bundleLibrary } from "./bundle_library.ts";
export { compileProgram } from "./compile_program.ts";
export { denortPlaces, missingDenort } from "./find_denort.ts";
export { findStale, type Stale } from "./find_stale.ts";
export { readHeader } from "./library_header.ts";
export { LIBRARY_NAMES, libraryFile, type LibraryName } from "./library_table.ts";
export { type Output, runVendor } from "./run_vendor.ts";
export { writeProducts, type Written } from "./write_products.ts";

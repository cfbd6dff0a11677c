/** Doors of the SDK besides `meta-machine`: what a module may import by these names where its config grants the package that the door opens. */
export const DOORS = {
  "meta-machine/kysely": { needs: "kysely", entry: "kernel/guest/sdk/kysely/mod.ts", file: "door_kysely.mjs" },
} as const;

export type Door = keyof typeof DOORS;

/** The doors that go with granted packages. */
export function doorsOf(packages: readonly string[]): Door[] {
  return (Object.keys(DOORS) as Door[]).filter((door) => packages.includes(DOORS[door].needs));
}

/** Whether there is a Redis server to test with. */

/** Why there is no server here, or undefined. */
export function missingRedis(): string | undefined {
  return redisProgram() === undefined
    ? "no redis-server is installed (Debian: apt-get install redis-server)"
    : undefined;
}

export function redisProgram(): string | undefined {
  const paths = (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/redis-server`);
  return paths.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

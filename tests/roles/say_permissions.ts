/** Starts the role that its first argument names and says at once what it left: its first statement has run, whatever comes then. */
const CATEGORIES = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;

const [role, ...args] = Deno.args;
const { runRole } = await import(`../../kernel/roles/${role}.ts`);
runRole(args).catch(() => {});

const state = (one: Deno.PermissionDescriptor) => Deno.permissions.querySync(one).state === "granted";
const keeps = args[0] === undefined ? undefined : JSON.parse(args[0]).keeps as Record<"read" | "write", string[]>;
console.log(JSON.stringify({
  whole: CATEGORIES.filter((name) => state({ name })),
  named: (["read", "write"] as const).flatMap((name) => keeps?.[name].filter((path) => state({ name, path })) ?? []),
}));
Deno.exit(0);

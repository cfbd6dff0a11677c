// kernel/guest/sdk/serve.ts (made by deno task vendor author)

const absent = ()=>{
throw new Error("the builtin 'serve' exists only inside a running host, where grants.builtins names it");
};
const serve = absent;
const upgradeWebSocket = absent;
const addresses = [];
export { addresses, serve, upgradeWebSocket };

// kernel/guest/sdk/files.ts (made by deno task vendor author)

const absent = ()=>{
throw new Error("the builtin 'files' exists only inside a running host, where grants.builtins names it");
};
const read = absent;
const write = absent;
const list = absent;
const stat = absent;
const realpath = absent;
const rename = absent;
const remove = absent;
export { list, read, realpath, remove, rename, stat, write };

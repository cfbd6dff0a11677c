await new Promise(() => {});
export class Module {}

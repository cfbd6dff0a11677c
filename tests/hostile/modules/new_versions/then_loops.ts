for (;;);
export class Module {}

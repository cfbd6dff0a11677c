/*
tries: pass for a kernel
harm: rights
stopped by: loader
refused: "/it exports Kernel, which is a kernel's class and never a module's: call the class Module/"
*/
export class Kernel {}

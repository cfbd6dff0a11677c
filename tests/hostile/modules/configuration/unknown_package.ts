/*
tries: be granted a library that the program does not bring
harm: rights
stopped by: loader
config: {grants: {packages: [left-pad]}}
steps:
  - {state: given up, says: "the program brings no package 'left-pad'"}
*/
export class Module {}

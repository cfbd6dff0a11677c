export class Module {
  broken( {
}

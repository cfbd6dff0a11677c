/** The bare module: answers `[id, n]` with `[id, n]`, all that came in one message with one message. */
const echo = (n) => n;
onmessage = ({ data }) => {
  postMessage(JSON.stringify(JSON.parse(data).map(([id, n]) => [id, echo(n)])) + "\n");
};

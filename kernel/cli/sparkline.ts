/** A few figures as a line of small bars, between their least and their largest. */
const BARS = "▁▂▃▄▅▆▇█";
/** Less of a change is noise, and is drawn flat: a share of the largest. */
const NOISE = 0.05;

export function sparkline(figures: readonly number[]): string {
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const span = Math.max(most - least, most * NOISE, Number.MIN_VALUE);
  return figures.map((figure) => BARS[Math.min(BARS.length - 1, Math.floor((figure - least) / span * BARS.length))])
    .join("");
}

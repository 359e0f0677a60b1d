/** A picture of figures: how high it is drawn, in its own units. */
export const plot = { width: 360, height: 150, top: 12, bottom: 22 } as const;

/** The nice round ends of an axis, from zero up to at least the highest of some figures, with steps between. */
export function ticksOf(values: readonly number[]): number[] {
  const highest = Math.max(0, ...values);
  if (highest === 0) return [0];
  const rough = highest / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, at) => at * step);
}

/** From a figure to its height in the picture. */
export function heightsOf(ticks: readonly number[]): (value: number) => number {
  const highest = ticks.at(-1) || 1;
  const room = plot.height - plot.top - plot.bottom;
  return (value) => plot.top + room - (value / highest) * room;
}

/** How many names an axis has room for, and about how wide half a letter of them is. */
const NAMES_MAX = 7;
const HALF_LETTER = 2.6;

/** The names of places along an axis: as many as there is room for, each with its middle, none of them cut at an end. */
export function namesOf(labels: readonly string[]): { text: string; x: number }[] {
  const step = plot.width / Math.max(labels.length, 1);
  const each = Math.ceil(labels.length / NAMES_MAX);
  return labels.flatMap((text, at) => {
    if (at % each !== 0) return [];
    const half = text.length * HALF_LETTER;
    return [{ text, x: Math.min(plot.width - half, Math.max(half, (at + 0.5) * step)) }];
  });
}

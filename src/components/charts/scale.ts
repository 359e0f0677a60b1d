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

/** Which of some places on an axis have room for their name. */
export function isLabelled(at: number, count: number, room: number): boolean {
  return at % Math.ceil(count / room) === 0;
}

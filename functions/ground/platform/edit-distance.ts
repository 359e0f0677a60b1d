/** How many letters differ between two short texts: put in, left out or another (Levenshtein 1965). */
export function editDistance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...left].entries()) {
    const line = [row + 1];
    for (const [at, other] of [...right].entries()) {
      const same = (above[at] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(same, (line[at] ?? 0) + 1, (above[at + 1] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}

/** Ids that nothing has yet, one after the other: the stem and a number. */
export function newIds(taken: readonly string[], stem: string): () => string {
  const known = new Set(taken);
  return () => {
    for (let number = 1; ; number += 1) {
      const id = `${stem}${number}`;
      if (known.has(id)) continue;
      known.add(id);
      return id;
    }
  };
}

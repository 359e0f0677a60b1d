/** The quartiles of some figures by nearest rank; null of none. */
export interface Quartiles {
  lower: bigint;
  median: bigint;
  upper: bigint;
}

export function quartilesOf(values: readonly bigint[]): Quartiles | null {
  if (values.length === 0) return null;
  const sorted = BigInt64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0n;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

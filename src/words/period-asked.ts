import type { PeriodAsked } from '../../functions/ground/platform/period.ts';

/** Which period an address asks for. */
export function periodAsked(query: URLSearchParams): PeriodAsked {
  const text = (name: string) => query.get(name)?.slice(0, 20) ?? '';
  return { period: text('period'), since: text('since'), until: text('until') };
}

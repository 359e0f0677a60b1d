import type { Burst, Measured } from './load.ts';
import { fire, type Running } from './servers.ts';

export interface Pair {
  ours: Running;
  ceiling: Running;
}

/** One row of the table: medians of bursts that alternate between ours and the ceiling. */
export interface Compared {
  ours: Median;
  ceiling: Median;
}

export interface Median {
  perSecond: number;
  p50_ms: number;
  p99_ms: number;
  /** Processor time of the server per request, in microseconds. */
  cpu_us: number;
}

export interface Lengths {
  rounds: number;
  seconds: number;
  warmUp_s: number;
}

const CONNECTIONS = 32;

/**
 * Warms both up, then alternates, so that what the machine does meanwhile happens to both.
 * @throws {Error} when a request was refused where none may be: then the figures would be of refusals
 */
export async function compare(
  { ours, ceiling }: Pair,
  burst: (whose: 'ours' | 'ceiling', round: number) => Pick<Burst, 'headers' | 'kind'>,
  { rounds, seconds, warmUp_s }: Lengths,
): Promise<Compared> {
  const results: Record<'ours' | 'ceiling', Median[]> = { ours: [], ceiling: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const whose of ['ours', 'ceiling'] as const) {
      const server = whose === 'ours' ? ours : ceiling;
      const before = server.cpu_ms();
      const length = round === 0 ? warmUp_s : seconds;
      const asked = burst(whose, round);
      const measured = await fire({ url: server.url, seconds: length, connections: CONNECTIONS, ...asked });
      if (measured.refused > 0) throw new Error(`${whose} refused ${measured.refused} requests`);
      const answered = Math.max(1, measured.perSecond * length);
      const cpu_us = ((server.cpu_ms() - before) * 1000) / answered;
      if (round > 0) results[whose].push({ ...pick(measured), cpu_us });
    }
  }
  return { ours: medianOf(results.ours), ceiling: medianOf(results.ceiling) };
}

const pick = ({ perSecond, p50_ms, p99_ms }: Measured) => ({ perSecond, p50_ms, p99_ms });

function medianOf(results: readonly Median[]): Median {
  return {
    perSecond: median(results.map(({ perSecond }) => perSecond)),
    p50_ms: median(results.map(({ p50_ms }) => p50_ms)),
    p99_ms: median(results.map(({ p99_ms }) => p99_ms)),
    cpu_us: median(results.map(({ cpu_us }) => cpu_us)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

import type { ListRow } from './lists.ts';
import type { Line } from './report.ts';

const GROWTH_MOST = 1.15;

/** A page of each list with the smaller and the larger database, and how it grew beside its bare query. */
export function listLines(
  { small, large }: { small: readonly ListRow[]; large: readonly ListRow[] },
  sizes: { small: number; large: number },
): Line[] {
  const count = new Intl.NumberFormat('en');
  const of = `${count.format(sizes.small)} and ${count.format(sizes.large)}`;
  return large.flatMap((row) => {
    const before = small.find(({ what }) => what === row.what);
    return before === undefined ? [] : [lineOf(`${row.what}, of ${of}`, before, row)];
  });
}

function lineOf(what: string, small: ListRow, large: ListRow): Line {
  const growth = large.ours_ms / small.ours_ms;
  const told = (before: number, after: number) => `${before.toFixed(2)} · ${after.toFixed(2)} ms`;
  const bare =
    small.bare_ms === null || large.bare_ms === null ? null : { small: small.bare_ms, large: large.bare_ms };
  const ratio = bare === null ? growth : growth / (bare.large / bare.small);
  return {
    what,
    ours: told(small.ours_ms, large.ours_ms),
    ceiling: bare === null ? '' : told(bare.small, bare.large),
    ratio,
    wanted: `≤ ${GROWTH_MOST}`,
    isMet: ratio <= GROWTH_MOST,
    latency: '',
    cpu: 'ours / ceiling is the growth',
  };
}

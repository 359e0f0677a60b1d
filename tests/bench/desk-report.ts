import type { ResultRows } from './answers.ts';
import type { CommandRows, Ran } from './commands.ts';
import type { DeskRows } from './desk.ts';
import type { Held } from './hold.ts';
import type { ListRow } from './lists.ts';
import { listLines } from './lists-report.ts';
import type { ComparedOrderExport } from './order-exports.ts';
import type { Line } from './report.ts';
import { segmentLines } from './segment-report.ts';
import type { SegmentRows } from './segments.ts';

/** What is measured with a small and a large database, beside orders and pages. */
export interface BesideOrders {
  desk: Both<DeskRows>;
  lists: Both<ListRow[]>;
  segments: Both<SegmentRows>;
  results: Both<ResultRows>;
  orderExports: Both<ComparedOrderExport>;
  commands: Both<CommandRows>;
}

interface Both<Rows> {
  small: Rows;
  large: Rows;
}

interface Sizes {
  small: number;
  large: number;
}

const calls = {
  prefix: 'console search, the beginning of a number',
  middle: 'console search, the middle of a name',
  miss: 'console search, nothing found',
  feedback: 'feedback search, words that all have',
  feedbackMiss: 'feedback search, nothing found',
  listed: 'list of orders, the newest with totals',
  listedLate: 'list of orders, late ones',
  listedText: 'list of orders, the middle of a name',
  people: 'list of customers, the newest with their number',
  peopleNamed: 'list of customers, by name',
  peopleSpent: 'list of customers, who spent up to an amount',
  peopleText: 'list of customers, the middle of a name',
} as const;
const works = { jobs: 'one run of all jobs', export: 'export of orders' } as const;

const CALL_MS_MOST = 100;
const RESULTS_MS_MOST = 1000;
const HOLD_MS_MOST = 100;
const VERIFY_S_MOST = 30;
const RESTORE_S_MOST = 45;
const EXPORT_LEAST = 0.6;
const GROWTH_MOST = 1.15;

/** Processor time with the smaller and the larger database, how it grew, and how long others waited for their turn. */
export function deskLines(
  { desk, lists, segments, results, orderExports, commands }: BesideOrders,
  sizes: Sizes,
): Line[] {
  const { small, large } = desk;
  const callNames = [
    'prefix',
    'middle',
    'miss',
    'feedback',
    'feedbackMiss',
    'listed',
    'listedLate',
    'listedText',
    'people',
    'peopleNamed',
    'peopleSpent',
    'peopleText',
  ] as const;
  const workNames = ['jobs', 'export'] as const;
  const count = new Intl.NumberFormat('en');
  const of = (what: string) => `${count.format(sizes.small)} and ${count.format(sizes.large)} ${what}`;
  return [
    ...callNames.map((name) =>
      heldLine(`${calls[name]}, ${of('orders')}`, { small: small[name], large: large[name] }, CALL_MS_MOST),
    ),
    ...listLines(lists, sizes),
    ...segmentLines(segments, sizes),
    ...(['everyone', 'club'] as const).map((segment) =>
      heldLine(
        `survey results, ${segment}, ${of('answers')}`,
        { small: results.small[segment], large: results.large[segment] },
        RESULTS_MS_MOST,
      ),
    ),
    ...workNames.map((name) =>
      heldLine(`${works[name]}, ${of('orders')}`, { small: small[name], large: large[name] }, Infinity),
    ),
    exportLine(orderExports.large),
    exportGrowth(orderExports),
    ranLine(`verify, ${of('orders')}`, sizes, {
      small: commands.small.verify,
      large: commands.large.verify,
      most: VERIFY_S_MOST,
    }),
    ranLine(`restore of ${commands.small.restored_mb} and ${commands.large.restored_mb} MB`, sizes, {
      small: commands.small.restore,
      large: commands.large.restore,
      most: RESTORE_S_MOST,
    }),
  ];
}

const growthNote = 'ours / ceiling is the growth';

function heldLine(what: string, { small, large }: Both<Held>, most_ms: number): Line {
  const isQuick = large.cpu_ms <= most_ms;
  const wanted = `no wait > ${HOLD_MS_MOST} ms`;
  return {
    what,
    ours: `${small.cpu_ms.toFixed(1)} · ${large.cpu_ms.toFixed(1)} ms`,
    ceiling: '',
    ratio: large.cpu_ms / small.cpu_ms,
    wanted: Number.isFinite(most_ms) ? `≤ ${most_ms} ms, ${wanted}` : wanted,
    isMet: isQuick && large.hold_ms <= HOLD_MS_MOST,
    latency: `others waited ${small.hold_ms.toFixed(0)} · ${large.hold_ms.toFixed(0)} ms at most`,
    cpu: growthNote,
  };
}

function exportLine({ rows, ours_s, ceiling_s }: ComparedOrderExport): Line {
  const ratio = ceiling_s / ours_s;
  return {
    what: `export of orders, ${new Intl.NumberFormat('en').format(rows)} rows`,
    ours: `${Math.round(rows / ours_s)} rows/s`,
    ceiling: `${Math.round(rows / ceiling_s)} rows/s`,
    ratio,
    wanted: `≥ ${EXPORT_LEAST}`,
    isMet: ratio >= EXPORT_LEAST,
    latency: `${ours_s.toFixed(1)} · ${ceiling_s.toFixed(1)} s`,
    cpu: '',
  };
}

function exportGrowth({ small, large }: Both<ComparedOrderExport>): Line {
  const growth = (whose: 'ours_s' | 'ceiling_s') => large[whose] / large.rows / (small[whose] / small.rows);
  const [ours, ceiling] = [growth('ours_s'), growth('ceiling_s')];
  return {
    what: 'growth: export of orders, for each row',
    ours: `× ${ours.toFixed(2)}`,
    ceiling: `× ${ceiling.toFixed(2)}`,
    ratio: ours / ceiling,
    wanted: `≤ ${GROWTH_MOST}`,
    isMet: ours / ceiling <= GROWTH_MOST,
    latency: '',
    cpu: '',
  };
}

function ranLine(
  what: string,
  sizes: Sizes,
  { small, large, most }: { small: Ran; large: Ran; most: number },
): Line {
  const memory = `${Math.round(small.anonymous_mb)} · ${Math.round(large.anonymous_mb)} MB`;
  return {
    what,
    ours: `${small.seconds.toFixed(1)} · ${large.seconds.toFixed(1)} s`,
    ceiling: '',
    ratio: large.seconds / small.seconds / (sizes.large / sizes.small),
    wanted: `≤ ${most} s`,
    isMet: large.seconds <= most,
    latency: `processor ${small.cpu_s.toFixed(1)} · ${large.cpu_s.toFixed(1)} s, ${memory} at most`,
    cpu: `${growthNote} beyond the number of orders`,
  };
}

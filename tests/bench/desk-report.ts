import type { DeskRows } from './desk.ts';
import type { Line } from './report.ts';

const names: Record<Exclude<keyof DeskRows, 'verify_s'>, string> = {
  prefix: 'console search, the beginning of a number',
  middle: 'console search, the middle of a name',
  miss: 'console search, nothing found',
  feedback: 'feedback search, words that all have',
  feedbackMiss: 'feedback search, nothing found',
};
const CALL_MS_MOST = 100;
const VERIFY_S_MOST = 30;

/** One line for each: processor time with the smaller and the larger database, and how it grew. */
export function deskLines(
  { small, large }: { small: DeskRows; large: DeskRows },
  sizes: { small: number; large: number },
): Line[] {
  const kinds = ['prefix', 'middle', 'miss', 'feedback', 'feedbackMiss'] as const;
  const count = new Intl.NumberFormat('en');
  const between = `${count.format(sizes.small)} and ${count.format(sizes.large)} orders`;
  const common = { ceiling: '', latency: '' };
  return [
    ...kinds.map((kind) => ({
      ...common,
      what: `${names[kind]}, ${between}`,
      ours: `${small[kind].toFixed(1)} · ${large[kind].toFixed(1)} ms`,
      ratio: large[kind] / small[kind],
      wanted: `≤ ${CALL_MS_MOST} ms`,
      isMet: large[kind] <= CALL_MS_MOST,
      cpu: 'ours / ceiling is the growth',
    })),
    {
      ...common,
      what: `verify, ${between}`,
      ours: `${small.verify_s.toFixed(1)} · ${large.verify_s.toFixed(1)} s`,
      ratio: large.verify_s / small.verify_s / (sizes.large / sizes.small),
      wanted: `≤ ${VERIFY_S_MOST} s`,
      isMet: large.verify_s <= VERIFY_S_MOST,
      cpu: 'ours / ceiling is the growth beyond the number of orders',
    },
  ];
}

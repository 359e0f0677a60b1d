import type { Interval } from '../../voice/surveys/intervals.ts';
import { type Opinion, opinionOf, type Sums } from './opinion.ts';

/** Sums over people of one topic: how much it matters, how well it is done, and the difference where they told both. */
export interface TopicSums {
  topicId: string;
  want: Sums;
  get: Sums;
  gap: Sums;
}

export interface TopicGap {
  topicId: string;
  want: Opinion | null;
  get: Opinion | null;
  /** Importance less delivery, −4 to 4, over people who told both. */
  gap: Opinion | null;
  /** Mean importance times mean gap: what topics are in order of. */
  weight: number | null;
  /** Whether the gap is more than chance: null while that cannot be told. */
  isClear: boolean | null;
}

const steps: Interval = { from: 1, to: 5 };
const differences: Interval = { from: -4, to: 4 };

/** Under so many people nothing is told of a topic over all customers: it would speak of somebody. */
export const PEOPLE_MIN = 5;

/** Topics, the widest gap of the most important first; those of which nothing can be told last. */
export function gapsOf(all: readonly TopicSums[], { least }: { least: number }): TopicGap[] {
  return all
    .map((one) => gapOf(one, least))
    .sort(
      (left, right) =>
        (right.weight ?? Number.NEGATIVE_INFINITY) - (left.weight ?? Number.NEGATIVE_INFINITY) ||
        (left.topicId < right.topicId ? -1 : 1),
    );
}

function gapOf({ topicId, ...sums }: TopicSums, least: number): TopicGap {
  const told = (one: Sums, scale: Interval) => (one.n < least ? null : opinionOf(one, scale));
  const [want, get, gap] = [told(sums.want, steps), told(sums.get, steps), told(sums.gap, differences)];
  const interval = gap?.interval ?? null;
  return {
    ...{ topicId, want, get, gap },
    weight: want === null || gap === null ? null : want.mean * gap.mean,
    isClear: interval === null ? null : interval.from > 0 || interval.to < 0,
  };
}

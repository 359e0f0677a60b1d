import type { z } from 'zod';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { freshenFacts } from './facts-ready.ts';
import type { segmentSetAnswer } from './schema.ts';
import { type SegmentInput, setSegment } from './set-segment.ts';
import { askApart } from './work-segments.ts';

type SegmentSetAnswer = z.infer<typeof segmentSetAnswer>;

/** So many units are written before the answer; what is more comes in with the next run of the job. */
const STEPS_AT_ONCE = 4;

/**
 * Says what a segment asks, and asks it as far as that is quick: who says it sees who is in it.
 * @throws {AppError} as {@link setSegment}
 */
export async function setAndAsk(
  ctx: Context,
  input: SegmentInput,
  { alongside }: Alongside<SegmentSetAnswer> = {},
): Promise<{ status: 200 | 201; answer: SegmentSetAnswer }> {
  const answerOf = ({ segment: { id, revision }, outcome }: Awaited<ReturnType<typeof setSegment>>) => ({
    ...{ id, revision, outcome },
  });
  const set = await setSegment(ctx, input, { answerOf, ...(alongside === undefined ? {} : { alongside }) });
  if (set.outcome !== 'unchanged') {
    await freshenFacts(ctx);
    await askApart(ctx, set.segment.id, STEPS_AT_ONCE);
  }
  return { status: set.outcome === 'created' ? 201 : 200, answer: answerOf(set) };
}

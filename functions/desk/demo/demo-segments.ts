import type { Context } from '../../ground/platform/context.ts';
import { toDefinitionJson } from '../../insight/segments/definition.ts';
import { finishFacts } from '../../insight/segments/facts-ready.ts';
import { setSegment } from '../../insight/segments/set-segment.ts';
import { type StartingId, startingSegment } from '../../insight/segments/starting-set.ts';
import { askWholly } from '../../insight/segments/work-segments.ts';

const taken: readonly StartingId[] = [
  'second-purchase-due',
  'lapsed',
  'advocates-without-referral',
  'credit-about-to-lapse',
];

const POUNDS_100 = 10_000;

/** Some of the questions that every business may begin with, and who fits them. */
export async function keepSegments(ctx: Context): Promise<void> {
  for (const id of taken)
    await setSegment(ctx, { id, definition: toDefinitionJson(startingSegment(id, POUNDS_100)) });
  await finishFacts(ctx);
  for (const id of taken) await askWholly(ctx, id);
}

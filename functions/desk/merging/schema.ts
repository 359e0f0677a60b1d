import { z } from 'zod';
import { instantAnswer, instantText } from '../../ground/platform/answer.ts';
import { freeText } from '../../ground/platform/input.ts';
import type { Merged } from './merge-customers.ts';
import type { UndoneMerge } from './undo-merge.ts';

const survivorId = '0199c1d2e3f47a5b8c6d7e8f90a1b203';
const mergedId = '0199c1d2e3f47a5b8c6d7e8f90a1b204';
const mergeId = '0199c1d2e3f47a5b8c6d7e8f90a1b205';

export const customerMergeInput = z.strictObject({
  survivorId: z.string().max(64),
  mergedId: z.string().max(64),
  reason: freeText(500),
});
export const customerMergeExample = { survivorId, mergedId, reason: 'Two addresses of one person' };

export const customerMergeAnswer = z
  .object({
    id: z.string(),
    survivorId: z.string(),
    mergedId: z.string(),
    accountId: z.string(),
    at: instantAnswer,
    undoableUntil: instantAnswer,
  })
  .meta({
    id: 'CustomerMerge',
    examples: [
      {
        ...{ id: mergeId, survivorId, mergedId, accountId: '0199c1d2e3f47a5b8c6d7e8f90a1b206' },
        ...{ at: '2026-03-01T10:00:00Z', undoableUntil: '2026-03-31T10:00:00Z' },
      },
    ],
  });

export const mergeReversalInput = z.strictObject({ reason: freeText(500) });
export const mergeReversalExample = { reason: 'Two people after all' };

export const mergeReversalAnswer = z
  .object({ id: z.string(), survivorId: z.string(), mergedId: z.string(), at: instantAnswer })
  .meta({
    id: 'CustomerMergeReversal',
    examples: [{ id: mergeId, survivorId, mergedId, at: '2026-03-02T10:00:00Z' }],
  });

export function toMergeAnswer(merged: Merged): z.infer<typeof customerMergeAnswer> {
  return { ...merged, at: instantText(merged.at), undoableUntil: instantText(merged.undoableUntil) };
}

export function toReversalAnswer(undone: UndoneMerge): z.infer<typeof mergeReversalAnswer> {
  return { ...undone, at: instantText(undone.at) };
}

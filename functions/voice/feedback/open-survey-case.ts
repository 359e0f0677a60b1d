import type { Context } from '../../ground/platform/context.ts';
import { type FeedbackDraft, orKnown, writeFeedback } from './write-feedback.ts';

/** An answer of a survey that somebody must handle. */
export interface TroublingAnswer {
  customerId: string;
  rootId: string;
  /** What the customer wrote, or what the answer was in words. */
  text: string;
  language: string | null;
  /** One case for each, such as the invitation's id. */
  key: string;
}

/**
 * Opens a case for an answer of a survey, as feedback of the kind `survey`, in one write with the rows `alongside`; the
 * same one when it was opened before, and then nothing is written.
 * @throws {AppError} `not_found` for an unknown account
 */
export function openSurveyCase(
  ctx: Context,
  { key, ...answer }: TroublingAnswer,
): Promise<{ id: string; reference: string }> {
  const scoped = `survey:${key}`;
  const draft: FeedbackDraft = {
    ...answer,
    accountId: answer.rootId,
    kind: 'survey',
    source: 'survey',
    wantsReply: false,
    key: scoped,
    ...{ order: null, line: null, parcel: null, servedBy: null, product: null, page: null },
  };
  return orKnown(ctx, scoped, () => writeFeedback(ctx, draft, () => ({})));
}

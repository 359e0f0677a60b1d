import type { Context } from '../../ground/platform/context.ts';
import { type ApologyStep, apologyOf } from './case-state.ts';
import { findFeedback, listCaseEvents } from './queries.ts';
import type { AnyFeedbackKind } from './types.ts';

/** How far some feedback is handled. */
export interface CaseProgress {
  kind: AnyFeedbackKind;
  /** How it came. */
  channel: string;
  /** What the product itself has seen done. */
  seen: readonly ApologyStep[];
}

/** Null for feedback that is not there. */
export async function findProgress(
  { db }: Pick<Context, 'db'>,
  { feedbackId }: { feedbackId: string },
): Promise<CaseProgress | null> {
  const row = await findFeedback(db, { id: feedbackId });
  if (row === null) return null;
  const { kind, source: channel, reference, case: handled } = row;
  if (handled === null) return { kind, channel, seen: [] };
  const events = await listCaseEvents(db, { reference });
  const steps = apologyOf(
    handled,
    events.map((one) => one.kind),
  );
  return { kind, channel, seen: steps.filter(({ isDone }) => isDone).map(({ step }) => step) };
}

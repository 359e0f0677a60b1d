import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import type { Languages } from '../../../ground/identity/languages.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { offeredLanguages } from '../../../money/business/languages.ts';
import { saidText } from '../schema.ts';
import { type CauseDecision, changeCause } from './change-cause.ts';
import type { CauseRow } from './queries.ts';
import { type ColleagueOn, lettersAbout } from './tell-team.ts';

/** What is left empty in a language that the business does not offer is no text at all. */
const causeText = (languages: Languages) =>
  z
    .record(z.string(), z.string())
    .transform((texts) => Object.fromEntries(languages.map((language) => [language, texts[language] ?? ''])))
    .pipe(z.record(z.string(), saidText));

export const outcomes = ['changed', 'declined'] as const;

interface Closing {
  id: string;
  outcome: (typeof outcomes)[number];
  /** What was changed, or why nothing is, in each language of the business. */
  text: Record<string, string>;
  isPublic: boolean;
}

const closing = (languages: Languages) =>
  z.strictObject({
    outcome: z.enum(outcomes),
    text: causeText(languages),
    isPublic: z.boolean(),
  });

/**
 * Closes a cause with a change, which may be shown in public, or with a stated no; again to put its words right. A no that
 * becomes a change, or the other way round, is told anew.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`
 */
export async function closeCause(
  ctx: Context,
  { id, ...input }: Closing,
  options: Alongside<{ id: string }> = {},
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const languages = offeredLanguages(await getBusiness(ctx));
  const { outcome, text, isPublic } = parseInput(closing(languages), input);
  await changeCause(ctx, { id }, (cause, now) => {
    const publishedAt = outcome === 'changed' && isPublic ? now : null;
    const isSame = cause.outcome === outcome;
    const isTurned = cause.outcome !== null && !isSame;
    const close = statement(
      `UPDATE causes SET closed_before = ?, closed_at = ?, closed_by = ?, outcome = ?,
        change_text = json_patch(coalesce(change_text, '{}'), ?), published_at = ? WHERE id = ?`,
      ...[isTurned ? cause.closedAt : cause.closedBefore, isSame ? cause.closedAt : now],
      ...[actorName(ctx.actor), outcome, JSON.stringify(text)],
      ...[publishedAt === null || !isSame ? publishedAt : (cause.publishedAt ?? publishedAt), id],
    );
    return {
      events: [{ kind: isSame ? 'reworded' : outcome }],
      rows: [close],
      audit: { kind: 'cause.closed', detail: { outcome, isPublic: publishedAt !== null } },
      beside: options.alongside?.({ id }, 200) ?? [],
    };
  });
}

/**
 * Opens a cause again that has come back; what was shown in public of it is shown no longer.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function reopenCause(
  ctx: Context,
  { id }: { id: string },
  options: Alongside<{ id: string }> = {},
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  await changeCause(ctx, { id }, (cause) => ({
    ...(cause.closedAt === null ? { ...reopening(cause, null), events: [] } : reopening(cause, null)),
    beside: options.alongside?.({ id }, 200) ?? [],
  }));
}

/** What opens a cause again; the day it was to be mended by is over with it. */
export function reopening(
  { id, name, ownerId, publishedAt }: CauseRow,
  repeat: { feedback: { id: string; reference: string }; team: readonly ColleagueOn[] } | null,
): CauseDecision {
  const reopen = statement(
    `UPDATE causes SET closed_before = closed_at, closed_at = NULL, closed_by = NULL, outcome = NULL, published_at = NULL,
      due_on = NULL WHERE id = ? AND closed_at IS NOT NULL`,
    id,
  );
  const audit = { kind: 'cause.reopened', detail: { feedback: repeat?.feedback.reference ?? null } } as const;
  if (repeat === null) return { events: [{ kind: 'reopened' }], rows: [reopen], audit };
  const { feedback, team } = repeat;
  const about = { causeId: id, name, why: 'back', reference: feedback.reference, dueOn: null } as const;
  const told = { ...about, wasShown: publishedAt !== null };
  return {
    events: [{ kind: 'came_back', subjectId: feedback.id }],
    rows: [reopen],
    letters: lettersAbout(told, { team, ownerId }),
    audit,
  };
}

import { insertInto, statement } from '../../../../db/query.ts';
import { dropClaimEndings, dropClosings, drops, dropWindows } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import type { HistoryKind } from '../../../ground/history/history-kind.ts';
import { writeParams } from '../../../ground/outbox/letters.ts';
import { urgencyOf } from '../../../ground/outbox/queue-mail.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { readTexts, type Texts } from '../texts.ts';

export const insertDrop = insertInto(drops);
export const insertWindow = insertInto(dropWindows);
export const insertClosing = insertInto(dropClosings);
export const insertClaimEnding = insertInto(dropClaimEndings);

/** A drop as its rows tell it. */
export interface DropTerms {
  id: string;
  texts: string;
  holdHours: number | null;
}

/**
 * Claims that have no piece and no end, in the order in which they came, as many as there are pieces free. Who left the
 * club is passed over.
 */
const movedUp: HistoryKind = 'drop_moved_up';

const nextInLine = `SELECT id, account_id, customer_id FROM drop_claims WHERE drop_id = ?1
  AND EXISTS (SELECT 1 FROM club_memberships m WHERE m.account_id = drop_claims.account_id
    AND m.id NOT IN (SELECT membership_id FROM club_endings WHERE account_id = m.account_id))
  AND id NOT IN (SELECT claim_id FROM drop_grants WHERE drop_id = ?1)
  AND id NOT IN (SELECT claim_id FROM drop_claim_endings WHERE drop_id = ?1)
  ORDER BY seq LIMIT max(0, (SELECT stock FROM drops WHERE id = ?1)
    - (SELECT count(*) FROM drop_grants WHERE drop_id = ?1 AND claim_id NOT IN (
        SELECT claim_id FROM drop_claim_endings WHERE drop_id = ?1 AND outcome <> 'collected')))`;

/** The claim, the next in the line of its drop: its number is decided under the database's one lock for writing. */
export function lineUp(claim: {
  id: string;
  dropId: string;
  accountId: string;
  customerId: string;
  at: number;
}): Statement {
  return statement(
    `INSERT INTO drop_claims (id, drop_id, seq, account_id, customer_id, at)
     SELECT ?1, ?2, coalesce((SELECT max(seq) FROM drop_claims WHERE drop_id = ?2), 0) + 1, ?3, ?4, ?5`,
    claim.id,
    claim.dropId,
    claim.accountId,
    claim.customerId,
    claim.at,
  );
}

/** Gives the pieces that are free to the next in line; the same lock decides, so that no piece is given twice. */
export function giveFree({ id, holdHours }: DropTerms, at: number): Statement {
  return statement(
    `INSERT INTO drop_grants (claim_id, drop_id, at, until) SELECT id, ?1, ?2, ?3 FROM (${nextInLine})`,
    id,
    at,
    untilOf(holdHours, at),
  );
}

/**
 * What comes after a piece came free: the next in line gets it, with a line in their account's history and a mail, all
 * decided in this batch.
 */
export function moveUp(ctx: Context, drop: DropTerms): Statement[] {
  const now = ctx.now();
  const params = {
    dropId: drop.id,
    title: titlesOf(readTexts(drop.texts)),
    until: untilOf(drop.holdHours, now),
  };
  return [
    statement(
      `INSERT INTO "outbox" (id, template, urgency, params, customer_id, created_at, next_try_at, tries)
       SELECT ?2, 'drop_moved_up', ?5, ?3, customer_id, ?4, ?4, 0 FROM (${nextInLine}) LIMIT 1`,
      drop.id,
      newId(),
      writeParams<'drop_moved_up'>(params),
      now,
      urgencyOf(ctx, 'drop_moved_up'),
    ),
    statement(
      `INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
       SELECT account_id, (SELECT history_seq FROM accounts WHERE accounts.id = account_id) + 1, ?2, ?3,
         'system:club', json_object('drop', ?1, 'claim', id), (SELECT coalesce(max(revision), 0) FROM programmes)
       FROM (${nextInLine}) LIMIT 1`,
      drop.id,
      now,
      movedUp,
    ),
    statement(
      `UPDATE accounts SET history_seq = history_seq + 1
       WHERE id IN (SELECT account_id FROM (${nextInLine}) LIMIT 1)`,
      drop.id,
    ),
    statement(
      `INSERT INTO drop_grants (claim_id, drop_id, at, until) SELECT id, ?1, ?2, ?3 FROM (${nextInLine}) LIMIT 1`,
      drop.id,
      now,
      untilOf(drop.holdHours, now),
    ),
  ];
}

/** The mail that answers a claim, by what it came to in this batch. */
export function answerByMail(
  ctx: Context,
  drop: DropTerms,
  claim: { id: string; customerId: string },
): Statement[] {
  const now = ctx.now();
  const params = { dropId: drop.id, title: titlesOf(readTexts(drop.texts)) };
  const mail = (template: 'drop_claimed' | 'drop_waiting', text: string, condition: string) =>
    statement(
      `INSERT INTO "outbox" (id, template, urgency, params, customer_id, created_at, next_try_at, tries)
       SELECT ?1, ?2, ?7, ?3, ?4, ?5, ?5, 0 WHERE ${condition} (SELECT 1 FROM drop_grants WHERE claim_id = ?6)`,
      newId(),
      template,
      text,
      claim.customerId,
      now,
      claim.id,
      urgencyOf(ctx, template),
    );
  return [
    mail(
      'drop_claimed',
      writeParams<'drop_claimed'>({ ...params, until: untilOf(drop.holdHours, now) }),
      'EXISTS',
    ),
    mail('drop_waiting', writeParams<'drop_waiting'>(params), 'NOT EXISTS'),
  ];
}

export function titlesOf(texts: Texts): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([language, { title }]) => [language, title]));
}

function untilOf(holdHours: number | null, now: number): number | null {
  return holdHours === null ? null : now + holdHours * 3_600_000;
}

import { statement } from '../../../db/query.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { FORMER_MS, UNDO_MS } from './email-change-statements.ts';
import { DRAFT_KEPT_MS } from './form-draft.ts';
import { type SessionKind, sessionTerms } from './session-terms.ts';

/** How long what is over stays, so that the mailbox page and a person who looks into a complaint still see it. */
const KEPT_MS = DAY_MS;

/** Deletes what is over: sessions, challenges with their mail, changes and former addresses, counters of old windows. */
export async function sweepSignIn(ctx: Context): Promise<void> {
  const now = ctx.now();
  // All that carry a code, and what follows on it.
  const secretMail =
    "(params ->> 'challengeId' IS NOT NULL OR template IN ('email_change_waits', 'email_changed_notice'))";
  await ctx.db.write([
    deleteSessions('customer', now),
    deleteSessions('joining', now),
    // What somebody types into a page that stayed open is kept by whose session it was.
    deleteSessions('staff', now - DRAFT_KEPT_MS),
    statement('DELETE FROM form_drafts WHERE at < ?', now - DRAFT_KEPT_MS),
    statement('DELETE FROM sign_in_challenges WHERE expires_at < ?', now - KEPT_MS),
    statement(
      `DELETE FROM outbox WHERE ${secretMail} AND created_at < ? AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM sign_in_challenges WHERE id = params ->> 'challengeId')`,
      now - KEPT_MS,
    ),
    statement('DELETE FROM former_emails WHERE until < ? AND merge_id IS NULL', now - FORMER_MS),
    statement(
      'DELETE FROM email_changes WHERE coalesce(made_at, due_at, asked_at) < ?',
      now - UNDO_MS - KEPT_MS,
    ),
    statement('DELETE FROM rate_limits WHERE window_start < ?', now - KEPT_MS),
  ]);
}

function deleteSessions(kind: SessionKind, now: number) {
  return statement(
    'DELETE FROM sessions WHERE kind = ? AND (expires_at <= ? OR last_seen_at <= ?)',
    kind,
    now,
    now - sessionTerms[kind].idle_ms,
  );
}

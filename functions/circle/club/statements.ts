import { insertInto, statement } from '../../../db/query.ts';
import {
  clubApplications,
  clubDecisions,
  clubEndings,
  clubInvitationAnswers,
  clubInvitations,
  clubMemberships,
} from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { STALE } from '../../money/accounts/plan-change.ts';

export const insertMembership = insertInto(clubMemberships);
export const insertEnding = insertInto(clubEndings);
export const insertInvitation = insertInto(clubInvitations);
export const insertInvitationAnswer = insertInto(clubInvitationAnswers);
export const insertApplication = insertInto(clubApplications);
export const insertDecision = insertInto(clubDecisions);

/** Brings the account's own row up to its memberships; its orders are to be counted again. */
export function saveClubSpans(accountId: string): Statement {
  return statement(
    `UPDATE accounts SET settled_revision = ?, club_spans = (SELECT json_group_array(json_array(since, until))
       FROM (SELECT m.since, e.until FROM club_memberships m LEFT JOIN club_endings e ON e.membership_id = m.id
         WHERE m.account_id = ?2 ORDER BY m.at, m.id))
     WHERE id = ?2`,
    STALE,
    accountId,
  );
}

import { statement } from '../../../../db/query.ts';
import type { Decision } from '../../../ground/decision/decision.ts';
import { actorName, type Context, type Role } from '../../../ground/platform/context.ts';
import { endSessions } from '../../sign-in/end-sessions.ts';
import { endPasskeys } from '../../sign-in/passkeys/passkey-rows.ts';
import { endLinks } from '../end-links.ts';

/** What can be taken away from a member of the team. */
export type MemberChange =
  | { act: 'shut-out' | 'sign-out' | 'factor'; role?: null }
  | { act: 'role'; role: Role };

/** What taking it away does. */
export function decideChange(
  ctx: Pick<Context, 'actor' | 'now'>,
  member: { id: string; role: Role },
  change: MemberChange,
): Decision {
  const { id } = member;
  const subject = { subjectKind: 'staff', subjectId: id } as const;
  const now = ctx.now();
  const signedOut = endSessions('staff', id, null);
  switch (change.act) {
    case 'shut-out':
      return {
        rows: [
          statement('UPDATE staff SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?', now, id),
          signedOut,
          endPasskeys({ kind: 'staff', id }),
          endLinks(id, now),
        ],
        audit: { kind: 'staff.shut-out', ...subject },
      };
    case 'role':
      return {
        rows: [statement('UPDATE staff SET role = ? WHERE id = ?', change.role, id)],
        audit: { kind: 'staff.role-set', ...subject, detail: { from: member.role, to: change.role } },
      };
    case 'sign-out':
      return { rows: [signedOut], audit: { kind: 'staff.signed-out', ...subject } };
    case 'factor':
      return {
        rows: [
          statement(
            'UPDATE staff_factors SET ended_at = ?, ended_by = ? WHERE staff_id = ? AND ended_at IS NULL',
            now,
            actorName(ctx.actor),
            id,
          ),
          endPasskeys({ kind: 'staff', id }),
          signedOut,
        ],
        audit: { kind: 'staff.factor-reset', ...subject },
      };
  }
}

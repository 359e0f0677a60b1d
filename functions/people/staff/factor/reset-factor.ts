import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { emailOfKnown } from '../../../ground/platform/input.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { endSessions } from '../../sign-in/end-sessions.ts';
import { endPasskeys } from '../../sign-in/passkeys/passkey-rows.ts';
import { assertOwner } from '../assert-owner.ts';
import { findStaffByEmail } from '../find-staff.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * The way back for who lost their second factor and the codes on paper: neither it nor any passkey counts any longer,
 * their sessions end, and the next sign-in sets up another.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function resetFactor(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const { email } = parseInput(input, typed);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  const endFactor = statement(
    'UPDATE staff_factors SET ended_at = ?, ended_by = ? WHERE staff_id = ? AND ended_at IS NULL',
    ctx.now(),
    actorName(ctx.actor),
    member.id,
  );
  await writeDecision(ctx, {
    rows: [endFactor, endPasskeys({ kind: 'staff', id: member.id }), endSessions('staff', member.id, null)],
    audit: { kind: 'staff.factor-reset', subjectKind: 'staff', subjectId: member.id },
  });
}

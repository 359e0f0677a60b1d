import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { recordAct } from '../../audit/record-act.ts';
import { actorName, type Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { emailOfKnown } from '../../platform/input.ts';
import { parseInput } from '../../platform/parse-input.ts';
import { endSessions } from '../../sign-in/session-statements.ts';
import { assertOwner } from '../assert-owner.ts';
import { findStaffByEmail } from '../queries.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * The way back for who lost their second factor and the codes on paper: it counts no longer, their sessions end, and the
 * next sign-in sets up another.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function resetFactor(ctx: Context, given: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const asked = parseInput(input, given);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email: asked.email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  await ctx.db.write([
    statement(
      'UPDATE staff_factors SET ended_at = ?, ended_by = ? WHERE staff_id = ? AND ended_at IS NULL',
      ctx.now(),
      actorName(ctx.actor),
      member.id,
    ),
    endSessions('staff', member.id, null),
    recordAct(ctx, { act: 'staff.factor-reset', subjectKind: 'staff', subjectId: member.id }),
  ]);
}

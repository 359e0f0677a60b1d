import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { endSessions } from '../sign-in/end-sessions.ts';
import { endPasskeys } from '../sign-in/passkeys/passkey-rows.ts';
import { endLinks } from './add-staff.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './find-staff.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * Shuts a member out: sessions end at once, links that are still open no longer work.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function disableStaff(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const { email } = parseInput(input, typed);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  assertOthers(ctx, member.id);
  const { id } = member;
  const now = ctx.now();
  await writeDecision(ctx, {
    rows: [
      statement('UPDATE staff SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?', now, id),
      endSessions('staff', id, null),
      endPasskeys({ kind: 'staff', id }),
      endLinks(id, now),
    ],
    audit: { kind: 'staff.shut-out', subjectKind: 'staff', subjectId: id },
  });
}

import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { type Context, roles } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { email } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { linkTokenOf, newChallenge, STAFF_LINK_MS } from '../sign-in/challenge.ts';
import { assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './queries.ts';

const input = z.strictObject({
  email,
  role: z.enum(roles),
  /** Sends the link by mail, too. */
  invite: z.boolean().default(false),
});

/**
 * Adds somebody to the team, or gives a member another role and a new link. The link signs in once, within 24 hours,
 * in any browser: hand it over as you would a key.
 * @throws {AppError} `validation_failed`, `forbidden`
 */
export async function addStaff(ctx: Context, given: z.input<typeof input>): Promise<{ link: string }> {
  assertOwner(ctx);
  const { email, role, invite } = parseInput(input, given);
  const now = ctx.now();
  const upsert = statement(
    `INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (email) DO UPDATE SET role = excluded.role, disabled_at = NULL`,
    newId(),
    email,
    role,
    now,
  );
  await ctx.db.write([upsert]);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  const challenge = newChallenge({
    purpose: 'staff',
    email,
    subjectId: member?.id,
    browserToken: null,
    now,
    lives_ms: STAFF_LINK_MS,
  });
  const params = { challengeId: challenge.id, role };
  const mail = queueMail({ template: 'staff_invitation', params, address: email, language: null, at: now });
  await ctx.db.write(invite ? [challenge.statement, mail] : [challenge.statement]);
  if (invite) ctx.wakeMail('now');
  const token = linkTokenOf(ctx.config.secret, challenge.id);
  return { link: `${ctx.config.publicUrl}/sign-in/link?token=${encodeURIComponent(token)}` };
}

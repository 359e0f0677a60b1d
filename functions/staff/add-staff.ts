import { z } from 'zod';
import { insertInto, statement } from '../../db/query.ts';
import { staff } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { type Context, type Role, roles } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { email } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { linkTokenOf, newChallenge, STAFF_LINK_MS } from '../sign-in/challenge.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './queries.ts';

const input = z.strictObject({
  email,
  role: z.enum(roles),
  /** Sends the link by mail, too. */
  invite: z.boolean().default(false),
});

const insertMember = insertInto(staff);

/**
 * Adds somebody to the team, or gives a member another role and a new link; older links no longer work. The link signs in
 * once, within 24 hours, in any browser: hand it over as you would a key.
 * @throws {AppError} `validation_failed`, `forbidden`
 */
export async function addStaff(ctx: Context, given: z.input<typeof input>): Promise<{ link: string }> {
  assertOwner(ctx);
  const asked = parseInput(input, given);
  try {
    return await addOnce(ctx, asked);
  } catch (error) {
    if (!isConflictOn(error, 'UNIQUE constraint failed: staff.email')) throw error;
    return addOnce(ctx, asked);
  }
}

async function addOnce(ctx: Context, asked: z.output<typeof input>): Promise<{ link: string }> {
  const { email, role, invite } = asked;
  const now = ctx.now();
  const [known] = await findStaffByEmail(ctx.db.fresh, { email });
  if (known !== undefined) assertOthers(ctx, known.id);
  const id = known?.id ?? newId();
  const challenge = newChallenge({
    purpose: 'staff',
    email,
    subjectId: id,
    browserToken: null,
    now,
    lives_ms: STAFF_LINK_MS,
  });
  const params = { challengeId: challenge.id, role };
  const mail = queueMail({ template: 'staff_invitation', params, address: email, language: null, at: now });
  await ctx.db.write([
    known === undefined
      ? insertMember({ id, email, role, createdAt: now, isByLinkOnly: false })
      : letIn(id, role),
    endLinks(id, now),
    challenge.statement,
    recordAct(ctx, {
      act: known === undefined ? 'staff.added' : 'staff.let-in',
      subjectKind: 'staff',
      subjectId: id,
      detail: { role },
    }),
    ...(invite ? [mail] : []),
  ]);
  if (invite) ctx.wakeMail('now');
  const token = linkTokenOf(ctx.config.secret, challenge.id);
  return { link: `${ctx.config.publicUrl}/sign-in/link?token=${encodeURIComponent(token)}` };
}

function letIn(id: string, role: Role): Statement {
  return statement('UPDATE staff SET role = ?, disabled_at = NULL, by_link_only = 0 WHERE id = ?', role, id);
}

/** Ends what a member might still sign in by: links handed over, and codes asked for. */
export function endLinks(id: string, now: number): Statement {
  return statement(
    "UPDATE sign_in_challenges SET consumed_at = ? WHERE purpose = 'staff' AND subject_id = ? AND consumed_at IS NULL",
    now,
    id,
  );
}

import { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { staff } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven } from '../../ground/platform/allow.ts';
import { type Context, type Role, roles } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { email } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { linkTokenOf, newChallenge, STAFF_LINK_MS } from '../sign-in/challenge.ts';
import { endPasskeys } from '../sign-in/passkeys/passkey-rows.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { endLinks } from './end-links.ts';
import { findStaffByEmail } from './find-staff.ts';
import { isProtected } from './owner-changes/change-member.ts';
import { ownerProtected } from './owner-changes/owner-protected.ts';
import { memberName } from './set-name.ts';

const input = z.strictObject({
  email,
  role: z.enum(roles),
  /** Left out, a member keeps the name they have. */
  name: memberName,
  /** Sends the link by mail, too. */
  invite: z.boolean().default(false),
});

const insertMember = insertInto(staff);

/**
 * Adds somebody to the team, or gives a member another role and a new link; older links no longer work. The link signs in
 * once, within 24 hours, in any browser: hand it over as you would a key. Who was shut out comes back without passkeys.
 * @throws {AppError} `validation_failed`, `forbidden`, `owner_protected` for another owner, whose codes it would end
 */
export async function addStaff(ctx: Context, typed: z.input<typeof input>): Promise<{ link: string }> {
  assertOwner(ctx);
  allowProven(ctx);
  const member = parseInput(input, typed);
  const contention = { subject: 'team', conflicts: ['UNIQUE constraint failed: staff.email'] };
  return retrying(ctx, contention, () => addOnce(ctx, member));
}

async function addOnce(
  ctx: Context,
  { email, role, name, invite }: z.output<typeof input>,
): Promise<{ link: string }> {
  const now = ctx.now();
  const [known] = await findStaffByEmail(ctx.db.fresh, { email });
  if (known !== undefined) assertOthers(ctx, known.id);
  if (known !== undefined && isProtected(ctx.actor, known)) throw ownerProtected();
  const id = known?.id ?? newId();
  const wasShutOut = known !== undefined && known.disabledAt !== null;
  const challenge = newChallenge({
    purpose: 'staff',
    email,
    subjectId: id,
    browserToken: null,
    now,
    lives_ms: STAFF_LINK_MS,
  });
  const params = { challengeId: challenge.id, role };
  const member =
    known === undefined
      ? insertMember({ id, email, role, name, createdAt: now, isByLinkOnly: false })
      : letIn(id, { role, name });
  await writeDecision(ctx, {
    rows: [
      member,
      endLinks(id, now),
      ...(wasShutOut ? [endPasskeys({ kind: 'staff', id })] : []),
      challenge.statement,
    ],
    letters: invite ? [{ template: 'staff_invitation', params, address: email }] : [],
    audit: {
      kind: known === undefined ? 'staff.added' : 'staff.let-in',
      subjectKind: 'staff',
      subjectId: id,
      detail: { role },
    },
  });
  if (invite) ctx.wakeMail('now');
  const token = linkTokenOf(ctx.config.secret, challenge.id);
  return { link: `${ctx.config.publicUrl}/sign-in/link?token=${encodeURIComponent(token)}` };
}

function letIn(id: string, { role, name }: { role: Role; name: string | null }): Statement {
  return statement(
    'UPDATE staff SET role = ?, name = coalesce(?, name), disabled_at = NULL, by_link_only = 0 WHERE id = ?',
    role,
    name,
    id,
  );
}

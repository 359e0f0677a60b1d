import { insertInto } from '../../../../db/query.ts';
import { ownerChanges } from '../../../../db/schema/index.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Actor, Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { assertOthers, assertOwner } from '../assert-owner.ts';
import { findStaffByEmail } from '../find-staff.ts';
import { decideChange, type MemberChange } from './acts.ts';
import { tellOwners } from './letters.ts';
import { listOpenChanges } from './queries.ts';

/** How long another owner has to agree, or any owner to stop it. */
const NOTICE_MS = DAY_MS;

/** `waits`: it concerns another owner, who was given a day's notice. */
export type ChangeOutcome = 'done' | 'waits';

const insertChange = insertInto(ownerChanges);

type Member = Awaited<ReturnType<typeof findStaffByEmail>>[number];

/** Whether a member is an owner whom the one who acts may take nothing from at once. Commands may. */
export function isProtected(actor: Actor, member: Pick<Member, 'id' | 'role' | 'disabledAt'>): boolean {
  return (
    actor.kind === 'staff' && actor.id !== member.id && member.role === 'owner' && member.disabledAt === null
  );
}

/** A member by email, as an owner may change them. @throws {AppError} `not_found`, `forbidden` */
export async function getMember(ctx: Context, email: string): Promise<Member> {
  assertOwner(ctx);
  allowProven(ctx);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  return member;
}

/**
 * Takes something away from a member: at once, or from another owner after a day's notice, of which all owners are told
 * and which any of them can stop. Asked for twice it is one notice.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function changeMember(
  ctx: Context,
  { email, change }: { email: string; change: MemberChange },
): Promise<ChangeOutcome> {
  const member = await getMember(ctx, email);
  if (change.act !== 'sign-out' && change.act !== 'factor') assertOthers(ctx, member.id);
  if (ctx.actor.kind !== 'staff' || !isProtected(ctx.actor, member)) {
    await writeDecision(ctx, decideChange(ctx, member, change));
    return 'done';
  }
  const role = change.role ?? null;
  const open = await listOpenChanges(ctx.db.fresh);
  const isAsked = open.some(
    (one) => one.staffId === member.id && one.act === change.act && one.role === role,
  );
  if (isAsked) return 'waits';
  const now = ctx.now();
  const dueAt = now + NOTICE_MS;
  const row = {
    id: newId(),
    staffId: member.id,
    act: change.act,
    role,
    askedBy: ctx.actor.id,
    askedAt: now,
    dueAt,
  };
  await writeDecision(ctx, {
    rows: [insertChange(row)],
    letters: await tellOwners(ctx, { change: row, member, outcome: 'asked' }),
    audit: {
      kind: 'owner-change.asked',
      subjectKind: 'staff',
      subjectId: member.id,
      detail: { change: change.act, ...(role === null ? {} : { to: role }) },
    },
  });
  ctx.wakeMail('now');
  return 'waits';
}

import { insertInto, statement } from '../../db/query.ts';
import { membershipEvents } from '../../db/schema/index.ts';
import type { Statement } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { actorName, type Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';

const insertEvent = insertInto(membershipEvents);

interface Person {
  accountId: string;
  customerId: string;
}

/** Somebody belongs to an account from now on, again or for the first time. */
export function addMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  person: Person & { role: 'member' | 'manager'; mayRedeem: boolean },
): Statement[] {
  const { accountId, customerId, role, mayRedeem } = person;
  return [
    statement(
      `INSERT INTO memberships (account_id, customer_id, since, role, may_redeem) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET until = NULL, role = excluded.role, may_redeem = excluded.may_redeem,
       since = CASE WHEN until IS NULL THEN since ELSE excluded.since END`,
      accountId,
      customerId,
      ctx.now(),
      role,
      mayRedeem ? 1 : 0,
    ),
    eventOf(ctx, 'joined', person),
    ...actOf(ctx, 'person.added', person),
  ];
}

/** What somebody may do in an account from now on. */
export function changeMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  person: Person & { role: 'member' | 'manager'; mayRedeem: boolean },
): Statement[] {
  const { accountId, customerId, role, mayRedeem } = person;
  return [
    statement(
      'UPDATE memberships SET role = ?, may_redeem = ? WHERE account_id = ? AND customer_id = ?',
      role,
      mayRedeem ? 1 : 0,
      accountId,
      customerId,
    ),
    eventOf(ctx, 'changed', person),
    ...actOf(ctx, 'person.changed', person),
  ];
}

/** Somebody belongs to an account no longer. */
export function endMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  kind: 'removed' | 'left',
  person: Person,
): Statement[] {
  const { accountId, customerId } = person;
  return [
    statement(
      'UPDATE memberships SET until = ?, role = NULL, may_redeem = NULL WHERE account_id = ? AND customer_id = ?',
      ctx.now(),
      accountId,
      customerId,
    ),
    eventOf(ctx, kind, person),
    ...actOf(ctx, 'person.removed', person),
  ];
}

function eventOf(
  ctx: Pick<Context, 'actor' | 'now'>,
  kind: (typeof membershipEvents.$inferInsert)['kind'],
  person: Person & { role?: 'member' | 'manager'; mayRedeem?: boolean },
): Statement {
  const { accountId, customerId, role = null, mayRedeem = null } = person;
  const actor = actorName(ctx.actor);
  return insertEvent({ id: newId(), accountId, customerId, kind, role, mayRedeem, at: ctx.now(), actor });
}

/** Staff and keys are written down; what members do stands in the account's history. */
function actOf(ctx: Pick<Context, 'actor' | 'now'>, act: string, { accountId, customerId }: Person) {
  if (ctx.actor.kind === 'customer') return [];
  return [recordAct(ctx, { act, subjectKind: 'account', subjectId: accountId, detail: { customerId } })];
}

import { insertInto, statement } from '../../../db/query.ts';
import { membershipEvents } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { AuditKind } from '../../ground/audit/audit-kind.ts';
import type { AuditLine } from '../../ground/audit/insert-audit-line.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';

const insertEvent = insertInto(membershipEvents);

interface Person {
  accountId: string;
  customerId: string;
}

/** Somebody belongs to an account from now on, again or for the first time. */
export function addMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  person: Person & { role: 'member' | 'manager'; mayRedeem: boolean },
): Decision {
  const { accountId, customerId, role, mayRedeem } = person;
  const row = statement(
    `INSERT INTO memberships (account_id, customer_id, since, role, may_redeem) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET until = NULL, role = excluded.role, may_redeem = excluded.may_redeem,
       since = CASE WHEN until IS NULL THEN since ELSE excluded.since END`,
    accountId,
    customerId,
    ctx.now(),
    role,
    mayRedeem ? 1 : 0,
  );
  return { rows: [row, eventRow(ctx, 'joined', person)], audit: auditLine(ctx, 'person.added', person) };
}

/** What somebody may do in an account from now on. */
export function changeMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  person: Person & { role: 'member' | 'manager'; mayRedeem: boolean },
): Decision {
  const { accountId, customerId, role, mayRedeem } = person;
  const row = statement(
    'UPDATE memberships SET role = ?, may_redeem = ? WHERE account_id = ? AND customer_id = ?',
    role,
    mayRedeem ? 1 : 0,
    accountId,
    customerId,
  );
  return { rows: [row, eventRow(ctx, 'changed', person)], audit: auditLine(ctx, 'person.changed', person) };
}

/** Somebody belongs to an account no longer. */
export function endMember(
  ctx: Pick<Context, 'actor' | 'now'>,
  kind: 'removed' | 'left',
  person: Person,
): Decision {
  const { accountId, customerId } = person;
  const row = statement(
    'UPDATE memberships SET until = ?, role = NULL, may_redeem = NULL WHERE account_id = ? AND customer_id = ?',
    ctx.now(),
    accountId,
    customerId,
  );
  return { rows: [row, eventRow(ctx, kind, person)], audit: auditLine(ctx, 'person.removed', person) };
}

function eventRow(
  ctx: Pick<Context, 'actor' | 'now'>,
  kind: (typeof membershipEvents.$inferInsert)['kind'],
  person: Person & { role?: 'member' | 'manager'; mayRedeem?: boolean },
): Statement {
  const { accountId, customerId, role = null, mayRedeem = null } = person;
  const actor = actorName(ctx.actor);
  return insertEvent({ id: newId(), accountId, customerId, kind, role, mayRedeem, at: ctx.now(), actor });
}

/** Staff and keys are written down; what members do stands in the account's history. */
function auditLine(
  ctx: Pick<Context, 'actor'>,
  kind: AuditKind,
  { accountId, customerId }: Person,
): AuditLine | null {
  if (ctx.actor.kind === 'customer') return null;
  return { kind, subjectKind: 'account', subjectId: accountId, detail: { customerId } };
}

import { and, eq, isNull, sql } from 'drizzle-orm';
import { ask, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { accounts } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { SEGMENT_FIELD } from './check-rules.ts';
import { holdsFor, otherwiseOf } from './compare.ts';
import { type AskedBase, compileRule, type SegmentWorld, sourceOf } from './compile.ts';
import {
  isGroup,
  type SegmentGroup,
  type SegmentNode,
  type SegmentRule,
  type SingleValue,
} from './definition.ts';
import { openBase } from './evaluate.ts';
import { loadWorld } from './load-world.ts';
import { allowMembers } from './may-ask.ts';

/** One rule of a segment about one account: whether it holds, and by which values. */
export interface RuleExplained {
  rule: SegmentRule;
  holds: boolean;
  /** What is known: of people one for each; null where nothing is. Empty where nobody is asked, and of other segments. */
  values: (SingleValue | null)[];
}
export interface GroupExplained {
  combinator: SegmentGroup['combinator'];
  not: boolean;
  holds: boolean;
  rules: NodeExplained[];
}
export type NodeExplained = RuleExplained | GroupExplained;

export const isGroupExplained = (node: NodeExplained): node is GroupExplained => 'rules' in node;

/**
 * Why a root account is in a segment, or is not, rule by rule with its values, as of now. Who is not counted yet is in none.
 * @throws {AppError} `not_found`, `forbidden`, also where the segment asks what is kept from the actor
 */
export async function explainMember(
  ctx: Context,
  { id, accountId }: { id: string; accountId: string },
): Promise<GroupExplained> {
  allow(ctx.actor, 'segments:read');
  allow(ctx.actor, 'customers:read');
  const world = await loadWorld(ctx);
  const group = world.segments.get(id);
  if (group === undefined) throw new AppError('not_found', 'There is no such segment.');
  allowMembers(ctx.actor, group, world);
  const account = await findAccount(ctx.db, { accountId });
  if (account === null) throw new AppError('not_found', 'There is no such account.');
  const base = await openBase(ctx, { ids: [accountId] });
  const explained = await explainNode(group, { db: ctx.db, world, base, accountId });
  assert(isGroupExplained(explained), 'a group is explained as one');
  return account.isCounted ? explained : { ...explained, holds: false };
}

/** A root account in use. */
const findAccount = queryOne((db) =>
  db
    .select({
      isCounted: sql<boolean>`EXISTS (SELECT 1 FROM account_facts WHERE account_id = ${accounts.id})`.mapWith(
        readFlag,
      ),
    })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, sql.placeholder('accountId')),
        eq(accounts.rootId, accounts.id),
        isNull(accounts.withdrawnAt),
      ),
    ),
);

interface About {
  db: Store;
  world: SegmentWorld;
  base: AskedBase;
  accountId: string;
}

async function explainNode(node: SegmentNode, about: About): Promise<NodeExplained> {
  if (!isGroup(node)) return explainRule(node, about);
  const rules = await Promise.all(node.rules.map((inner) => explainNode(inner, about)));
  const { combinator, not } = node;
  const all = combinator === 'and' ? rules.every(({ holds }) => holds) : rules.some(({ holds }) => holds);
  return { combinator, not, holds: all !== not, rules };
}

async function explainRule(rule: SegmentRule, about: About): Promise<RuleExplained> {
  const field = about.world.fields.get(rule.field);
  if (rule.field === SEGMENT_FIELD) return { rule, holds: await holdsInSql(rule, about), values: [] };
  if (field === undefined) return { rule, holds: false, values: [] };
  const source = await sourceOf(field, rule, about.base);
  const found = 'rows' in source ? await rowsOf(about, source.rows) : await valuesOf(about, source.value);
  const known = found.map((value) => toTerms(value, field));
  const values = known.length > 0 || field.isOfPeople ? known : [otherwiseOf(field)];
  const holds =
    found.length < VALUES_MAX ? values.some((value) => holdsFor(value, rule)) : await holdsInSql(rule, about);
  return { rule, holds, values };
}

async function holdsInSql(rule: SegmentRule, about: About): Promise<boolean> {
  const { condition } = await compileRule(rule, about.world, about.base);
  return (await valuesOf(about, condition)).some((value) => Number(value) === 1);
}

type Stored = string | number | bigint | null;

async function valuesOf({ db, accountId }: About, value: ReturnType<typeof sql>): Promise<Stored[]> {
  const rows = await ask(db, (query) =>
    query
      .select({ value: sql<Stored>`${value}` })
      .from(sql`account_facts AS f CROSS JOIN accounts AS a ON a.id = f.account_id`)
      .where(sql`f.account_id = ${accountId}`),
  );
  return rows.map((row) => row.value);
}

async function rowsOf({ db, accountId }: About, rows: ReturnType<typeof sql>): Promise<Stored[]> {
  const found = await ask(db, (query) =>
    query
      .select({ value: sql<Stored>`v.value` })
      .from(sql`(${rows}) AS v`)
      .where(sql`v.root_id = ${accountId}`)
      .limit(VALUES_MAX),
  );
  return found.map(({ value }) => value);
}

/** Of people of one account, to be told; of more people the statement itself says whether the rule holds. */
const VALUES_MAX = 200;

/** A value of the database in the terms of rules. */
function toTerms(value: Stored, field: SegmentField): SingleValue | null {
  if (value === null) return otherwiseOf(field);
  switch (field.kind) {
    case 'flag':
      return Number(value) === 1;
    case 'half_days':
      return Number(value) / 2;
    case 'text':
    case 'choice':
    case 'day':
      return String(value);
    default:
      return Number(value);
  }
}

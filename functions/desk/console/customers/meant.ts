import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import type { FoundByText } from '../../../ground/platform/search-words.ts';
import { type Business, getBusiness } from '../../../money/business/business.ts';
import { findOwnText } from '../../../people/own-fields/find-own-text.ts';
import { listOwnFields } from '../../../people/own-fields/list-own-fields.ts';
import type { OwnField } from '../../../people/own-fields/own-field.ts';
import { spellings } from '../../portal/search-text.ts';
import { findCustomerIds } from '../find-customers.ts';
import type { CustomerFilter, CustomerOrder } from './customer-filter.ts';
import { type CustomersAsked, readFilter } from './read-filter.ts';

/** So many are looked at that a text, a company or an own field of text finds. */
const FOUND_MAX = 1000;

/** What staff asked for, read and with its texts looked up. */
export interface MeantCustomers {
  filter: CustomerFilter;
  order: CustomerOrder;
  /** More was found by a text than is looked at. */
  isCut: boolean;
  business: Business;
  /** None for who is told no more than names. */
  fields: readonly OwnField[];
  isPrivate: boolean;
}

/** @throws {AppError} `validation_failed`, `unauthenticated`, `forbidden` */
export async function readMeant(ctx: Context, asked: CustomersAsked): Promise<MeantCustomers> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const isPrivate = mayReadPrivate(ctx.actor);
  const readerId = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  const [business, fields] = await Promise.all([getBusiness(ctx), isPrivate ? listOwnFields(ctx.db) : []]);
  const { filter, order, text, company, ownText } = readFilter(asked, { business, fields, readerId });
  const lists = await Promise.all([
    text === '' ? null : findCustomerIds(ctx.db, { text, limit: FOUND_MAX, isPrivate }),
    company === '' ? null : findPeopleOf(ctx.db, company),
    ownText === null ? null : findOwnText(ctx.db, { ...ownText, limit: FOUND_MAX }),
  ]);
  const found = lists.filter((list) => list !== null);
  const ids = found.length === 0 ? null : found.map((list) => list.ids).reduce(intersect);
  return {
    filter: { ...filter, ids },
    ...{ order, isCut: found.some(({ isCut }) => isCut), business, fields, isPrivate },
  };
}

function intersect(left: readonly string[], right: readonly string[]): string[] {
  const wanted = new Set(right);
  return left.filter((id) => wanted.has(id));
}

/** Who belongs to a company, household or department whose name begins so. */
async function findPeopleOf(db: Store, name: string): Promise<FoundByText> {
  const named = (kind: 'shared' | 'department') =>
    `SELECT * FROM (SELECT a.id, a.root_id, a.kind FROM json_each(?1) AS start CROSS JOIN accounts AS a
       WHERE a.kind = '${kind}' AND a.name >= start.value AND a.name < start.value || char(1114111) LIMIT ?2)`;
  const [start, max] = [JSON.stringify(spellings(name)), FOUND_MAX + 1];
  const [accounts, people] = await Promise.all([
    db.read(statement(`${named('shared')} UNION ${named('department')}`, start, max)),
    db.read(
      statement(
        `WITH named(id, root_id, kind) AS (${named('shared')} UNION ${named('department')}),
           places(id) AS (SELECT id FROM named UNION
             SELECT a.id FROM named JOIN accounts AS a ON a.root_id = named.id WHERE named.kind = 'shared')
         SELECT DISTINCT m.customer_id FROM places CROSS JOIN memberships AS m ON m.account_id = places.id
         WHERE m.until IS NULL LIMIT ?2`,
        ...[start, max],
      ),
    ),
  ]);
  const isOf = (wanted: string) => accounts.filter(([, , kind]) => kind === wanted).length > FOUND_MAX;
  const ids = people.map(([id]) => String(id));
  return {
    ids: ids.slice(0, FOUND_MAX),
    isCut: ids.length > FOUND_MAX || isOf('shared') || isOf('department'),
  };
}

import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { findReferralOfFriend } from '../../../circle/referrals/find-referral-of-friend.ts';
import { listCustomerReferrals } from '../../../circle/referrals/list-customer-referrals.ts';
import type { ReferralState } from '../../../circle/referrals/state.ts';
import type { Context } from '../../../ground/platform/context.ts';
import type { Place } from '../../../money/accounts/places.ts';
import { clubSpansOf } from '../../../money/accounts/root.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { type PersonView, peopleOf } from '../../../people/households/get-people.ts';
import { listMemberships } from '../../../people/households/list-memberships.ts';
import { findProfile, listConsentRows } from '../../../people/joining/find-profile.ts';
import { type ProfileQuestion, questions } from '../../../people/joining/questions.ts';
import { type FilledField, getOwnFieldsOf } from '../../../people/own-fields/get-own-fields.ts';
import { type CustomerAsked, type CustomerHead, findHead } from './find-head.ts';

/** Who a customer is, whom they belong to and brought, and what they agreed to. */
export interface CustomerAbout {
  head: CustomerHead;
  /** None to analysts, as the answers. */
  own: FilledField[];
  answers: { question: ProfileQuestion; answer: string; at: number }[];
  consents: Awaited<ReturnType<typeof listConsentRows>>;
  /** When the account was in the club; the last of them may have no end. */
  club: { since: number; until: number | null }[];
  /** Of a company or household. */
  shared: {
    people: (PersonView & { spendMinor: bigint })[];
    departments: { name: string; spendMinor: bigint }[];
  } | null;
  /** Whom they recommended, the newest first. */
  referrals: { id: string; friend: PersonLink; state: ReferralState; toldAt: number }[];
  /** Who recommended us to them. */
  cameBy: { id: string; referrer: PersonLink; state: ReferralState } | null;
  currency: string | null;
}

export interface PersonLink {
  id: string;
  /** Their name or address; empty where there is neither. */
  name: string;
}

/** @throws {AppError} `not_found`, `unauthenticated`, `forbidden` */
export async function getAbout(ctx: Context, asked: CustomerAsked): Promise<CustomerAbout> {
  const { head, place, isPrivate } = await findHead(ctx, asked);
  const { customerId } = asked;
  const { db } = ctx;
  const { currency } = await getBusiness(ctx);
  const [own, profile, consents, shared, { items }, came] = await Promise.all([
    getOwnFieldsOf(ctx, customerId),
    isPrivate ? findProfile(db, { customerId, now: ctx.now() }) : null,
    listConsentRows(db, { customerId }),
    place.name === null ? null : sharedOf(db, place, currency ?? ''),
    listCustomerReferrals(ctx, { customerId }),
    findReferralOfFriend(db, { friendId: customerId }),
  ]);
  const people = [...items.map((one) => one.customerId), ...(came === null ? [] : [came.referrerId])];
  const nameOf = await namesOf(db, people);
  return {
    head,
    own,
    answers: questions.flatMap((question) => {
      const found = profile?.answers.find((one) => one.question === question);
      return found === undefined || found.answer === null
        ? []
        : [{ question, answer: found.answer, at: found.at }];
    }),
    consents,
    club: clubSpansOf(place.clubSpans),
    shared,
    referrals: items.map(({ id, customerId: friendId, state, toldAt }) => ({
      ...{ id, friend: nameOf(friendId), state },
      toldAt: Date.parse(toldAt),
    })),
    cameBy: came === null ? null : { id: came.id, referrer: nameOf(came.referrerId), state: came.state },
    currency,
  };
}

async function sharedOf(
  db: Store,
  { rootId }: Place,
  currency: string,
): Promise<NonNullable<CustomerAbout['shared']>> {
  const [members, rows, departments] = await Promise.all([
    listMemberships(db, { rootId }),
    db.read(
      statement(
        `SELECT customer_id, account_id, CAST(sum(total_minor - discount_minor - refunded_minor) AS TEXT)
         FROM orders INDEXED BY orders_root_placed
         WHERE root_id = ? AND currency = ? AND is_cancelled = 0 GROUP BY customer_id, account_id`,
        rootId,
        currency,
      ),
    ),
    db.read(
      statement(
        `SELECT id, name FROM accounts WHERE root_id = ? AND kind = 'department' AND withdrawn_at IS NULL ORDER BY name`,
        rootId,
      ),
    ),
  ]);
  const spends = rows.map(([customerId, accountId, sum]) => ({
    customerId: String(customerId),
    accountId: String(accountId),
    minor: BigInt(String(sum ?? '0')),
  }));
  const sumOf = (isMeant: (one: (typeof spends)[number]) => boolean) =>
    spends.reduce((sum, one) => (isMeant(one) ? sum + one.minor : sum), 0n);
  return {
    people: peopleOf(rootId, members, { readerId: null, seesEmails: true }).map((person) => ({
      ...person,
      spendMinor: sumOf(({ customerId }) => customerId === person.customerId),
    })),
    departments: departments.map(([id, name]) => ({
      name: String(name),
      spendMinor: sumOf(({ accountId }) => accountId === String(id)),
    })),
  };
}

async function namesOf(db: Store, ids: readonly string[]): Promise<(id: string) => PersonLink> {
  const rows =
    ids.length === 0
      ? []
      : await db.read(
          statement(
            `SELECT id, coalesce(name, email, '') FROM customers WHERE id IN (SELECT value FROM json_each(?))`,
            JSON.stringify(ids),
          ),
        );
  const names = new Map(rows.map(([id, name]) => [String(id), String(name)]));
  return (id) => ({ id, name: names.get(id) ?? '' });
}

import type { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { customerKeys, customers, memberships, profileAnswers } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { locales } from '../../../languages/built.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { hashOf, newCode, newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { insertAccount } from '../../money/accounts/open-account.ts';
import { getBusiness } from '../../money/business/business.ts';
import { recordConsent } from '../joining/record-consent.ts';
import { birthdayParts, type CustomerDetails, readDetails } from './customer-fields.ts';
import { findByEmailKept, findPersonalAccount, findSubjectOfAct } from './queries.ts';
import { addCustomerInput } from './schema.ts';

/** The source of the keys that staff's customers without an address are known by. */
const DESK_SOURCE = 'console';

/** Who was added; `key` is what they are known by where there is no email. */
export interface AddedCustomer {
  customerId: string;
  key: { source: string; key: string } | null;
}

const insertCustomer = insertInto(customers);
const insertKey = insertInto(customerKeys);
const insertMembership = insertInto(memberships);
const insertAnswer = insertInto(
  profileAnswers,
  'ON CONFLICT DO UPDATE SET answer = excluded.answer, at = excluded.at',
);

/**
 * Adds a customer whom nobody has told of yet, unclaimed, with an account of their own: what a row of the customers CSV
 * would make. Who has no email is known by a key of the source `console`. `formKey` is made with a form: sent twice, it is
 * one customer.
 * @throws {AppError} `validation_failed` by the fields' names (`email`: `email_taken`), `forbidden`
 */
export async function addCustomer(
  ctx: Context,
  typed: z.input<typeof addCustomerInput>,
  { formKey, alongside }: Alongside<AddedCustomer> & { formKey?: string } = {},
): Promise<AddedCustomer> {
  allow(ctx.actor, 'customers:write');
  const { news, ...told } = parseInput(addCustomerInput, typed);
  const details = { ...nothing, ...readDetails(told) };
  if (details.email === null && details.name === null && details.phone === null)
    throw wrongField('name', 'required', 'is required, or an email or a phone number');
  const before = formKey === undefined ? null : await addedBefore(ctx, formKey);
  if (before !== null) return before;
  const known = await findKnown(ctx, details.email);
  const [customerId, accountId] = [known?.customerId ?? newId(), known?.accountId ?? newId()];
  const key = details.email === null ? { source: DESK_SOURCE, key: newCode(2) } : null;
  const added = { customerId, key };
  const people = { customerId, accountId, details, isBack: known !== null };
  const { revision, identity } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const by = { now: ctx.now(), actor: actorName(ctx.actor) };
  try {
    await writeDecision(ctx, {
      rows: [
        ...openRows(people, { ...by, revision, hasAccount: known?.accountId != null }),
        ...(key === null ? [] : [insertKey({ ...key, customerId, since: by.now })]),
        ...(news ? newsRows(customerId, news, { ...by, language: identity.languages[0] }) : []),
      ],
      histories: [{ rootId: accountId, kind: 'customer_added', detail: { customerId } }],
      audit: {
        ...(formKey === undefined ? {} : { id: formKey }),
        kind: 'customer.added',
        subjectKind: 'customer',
        subjectId: customerId,
        detail: { fields: namesOf(details) },
      },
      beside: alongside?.(added, 201) ?? [],
    });
  } catch (error) {
    if (isConflictOn(error, 'customers.email')) throw emailTaken();
    const meanwhile =
      formKey !== undefined && isConflictOn(error, 'audit_log') ? await addedBefore(ctx, formKey) : null;
    if (meanwhile === null) throw error;
    return meanwhile;
  }
  return added;
}

const nothing: CustomerDetails = {
  ...{ email: null, name: null, phone: null, address: null, birthday: null, language: null },
};

export const emailTaken = () => wrongField('email', 'email_taken', 'is the address of another customer');

const namesOf = (details: CustomerDetails) =>
  Object.entries(details)
    .flatMap(([name, value]) => (value === null ? [] : [name]))
    .join(', ');

/** Who was withdrawn with an import comes back with the address; whoever else has it, or had it, is another customer. */
async function findKnown({ db }: Context, email: string | null) {
  if (email === null) return null;
  const [kept] = await findByEmailKept(db.fresh, { email });
  if (kept === undefined) return null;
  if (kept.withdrawnAt === null || kept.email !== email) throw emailTaken();
  const [account] = await findPersonalAccount(db.fresh, { customerId: kept.id });
  return { customerId: kept.id, accountId: account?.id ?? null };
}

async function addedBefore({ db }: Context, formKey: string): Promise<AddedCustomer | null> {
  const [act] = await findSubjectOfAct(db.fresh, { id: formKey, kind: 'customer.added' });
  return act === undefined ? null : { customerId: act.subjectId, key: null };
}

function openRows(
  {
    customerId,
    accountId,
    details: { birthday, ...details },
    isBack,
  }: { customerId: string; accountId: string; details: CustomerDetails; isBack: boolean },
  { now, revision, hasAccount }: { now: number; revision: number; hasAccount: boolean },
): Statement[] {
  const { year, day } = birthdayParts(birthday);
  const { email, name, phone, address, language } = details;
  const person = isBack
    ? statement(
        `UPDATE customers SET name = ?, phone = ?, address = ?, birth_year = ?, language = ?, withdrawn_at = NULL
         WHERE id = ?`,
        ...[name, phone, address, year, language, customerId],
      )
    : insertCustomer({
        id: customerId,
        email,
        name,
        phone,
        address,
        birthYear: year,
        language,
        createdAt: now,
      });
  const home = hasAccount
    ? [statement('UPDATE accounts SET withdrawn_at = NULL WHERE id = ?', accountId)]
    : [
        insertAccount({ id: accountId, kind: 'personal', name: '', ownerId: customerId }, { revision, now }),
        insertMembership({ accountId, customerId, since: now }),
      ];
  const answer =
    day === null ? [] : [insertAnswer({ customerId, question: 'birthday', answer: day, at: now })];
  return [person, ...home, ...answer];
}

/** The wording that was agreed to is not known; where it was is kept in its place. */
function newsRows(
  customerId: string,
  news: { wanted: boolean; source: string },
  { now, actor, language }: { now: number; actor: string; language: string },
): Statement[] {
  const text = {
    ...({ kind: 'news', text: news.source, version: hashOf(`news staff ${news.source}`) } as const),
    language: locales.find((locale) => locale === language) ?? locales[0],
  };
  return recordConsent({ customerId, text, isGiven: news.wanted, source: 'staff', at: now, actor });
}

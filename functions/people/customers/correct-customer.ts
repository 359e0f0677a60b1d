import type { z } from 'zod';
import { insertInto, statement } from '../../../db/query.ts';
import { profileAnswers } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { emailTaken } from './add-customer.ts';
import {
  birthdayParts,
  type CustomerDetails,
  type CustomerField,
  customerFields,
  readDetails,
} from './customer-fields.ts';
import { findByEmailKept, findDetailsOf } from './queries.ts';
import { correctCustomerInput } from './schema.ts';

const saveAnswer = insertInto(
  profileAnswers,
  'ON CONFLICT DO UPDATE SET answer = excluded.answer, at = excluded.at',
);

/** Which fields of a customer were changed. */
export interface CorrectedCustomer {
  customerId: string;
  fields: CustomerField[];
}

/** What is kept of a customer, and whether they alone may change their email. */
export interface KeptDetails extends CustomerDetails {
  customerId: string;
  isEmailTheirs: boolean;
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getDetails(ctx: Context, { customerId }: { customerId: string }): Promise<KeptDetails> {
  allow(ctx.actor, 'customers:write');
  const [row] = await findDetailsOf(ctx.db.fresh, { customerId });
  if (row === undefined) throw notFound();
  const { birthYear, day, isEmailTheirs, ...rest } = row;
  const birthday = day === null ? null : birthYear === null ? `--${day}` : `${birthYear}-${day}`;
  return { ...rest, customerId, birthday, isEmailTheirs };
}

/**
 * Corrects what is kept of a customer; null and an empty text empty a field, and what is not named stays. The email of
 * who has joined, or had, is theirs alone to change, by proving the new one: by it they come in.
 * @throws {AppError} `validation_failed` by the fields' names (`email`: `email_theirs`, `email_taken`), `not_found`,
 *   `forbidden`
 */
export async function correctCustomer(
  ctx: Context,
  { customerId, ...typed }: { customerId: string } & z.input<typeof correctCustomerInput>,
  options: Alongside<CorrectedCustomer> = {},
): Promise<CorrectedCustomer> {
  allow(ctx.actor, 'customers:write');
  const told = readDetails(parseInput(correctCustomerInput, typed));
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) throw notFound();
  try {
    return await writeHistory(ctx, place.rootId, async (seen) => {
      const kept = await getDetails(seen, { customerId });
      const fields = customerFields.filter(
        (field) => told[field] !== undefined && told[field] !== kept[field],
      );
      const after = { ...kept, ...told };
      await assertAllowed(seen, { kept, after, fields });
      const result = { customerId, fields };
      const beside = options.alongside?.(result, 200) ?? [];
      if (fields.length === 0 && beside.length === 0) return { ...unchanged, result };
      return {
        history: { kind: 'customer_corrected', detail: { customerId, fields } },
        rows: [
          ...fieldRows(after, fields),
          ...(fields.includes('email') ? emailRows(kept, after.email, seen.now()) : []),
          ...(fields.includes('birthday') ? birthdayRows(after, ctx.now()) : []),
        ],
        audit: {
          kind: 'customer.corrected',
          subjectKind: 'customer',
          subjectId: customerId,
          detail: { fields: fields.join(', ') },
        },
        beside,
        result,
      };
    });
  } catch (error) {
    if (isConflictOn(error, 'customers.email')) throw emailTaken();
    throw error;
  }
}

const notFound = () => new AppError('not_found', 'There is no such customer.');

async function assertAllowed(
  { db }: Context,
  { kept, after, fields }: { kept: KeptDetails; after: CustomerDetails; fields: readonly CustomerField[] },
): Promise<void> {
  if (after.email === null && after.name === null && after.phone === null)
    throw wrongField('name', 'required', 'is required, or an email or a phone number');
  if (!fields.includes('email')) return;
  if (kept.isEmailTheirs)
    throw wrongField('email', 'email_theirs', 'can be changed by the customer alone, in their settings');
  if (after.email === null) {
    if (kept.email === null) return;
    throw wrongField('email', 'required', 'stays once it is known; another may take its place');
  }
  const [other] = await findByEmailKept(db.fresh, { email: after.email });
  if (other !== undefined && other.id !== kept.customerId) throw emailTaken();
}

function fieldRows(after: KeptDetails, fields: readonly CustomerField[]): Statement[] {
  const set = fields.filter((field) => field !== 'birthday');
  if (set.length === 0) return [];
  const columns = set.map((field) => `${field} = ?`).join(', ');
  return [
    statement(
      `UPDATE customers SET ${columns} WHERE id = ?`,
      ...set.map((field) => after[field]),
      after.customerId,
    ),
    ...(set.includes('language')
      ? [
          statement(
            "UPDATE profile_answers SET answer = ? WHERE customer_id = ? AND question = 'language'",
            after.language,
            after.customerId,
          ),
        ]
      : []),
  ];
}

/** Orders that still carry the address before find who had it. */
function emailRows(
  { customerId, email: before }: KeptDetails,
  email: string | null,
  now: number,
): Statement[] {
  const former = statement('DELETE FROM former_emails WHERE email = ? AND merge_id IS NULL', email);
  if (before === null) return [former];
  const keep = statement(
    `INSERT INTO former_emails (email, customer_id, until) VALUES (?, ?, ?)
     ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id, until = excluded.until`,
    before,
    customerId,
    now,
  );
  return [former, keep];
}

function birthdayRows({ customerId, birthday }: KeptDetails, now: number): Statement[] {
  const { year, day } = birthdayParts(birthday);
  return [
    statement('UPDATE customers SET birth_year = ? WHERE id = ?', year, customerId),
    day === null
      ? statement("DELETE FROM profile_answers WHERE customer_id = ? AND question = 'birthday'", customerId)
      : saveAnswer({ customerId, question: 'birthday', answer: day, at: now }),
  ];
}

import { findAlike } from '../functions/desk/console/customers/find-alike.ts';
import type { FoundCustomer } from '../functions/desk/console/types.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { addCustomer } from '../functions/people/customers/add-customer.ts';
import { correctCustomer } from '../functions/people/customers/correct-customer.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

/** What came of the form of a new customer: added, like somebody we have, or wrong in some fields. */
export type NewCustomerOutcome =
  | { customerId: string }
  | { alike: readonly FoundCustomer[] }
  | { errors: readonly FormError[]; alike: readonly FoundCustomer[] };

type Fields = ReadonlyMap<string, string>;

const detailsIn = (fields: Fields) => {
  const value = (name: string) => fields.get(name) ?? '';
  return {
    ...{ email: value('email'), name: value('name'), phone: value('phone') },
    ...{ address: value('address'), birthday: value('birthday'), language: value('language') },
  };
};

/** Adds a customer; who may be there already is shown first. @throws what no field can mend */
export async function postNewCustomer(
  ctx: Context,
  t: Messages,
  fields: Fields,
): Promise<NewCustomerOutcome> {
  const details = detailsIn(fields);
  const alike = fields.get('sure') === 'yes' ? [] : await findAlike(ctx, details);
  const isTaken = alike.some(({ email }) => email !== null && email === details.email.trim().toLowerCase());
  if (alike.length > 0 && !isTaken) return { alike };
  const news = fields.get('news') ?? '';
  const source = (fields.get('newsSource') ?? '').trim();
  const formKey = /^[0-9a-f]{32}$/.exec(fields.get('key') ?? '')?.[0];
  const done = await attempt(
    addCustomer(
      ctx,
      { ...details, news: news === '' ? null : { wanted: news === 'yes', source } },
      formKey === undefined ? {} : { formKey },
    ),
    { validation_failed: null },
  );
  if (done.ok) return { customerId: done.output.customerId };
  return { errors: fieldErrors(t, done.errors, customerRules(t)), alike };
}

/** Corrects a customer; the wrong fields, or none. @throws what no field can mend */
export async function postDetails(
  ctx: Context,
  t: Messages,
  { customerId, fields }: { customerId: string; fields: Fields },
): Promise<readonly FormError[]> {
  const { email, ...others } = detailsIn(fields);
  const told = fields.has('email') ? { email, ...others } : others;
  const done = await attempt(correctCustomer(ctx, { customerId, ...told }), { validation_failed: null });
  return done.ok ? [] : fieldErrors(t, done.errors, customerRules(t));
}

function customerRules(t: Messages): Record<string, FieldRule> {
  return {
    email: {
      field: 'email',
      label: t.customer_field_email(),
      rule: t.orders_rule_email(),
      byCode: { email_taken: t.customer_rule_taken(), email_theirs: t.customer_rule_theirs() },
    },
    name: {
      field: 'name',
      label: t.customer_field_name(),
      rule: t.form_rule_length({ max: 200 }),
      byCode: { required: t.customer_rule_nothing() },
    },
    phone: { field: 'phone', label: t.customer_field_phone(), rule: t.customer_rule_phone() },
    address: { field: 'address', label: t.customer_field_address(), rule: t.form_rule_length({ max: 500 }) },
    birthday: { field: 'birthday', label: t.customer_field_birthday(), rule: t.customer_rule_birthday() },
    language: { field: 'language', label: t.customer_field_language(), rule: t.customer_rule_language() },
    news: { field: 'newsSource', label: t.customer_field_news_source(), rule: t.customer_rule_news_source() },
  };
}

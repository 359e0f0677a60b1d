import { type OccasionKind, occasionKinds } from '../functions/care/occasions/occasion-day.ts';
import type { OccasionInput } from '../functions/care/occasions/set-occasion.ts';
import { audiences, giftForms, type OccasionSetting } from '../functions/care/occasions/settings.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import { currencyExponent, shortDecimal } from '../functions/ground/platform/money.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

/** What a form about a kind of day holds. */
export interface OccasionTyped {
  kind: OccasionKind;
  isOn: boolean;
  audience: string;
  giftForm: string;
  amount: string;
  minimum: string;
  months: string;
}

/** The form as it was sent; its fields bear the kind's name, since four stand on one page. */
export function typedOccasion(fields: ReadonlyMap<string, string>): OccasionTyped {
  const kind = oneOf(fields.get('kind') ?? null, occasionKinds) ?? 'birthday';
  const value = (name: string) => fields.get(`${kind}_${name}`) ?? '';
  return {
    ...{ kind, isOn: value('on') !== '', audience: value('audience'), giftForm: value('gift') },
    ...{ amount: value('amount'), minimum: value('minimum'), months: value('months') },
  };
}

/** The form as it stands before anybody changed it. */
export function keptOccasion(setting: OccasionSetting): OccasionTyped {
  const { kind, isOn, audience, giftForm, giftMinor, minimumMinor, voucherMonths, currency } = setting;
  const sum = (minor: bigint) =>
    minor === 0n ? '' : shortDecimal(minor, currencyExponent(currency ?? '') ?? 2);
  return {
    ...{ kind, isOn, audience, giftForm, amount: sum(giftMinor), minimum: sum(minimumMinor) },
    months: voucherMonths === null ? '' : String(voucherMonths),
  };
}

/** What the operation is asked for. */
export function occasionInput({ audience, giftForm, months, ...typed }: OccasionTyped): OccasionInput {
  const number = /^\d{1,2}$/.test(months) ? Number(months) : 0;
  return {
    ...typed,
    audience: oneOf(audience, audiences) ?? 'everybody',
    giftForm: oneOf(giftForm, giftForms) ?? 'none',
    months: giftForm === 'voucher' && months !== '' ? number : null,
  };
}

/** What is wrong, at its field. */
export function occasionErrors(t: Messages, kind: OccasionKind, errors: readonly FieldError[]): FormError[] {
  const rule = (name: string, label: string, text: string) => ({
    field: `${kind}_${name}`,
    label,
    rule: text,
  });
  const byCode = { currency_not_set: t.occasions_rule_currency() };
  return fieldErrors(t, errors, {
    amount: { ...rule('amount', t.occasions_amount(), t.occasions_rule_amount()), byCode },
    minimum: rule('minimum', t.occasions_minimum(), t.occasions_rule_amount()),
    months: rule('months', t.occasions_months(), t.occasions_rule_months()),
  });
}

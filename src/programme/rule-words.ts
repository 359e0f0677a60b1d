import type { Messages } from '../locale.ts';
import type { expiries, periods, RuleForm } from './rule-form.ts';

export function formWords(t: Messages, form: RuleForm): string {
  return t[`programme_scheme_${form}`]();
}

export function periodWords(t: Messages, period: (typeof periods)[number]): string {
  return period === 'membership-year'
    ? t.programme_period_membership_year()
    : t[`programme_period_${period}`]();
}

export function expiryWords(t: Messages, expiry: (typeof expiries)[number]): string {
  return expiry === 'period-end' ? t.programme_expires_period_end() : t[`programme_expires_${expiry}`]();
}

import type { CookieName } from '../../functions/ground/http/cookies.ts';
import type { Messages } from '../locale.ts';

/** For how long something is kept. */
export function keptWords(months: string, t: Messages): string {
  if (months === 'always') return t.kept_always();
  const n = Number(months);
  return n % 12 === 0 && n > 12 ? t.kept_years({ n: n / 12 }) : t.kept_months({ n });
}

/** What a setting of how long something is kept means to whose data it is; null for one that has no words. */
export function periodWords(key: string, months: string, t: Messages): string | null {
  return periods[key]?.(t, { period: keptWords(months, t) }) ?? null;
}

const periods: Readonly<Record<string, (t: Messages, of: { period: string }) => string>> = {
  mailMonths: (t, of) => t.kept_mails(of),
  feedbackFileMonths: (t, of) => t.kept_feedback_files(of),
  returnFileMonths: (t, of) => t.kept_return_files(of),
  contactMonths: (t, of) => t.kept_contacts(of),
  importMonths: (t, of) => t.kept_imports(of),
  looksMonths: (t, of) => t.kept_looks(of),
  invoiceMonths: (t, of) => t.kept_invoices(of),
};

/** What a cookie does, and for how long. */
export const cookieWords: Readonly<Record<CookieName, (t: Messages) => string>> = {
  session: (t) => t.cookie_session(),
  known: (t) => t.cookie_known(),
  browser: (t) => t.cookie_browser(),
  link: (t) => t.cookie_link(),
  next: (t) => t.cookie_next(),
  writer: (t) => t.cookie_writer(),
  device: (t) => t.cookie_device(),
  draft: (t) => t.cookie_draft(),
};

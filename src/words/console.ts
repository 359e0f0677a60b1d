import type { ConsoleOverview, Happening } from '../../functions/desk/console/types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

/** What the business owes, as a sum. */
export function owedParts(owed: NonNullable<ConsoleOverview['owed']>, t: Messages, { money }: Formats) {
  const { available, pending, vouchers } = owed;
  const minor = available.minor + pending.minor + vouchers.amount.minor;
  return {
    parts: [
      { text: t.owed_available(), amount: money(available) },
      { text: t.owed_pending(), amount: money(pending) },
      { text: t.owed_vouchers({ count: vouchers.count }), amount: money(vouchers.amount) },
    ],
    total: { text: t.owed_total(), amount: money({ ...available, minor }) },
  };
}

/** What a job does; the name of one that has no words. */
export function jobWords(t: Messages, name: string): string {
  switch (name) {
    case 'nearly':
    case 'resettle':
    case 'settle':
    case 'expire':
    case 'search':
    case 'owners':
    case 'sessions':
    case 'mail':
    case 'emails':
    case 'expiring':
    case 'vouchers':
    case 'waiting':
    case 'imports':
    case 'causes':
    case 'figures':
    case 'facts':
    case 'numbers':
    case 'forecasts':
    case 'segments':
    case 'recommendations':
    case 'attention':
    case 'replies':
    case 'managers':
    case 'merging':
    case 'proof':
    case 'backups':
    case 'archives':
    case 'campaigns':
    case 'moments':
    case 'occasions':
    case 'plans':
    case 'periods':
    case 'hits':
    case 'thanks':
    case 'papers':
      return t[`job_${name}`]();
    case 'segments-anew':
      return t.job_segments_anew();
    case 'task-mails':
      return t.job_task_mails();
    case 'erasure':
      return t.job_erasure();
    case 'customer-list':
      return t.job_customer_list();
    case 'import-files':
      return t.job_import_files();
    case 'cases':
      return t.feedback_job();
    case 'club':
      return t.club_job();
    case 'promises':
      return t.promises_job();
    case 'referrals':
      return t.referral_job();
    case 'surveys':
      return t.surveys_job();
    case 'changes':
      return t.testimonials_job();
    default:
      return name;
  }
}

export function actorWords({ kind, name }: Happening['by'], t: Messages): string {
  switch (kind) {
    case 'customer':
    case 'anonymous':
      return t[`by_${kind}`]();
    case 'staff':
    case 'key':
    case 'system':
      return t[`by_${kind}`]({ name: name ?? '' });
  }
}

import type { Messages } from '../locale.ts';

/** What waits for a person; the name of one that has no words. */
export function handWords(t: Messages, what: string): string {
  switch (what) {
    case 'cases':
    case 'causes':
    case 'join_requests':
    case 'unconfirmed':
    case 'referrals':
    case 'payouts':
    case 'credits':
    case 'late_orders':
    case 'order_requests':
    case 'returns':
    case 'testimonials':
    case 'applications':
    case 'promises':
    case 'hospitality':
    case 'mail':
    case 'jobs':
    case 'doubts':
    case 'owner_changes':
    case 'backups':
    case 'attention':
    case 'ideas':
    case 'tasks':
    case 'unknown_contacts':
    case 'failed_mails':
    case 'without_manager':
      return t[`hand_${what}`]();
    default:
      return what;
  }
}

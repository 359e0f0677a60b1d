import { workClub } from '../club/work-club.ts';
import { indexOrders } from '../console/index-orders.ts';
import { remindOverdue } from '../feedback/remind-overdue.ts';
import { deliverMail } from '../mail/deliver-mail.ts';
import { tellExpiring } from '../mail/expiring/tell-expiring.ts';
import { tellNearly } from '../mail/nearly/tell-nearly.ts';
import { tellWaiting } from '../mail/waiting/tell-waiting.ts';
import type { Context } from '../platform/context.ts';
import { expireDue, resettle, settleDue } from '../programme/settle-accounts.ts';
import { returnLapsedVouchers } from '../redemptions/return-lapsed.ts';
import { lookAtReferrals } from '../referrals/look-due.ts';
import { makeDueEmailChanges } from '../sign-in/make-email-change.ts';
import { sweepSignIn } from '../sign-in/sweep-sign-in.ts';
import { workSurveys } from '../surveys/work-surveys.ts';
import { tellChanges } from '../testimonials/changes.ts';

/** Work that comes round by itself. Running one twice, or two at once, changes nothing. */
export interface Job {
  name: string;
  /** 1 or more; how often it is due. */
  everyMinutes: number;
  run: (ctx: Context) => Promise<unknown>;
}

/** In the order in which they run: what may cause mail comes before the mail. */
export const jobs: readonly Job[] = [
  { name: 'resettle', everyMinutes: 1, run: resettle },
  { name: 'settle', everyMinutes: 1, run: settleDue },
  { name: 'expire', everyMinutes: 1, run: expireDue },
  { name: 'vouchers', everyMinutes: 1, run: returnLapsedVouchers },
  { name: 'referrals', everyMinutes: 1, run: lookAtReferrals },
  { name: 'club', everyMinutes: 1, run: workClub },
  { name: 'surveys', everyMinutes: 1, run: workSurveys },
  { name: 'changes', everyMinutes: 10, run: tellChanges },
  { name: 'emails', everyMinutes: 1, run: makeDueEmailChanges },
  { name: 'sessions', everyMinutes: 60, run: sweepSignIn },
  { name: 'cases', everyMinutes: 1, run: remindOverdue },
  { name: 'nearly', everyMinutes: 1, run: tellNearly },
  { name: 'expiring', everyMinutes: 10, run: tellExpiring },
  { name: 'waiting', everyMinutes: 10, run: tellWaiting },
  { name: 'mail', everyMinutes: 1, run: deliverMail },
  { name: 'search', everyMinutes: 1, run: indexOrders },
];

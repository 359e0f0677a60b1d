import type { MailParams, Template } from '../../functions/mail/templates.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const at = Date.UTC(2026, 2, 1, 10);
/** One of each mail that carries no secret: all of them are laid out in every language. */
export const samples: {
  [T in Exclude<Template, 'sign_in' | 'email_change' | 'staff_invitation'>]: MailParams[T];
} = {
  email_changed_notice: { changedAt: at },
  order_placed: {
    source: 'till',
    number: 'A/17 <b>',
    placedAt: { at, day: null },
    total: eur(123456n),
    promisedBy: '2026-03-05',
  },
  order_state: {
    source: 'till',
    number: 'A-17',
    status: 'shipped',
    at: { at, day: '2026-03-01' },
    carrier: 'DHL',
    trackingNumber: '00340434',
  },
  target_reached: { ruleName: '5 back for every 100', spend: eur(10000n), pays: eur(500n) },
  voucher_issued: {
    code: 'K7QX-M2PD',
    amount: eur(500n),
    minimum: eur(2000n),
    expiresAt: Date.UTC(2026, 8, 1),
  },
};

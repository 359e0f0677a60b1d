import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { redemptionMails } from '../../../functions/money/redemptions/letters/kinds.ts';

const causeFact = (cause: string | null): [string, string][] => (cause === null ? [] : [fact('For', cause)]);

export const redemptions: Letters<typeof redemptionMails> = {
  payout_paid: ({ kind, amount, cause, reference, at }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `We have paid you ${formats.money(amount)}`
        : `Your donation of ${formats.money(amount)} has been passed on`,
    heading:
      kind === 'payout'
        ? `${formats.money(amount)} is on its way to you`
        : `Your donation of ${formats.money(amount)} has arrived`,
    paragraphs: [
      kind === 'payout'
        ? 'You asked us to pay out credit from your account. We have made the payment; a bank may take a few days.'
        : 'You gave credit from your account to a good cause. We have passed it on. Thank you.',
    ],
    facts: [
      fact(kind === 'payout' ? 'Paid on' : 'Passed on', formats.day(at)),
      ...causeFact(cause),
      ...(reference === null ? [] : [fact('Payment reference', reference)]),
    ],
    button: 'See your statement',
    notes: [],
  }),
  payout_unpaid: ({ kind, amount, cause }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `Correction: ${formats.money(amount)} is still to be paid`
        : `Correction: your donation of ${formats.money(amount)} is still to be passed on`,
    heading: 'We wrote to you too early',
    paragraphs: [
      kind === 'payout'
        ? `Today we told you that ${formats.money(amount)} had been paid to you. That was a mistake: it is still to come. We are sorry, and will write again once it is paid.`
        : `Today we told you that your donation of ${formats.money(amount)} had been passed on. That was a mistake: we still have to do it. We are sorry, and will write again once it is done.`,
    ],
    facts: causeFact(cause),
    button: 'See your statement',
    notes: [],
  }),
  payout_returned: ({ kind, amount, cause, reason }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `Your payout of ${formats.money(amount)} is back in your balance`
        : `Your donation of ${formats.money(amount)} is back in your balance`,
    heading: `${formats.money(amount)} is back in your balance`,
    paragraphs: [
      kind === 'payout'
        ? 'We could not pay out the credit you asked for. All of it is yours to spend again.'
        : 'We could not pass on the credit you wanted to give. All of it is yours to spend again.',
    ],
    facts: [...causeFact(cause), ...(reason === null ? [] : [fact('Reason', reason)])],
    button: 'See your statement',
    notes: ['If something is wrong, tell us under “Feedback” in your account.'],
  }),
};

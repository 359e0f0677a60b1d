import {
  type ColumnFate,
  emptied,
  kept,
  nobodys,
  numbersOf,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

/** What a donation is for is no word of theirs. */
const exceptOfDonations: ColumnFate = { to: "CASE WHEN kind = 'donation' THEN reference END" };

export const personalData: PersonalData = {
  redemptions: { of: 'account_id IN $accounts', columns: { reference: exceptOfDonations } },
  payout_steps: { of: 'redemption_id IN $redemptions', columns: { reference: emptied } },
  redemption_handovers: numbersOf('redemption_id IN $redemptions'),
  reversals: { of: 'redemption_id IN $redemptions', columns: { reason: emptied } },
  vouchers: { of: 'account_id IN $accounts', key: 'code', columns: {} },
  voucher_uses: numbersOf('code IN $vouchers'),
  voucher_cancellations: {
    of: 'code IN $vouchers',
    columns: { reason: kept('One of three words of ours.') },
  },
  open_payouts: nobodys('The name of a cause.', 'cause'),
  payout_sums: nobodys('The name of a cause.', 'cause'),
};

import { type Amount, toMoneyJson } from '../../ground/platform/money.ts';
import type { RehearsedReturn } from './rehearse-return.ts';
import type { ReturnPreviewAnswer } from './schema.ts';

/** What a return would come to, as the API answers it. */
export function toReturnPreview({ outcome, currency, split, rewards }: RehearsedReturn): ReturnPreviewAnswer {
  const money = (minor: bigint) => toMoneyJson(minor, currency);
  const told = ({ minor, currency: own }: Amount) => toMoneyJson(minor, own);
  const none = { minor: 0n, currency };
  const { entries = [], available, pending } = rewards ?? {};
  return {
    outcome,
    worth: money(split.worthMinor),
    money: money(split.moneyMinor),
    voucher: money(split.voucherMinor),
    credit: money(split.creditMinor),
    bonus: money(split.bonusMinor),
    entries: entries.map(({ kind, amount }) => ({ kind, amount: told(amount) })),
    available: { before: told(available?.before ?? none), after: told(available?.after ?? none) },
    pending: { before: told(pending?.before ?? none), after: told(pending?.after ?? none) },
  };
}

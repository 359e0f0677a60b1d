import type { VoucherView } from '../../functions/desk/portal/voucher-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

/** The page of one voucher. */
export function voucherHref({ code }: { code: string }): string {
  return `/account/rewards/vouchers/${encodeURIComponent(code)}`;
}

/** How long a voucher lasts, and from which purchase on. */
export function voucherTermsWords(voucher: VoucherView, t: Messages, { day, money }: Formats): string {
  const { expiresAt, minimum } = voucher;
  const until = expiresAt === null ? t.voucher_no_end() : t.voucher_until({ date: day(expiresAt) });
  return minimum === null ? until : `${until}, ${t.voucher_minimum({ amount: money(minimum) })}`;
}

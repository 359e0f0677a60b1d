import type { FieldError } from '../../ground/platform/errors.ts';

/** What is wrong with credit given or taken by hand; `isGift` refuses taking. */
export function adjustmentErrors(
  { amount, reason }: { amount: bigint; reason: string },
  { isGift }: { isGift: boolean } = { isGift: false },
): FieldError[] {
  const text = reason.trim();
  const wrong = (path: string, message: string) => ({ path, code: 'invalid_value', message });
  return [
    ...(isGift && amount <= 0n ? [wrong('amount', 'has to be more than 0')] : []),
    ...(!isGift && amount === 0n ? [wrong('amount', 'has to be other than 0')] : []),
    ...(text === '' || text.length > 500 ? [wrong('reason', 'has to have 1 to 500 characters')] : []),
  ];
}

import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent, parseSignedDecimal } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { adjust as runAdjust } from '../../money/ledger/adjust.ts';
import { type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { moneyText } from './text.ts';

export const adjust: Command = {
  arguments: ['ACCOUNT', 'AMOUNT'],
  options: { reason: { summary: 'Reason, shown on the statement', value: 'TEXT', isRequired: true } },
  about:
    "ACCOUNT is a customer's email for their own account, a company's or household's name, or an account's id.\n" +
    'AMOUNT is a decimal of the business currency; a negative one takes no more than is available.',
  examples: [
    'adjust ann@example.com 5.00 --reason "Late parcel in August"',
    'adjust "ACME Ltd" -2.50 --reason "Given twice by mistake"',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const amount = await readAmount(ctx, call.argument(1));
        const reason = call.text('reason') ?? '';
        const adjusted = await runAdjust(ctx, { account: call.argument(0), amount, reason });
        const { currency, balance } = adjusted;
        await call.io.answer(adjusted, [
          `${moneyText(amount, currency)} posted; the balance is ${moneyText(balance, currency)}.`,
        ]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

async function readAmount(ctx: Context, text: string): Promise<bigint> {
  const { currency } = await getBusiness(ctx);
  if (currency === null) {
    throw new AppError(
      'currency_not_set',
      'Set a currency first, with a programme or with: settings set currency',
    );
  }
  const parsed = parseSignedDecimal(text, currencyExponent(currency) ?? 2);
  if (parsed.ok) return parsed.minor;
  throw new UsageError(`AMOUNT "${text}" ${refusals[parsed.reason]}.`);
}

const refusals = {
  not_a_number: 'is not an amount such as 5.00 or -2.50',
  comma: 'has a comma: use a point as the decimal separator',
  too_many_decimals: 'has more decimals than the currency',
  negative: 'is not an amount such as 5.00 or -2.50',
  too_large: 'is too large',
} as const;

import { type Coming, listComing } from '../../care/occasions/list-coming.ts';
import { occasionKinds } from '../../care/occasions/occasion-day.ts';
import { setOccasion } from '../../care/occasions/set-occasion.ts';
import { audiences, giftForms } from '../../care/occasions/settings.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const listOccasionsAhead: Command = {
  arguments: [],
  options: {},
  about: 'What is done on birthdays and other days of customers, and whose come within 30 days.',
  examples: ['occasions list', 'occasions list --json'],
  run: async ({ io, defaults, loadHouse }) =>
    withContext(
      defaults,
      async (ctx) => {
        const coming = await listComing(ctx);
        await io.answer(toJson(coming), tableLines(coming.items.map((one) => lineOf(one, coming))));
        return 0;
      },
      { house: await loadHouse() },
    ),
};

export const setOccasionKind: Command = {
  arguments: ['KIND'],
  options: {
    off: { summary: 'Wish nobody well on such days' },
    for: { summary: `${audiences.join(', ')}; everybody unless given`, value: 'WHOM' },
    gift: { summary: `${giftForms.join(', ')}; none unless given`, value: 'FORM' },
    amount: { summary: 'Worth of the gift, such as 5.00', value: 'AMOUNT' },
    minimum: { summary: 'What a purchase with the voucher has to come to', value: 'AMOUNT' },
    months: { summary: 'How long the voucher lasts', value: 'N' },
  },
  about: `Wishes customers well on a kind of day, from today on: ${occasionKinds.join(', ')}.`,
  examples: [
    'occasions set birthday --gift credit --amount 5.00',
    'occasions set joined --for buyers --gift voucher --amount 10.00 --months 3',
    'occasions set birthday --off',
  ],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const months = call.text('months');
        await setOccasion(ctx, {
          kind: oneIn(call.argument(0), occasionKinds, 'KIND'),
          isOn: !call.isOn('off'),
          audience: oneIn(call.text('for') ?? 'everybody', audiences, '--for'),
          giftForm: oneIn(call.text('gift') ?? 'none', giftForms, '--gift'),
          amount: call.text('amount') ?? '',
          minimum: call.text('minimum') ?? '',
          months: months === null ? null : Number(months),
        });
        await call.io.answer({ kind: call.argument(0), isOn: !call.isOn('off') }, [
          call.isOn('off')
            ? 'Nobody is wished well on such days any more.'
            : 'Customers are wished well on such days from today on.',
        ]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

const toJson = ({ items, currency, until }: Coming) => ({ until, currency, items });

function lineOf(
  { day, customerName, kind, name, isWished, giftMinor }: Coming['items'][number],
  { currency }: Coming,
) {
  const gift =
    giftMinor === 0n
      ? ''
      : `${formatDecimal(giftMinor, currencyExponent(currency ?? '') ?? 2)} ${currency ?? ''}`;
  return [day, customerName ?? '', name ?? kind, isWished ? `wished ${gift}`.trim() : ''];
}

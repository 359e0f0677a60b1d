import { findNamed } from '../../circle/club/find-account.ts';
import { getMember } from '../../circle/club/get-member.ts';
import { toPromisesAnswer } from '../../circle/club/promises/answer.ts';
import { listPromises } from '../../circle/club/promises/list-promises.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { tableLines } from './text.ts';

export const memberShown: Command = {
  arguments: ['EMAIL'],
  options: { account: { summary: 'The account, where they have several', value: 'ID' } },
  about: 'A member of the club: the level, why, until when, and what keeps it.',
  examples: ['club member ann@example.com', 'club member ann@example.com --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const asked = { email: call.argument(0), accountId: call.text('account') };
        const { accountId } = await findNamed(ctx, asked);
        const member = await getMember(ctx, { accountId });
        const { level, since, because, heldThrough, keep, next } = member;
        await call.io.answer(
          member,
          tableLines([
            ['level', level ?? ''],
            ['since', since],
            ['because', because === null ? '' : `${because.year ?? 'all'}: ${moneyText(because.spend)}`],
            ['held through', heldThrough ?? ''],
            ['to keep it', keep === null ? '' : `${moneyText(keep.missing)} by ${keep.by}`],
            ['grace', keep?.graceThrough ?? ''],
            ['next', next === null ? '' : `${next.level}: ${moneyText(next.missing)}`],
          ]),
        );
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const promisesShown: Command = {
  arguments: [],
  options: {},
  about: 'How often promised days and benefits of the club were kept.',
  examples: ['club promises', 'club promises --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { items } = toPromisesAnswer(await listPromises(ctx));
        await call.io.answer(
          items,
          tableLines(
            items.map(({ promise, titles, kept, of, share, verdict, isProposed }) => [
              titles === null ? promise : (Object.values(titles)[0] ?? promise),
              `${kept} of ${of}`,
              share === null ? '' : `${(share * 100).toFixed(1)} %`,
              isProposed ? 'proposed for withdrawal' : (verdict ?? ''),
            ]),
          ),
        );
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

const moneyText = ({ amount, currency }: { amount: number; currency: string }) =>
  `${formatDecimal(BigInt(amount), currencyExponent(currency) ?? 2)} ${currency}`;

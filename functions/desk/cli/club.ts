import { findNamed } from '../../circle/club/find-account.ts';
import { getMember } from '../../circle/club/get-member.ts';
import { toPromisesAnswer } from '../../circle/club/promises/answer.ts';
import { listPromises } from '../../circle/club/promises/list-promises.ts';
import { listTold } from '../../circle/club/promises/list-told.ts';
import { takeBack } from '../../circle/club/promises/take-back.ts';
import { toToldAnswer } from '../../circle/club/promises/told.ts';
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

export const promisesTold: Command = {
  arguments: [],
  options: { cursor: { summary: '`nextCursor` of the page before', value: 'CURSOR' } },
  about: 'What was told of benefits, kept or broken, the newest first; 20 a page.',
  examples: ['club told', 'club told --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { items, nextCursor } = await listTold(ctx, { cursor: call.text('cursor') });
        const answers = items.map(toToldAnswer);
        await call.io.answer(
          { items: answers, nextCursor },
          tableLines(
            answers.map(({ id, day, titles, account, kept, madeGood, withdrawn }) => [
              ...[id, day, Object.values(titles)[0] ?? '', account ?? '', kept ? 'kept' : 'broken'],
              ...[madeGood === null ? '' : `made good: ${moneyText(madeGood)}`],
              ...[withdrawn === null ? '' : `taken back: ${withdrawn.reason}`],
            ]),
          ),
        );
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const promiseTakenBack: Command = {
  arguments: ['ID'],
  options: { reason: { summary: 'Why it was told by mistake; needed', value: 'REASON' } },
  about:
    'Takes back what was told of a benefit by mistake: it counts no more. What was made good stays the member’s.',
  examples: ['club take-back 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f --reason "It was somebody else’s cup"'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const told = { id: call.argument(0), reason: call.text('reason') ?? '' };
        const taken = await takeBack(ctx, told);
        const { madeGood } = taken;
        await call.io.answer(taken, [
          madeGood === null ? 'It counts no more.' : `It counts no more; ${moneyText(madeGood)} stay theirs.`,
        ]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

const moneyText = ({ amount, currency }: { amount: number; currency: string }) =>
  `${formatDecimal(BigInt(amount), currencyExponent(currency) ?? 2)} ${currency}`;

import { getReturnAnswer } from '../../care/returns/get-return.ts';
import { listReturnAnswers } from '../../care/returns/list-returns.ts';
import { approveReturn, receiveReturn, refuseReturn } from '../../care/returns/move-return.ts';
import type { ReturnAnswer } from '../../care/returns/schema.ts';
import { settleReturn } from '../../care/returns/settle-return.ts';
import { returnOutcomes } from '../../care/returns/terms.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { type Call, type Command, UsageError } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

type Money = ReturnAnswer['credit'];

const moneyText = ({ amount, currency }: Money) =>
  `${formatDecimal(BigInt(amount), currencyExponent(currency) ?? 2)} ${currency}`;

export const returnsListed: Command = {
  arguments: [],
  options: {
    all: { summary: 'Also those that are over, the newest first' },
    cursor: { summary: '`nextCursor` of the page before', value: 'CURSOR' },
  },
  about: 'The returns that wait for somebody, those that wait longest first; 50 a page.',
  examples: ['returns list', 'returns list --all --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const state = call.isOn('all') ? 'all' : 'open';
        const page = await listReturnAnswers(ctx, { state, cursor: call.text('cursor') });
        const lines = page.items.map(({ reference, state: stands, order, wish, outcome, worth, isMuch }) => [
          ...[reference, stands, `${order.source} ${order.number}`, outcome ?? wish, moneyText(worth)],
          isMuch ? 'returns much' : '',
        ]);
        await call.io.answer(page, tableLines(lines));
        if (page.nextCursor !== null) call.io.note(`More: --cursor ${page.nextCursor}`);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const returnShown: Command = {
  arguments: ['REFERENCE'],
  options: {},
  about: 'One return: what is to come back, what was told that it would come to, and each step.',
  examples: ['returns show K7QX-M2PD', 'returns show K7QX-M2PD --json'],
  run: (call) => answering(call, (ctx) => getReturnAnswer(ctx, { reference: call.argument(0) })),
};

interface Step {
  about: string;
  isNoteNeeded?: boolean;
  run: (ctx: Context, said: { reference: string; note: string }) => Promise<ReturnAnswer>;
}

/** A step that staff take; the customer is told. */
function step(name: string, { about, isNoteNeeded = false, run }: Step): Command {
  return {
    about,
    arguments: ['REFERENCE'],
    options: {
      note: { summary: 'What the customer is told with it', value: 'TEXT', isRequired: isNoteNeeded },
    },
    examples: [`returns ${name} K7QX-M2PD --note "Bring it to any of our shops."`],
    run: (call) =>
      answering(call, (ctx) => run(ctx, { reference: call.argument(0), note: call.text('note') ?? '' })),
  };
}

export const returnApproved = step('approve', {
  about: 'Agrees to a return; the customer is told where to bring or send the things.',
  run: approveReturn,
});
export const returnRefused = step('refuse', {
  about: 'Declines a return, with why.',
  isNoteNeeded: true,
  run: refuseReturn,
});
export const returnReceived = step('receive', {
  about: 'Tells that the things of a return have come.',
  run: receiveReturn,
});

export const returnSettled: Command = {
  arguments: ['REFERENCE'],
  options: {
    as: { summary: `${returnOutcomes.join(', ')}; what the customer wished unless given`, value: 'OUTCOME' },
    take: {
      summary: 'So many of a line were right; all of every line where none is given',
      value: 'LINE=N',
      isMultiple: true,
    },
    note: { summary: 'What the customer is told with it', value: 'TEXT' },
  },
  about:
    'Ends a return: the refund is recorded on its order, credit is booked, rewards follow and the customer is told.\n' +
    'An exchange moves no money. Where --take is given, nothing is taken back of lines that are not named.',
  examples: ['returns settle K7QX-M2PD', 'returns settle K7QX-M2PD --as credit --take 1=2'],
  run: (call) =>
    answering(call, async (ctx) => {
      const reference = call.argument(0);
      const as = call.text('as');
      const { wish } = as === null ? await getReturnAnswer(ctx, { reference }) : { wish: as };
      const outcome = oneIn(wish, returnOutcomes, '--as');
      const taken = call.list('take').map(takenIn);
      const lines = taken.length === 0 ? {} : { lines: taken };
      return settleReturn(ctx, { reference, outcome, note: call.text('note'), ...lines });
    }),
};

/** @throws {UsageError} */
function takenIn(text: string): { line: string; quantity: number } {
  const at = text.lastIndexOf('=');
  const count = text.slice(at + 1);
  if (at < 1 || !/^\d+(\.\d{1,3})?$/.test(count))
    throw new UsageError(`--take has to be a line and how many, such as 1=2, not '${text}'.`);
  return { line: text.slice(0, at), quantity: Number(count) };
}

/** Does something with one return and prints what it is then. */
async function answering(call: Call, work: (ctx: Context) => Promise<ReturnAnswer>): Promise<number> {
  return withContext(
    call.defaults,
    async (ctx) => {
      const answer = await work(ctx);
      await call.io.answer(answer, linesOf(answer));
      return 0;
    },
    { house: await call.loadHouse() },
  );
}

function linesOf({ reference, state, order, outcome, wish, ...answer }: ReturnAnswer): string[] {
  const { lines, told, money, credit, events } = answer;
  return [
    `${reference} ${state}: ${outcome ?? wish}, of order ${order.source} ${order.number}`,
    ...tableLines(
      lines.map(({ line, product, quantity, accepted, reason, worth }) => [
        ...[line, product ?? '', `${quantity}`, reason, moneyText(worth)],
        accepted === null ? '' : `taken back ${accepted}`,
      ]),
    ),
    ...(state === 'settled'
      ? [`Given back: ${moneyText(money ?? { ...credit, amount: 0 })} money, ${moneyText(credit)} credit`]
      : [`Told: ${moneyText(told.money)} money, ${moneyText(told.credit)} credit`]),
    ...tableLines(events.map(({ at, state: stood, note }) => [at, stood, note ?? ''])),
  ];
}

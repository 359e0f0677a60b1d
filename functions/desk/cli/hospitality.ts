import { decideHospitality } from '../../care/hospitality/decide-hospitality.ts';
import { listHospitality } from '../../care/hospitality/list-hospitality.ts';
import { recordHospitality } from '../../care/hospitality/record-hospitality.ts';
import { type DecisionInput, hospitalityKinds } from '../../care/hospitality/schema.ts';
import { type HospitalityEntry, toAnswer } from '../../care/hospitality/to-entry.ts';
import { withdrawHospitality } from '../../care/hospitality/withdraw-hospitality.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent, formatDecimal, parseDecimal, toMoneyJson } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findOwnerByEmail } from '../../people/sign-in/find-owner.ts';
import type { Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

export const hospitalityListed: Command = {
  arguments: [],
  options: {
    since: { summary: 'The first day; of this year unless given', value: 'DAY' },
    until: { summary: 'The last day; of this year unless given', value: 'DAY' },
    cursor: { summary: '`nextCursor` of the page before', value: 'CURSOR' },
  },
  about: 'The register of gifts to customers and their entertainment, the newest day first; 50 a page.',
  examples: ['hospitality list', 'hospitality list --since 2025-01-01 --until 2025-12-31 --json'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { items, nextCursor } = await listHospitality(ctx, {
          since: call.text('since'),
          until: call.text('until'),
          cursor: call.text('cursor'),
        });
        await call.io.answer({ items: items.map(toAnswer), nextCursor }, tableLines(items.map(lineOf)));
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

export const hospitalityRecorded: Command = {
  arguments: ['EMAIL', 'WORTH'],
  options: {
    for: { summary: 'What it is for; needed', value: 'PURPOSE' },
    by: { summary: 'Who of the team gives it; needed', value: 'EMAIL' },
    kind: { summary: `${hospitalityKinds.join(' or ')}; gift unless given`, value: 'KIND' },
    on: { summary: 'The day; today unless given', value: 'DAY' },
  },
  about:
    'Writes a gift to a customer or their entertainment into the register; over a limit it waits for a second person.',
  examples: ['hospitality add ann@example.com 25.00 --for "Thanks for the advice" --by olena@example.com'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const { currency } = await getBusiness(ctx);
        const parsed = parseDecimal(call.argument(1), currencyExponent(currency ?? '') ?? 2);
        if (!parsed.ok) throw new AppError('bad_request', 'WORTH has to be an amount such as 25.00.');
        const [customer] = await findOwnerByEmail(ctx.db.fresh, { email: call.argument(0) });
        if (customer === undefined) throw new AppError('not_found', 'There is no customer with this email.');
        const entry = await recordHospitality(ctx, {
          customer: customer.id,
          giver: call.text('by') ?? '',
          kind: oneIn(call.text('kind') ?? 'gift', hospitalityKinds, '--kind'),
          purpose: call.text('for') ?? '',
          worth: toMoneyJson(parsed.minor, currency ?? ''),
          day: call.text('on'),
        });
        await call.io.answer(toAnswer(entry), [`${entry.id} ${entry.state}`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function decided(outcome: DecisionInput['outcome'], words: Pick<Command, 'about' | 'examples'>): Command {
  return {
    ...words,
    arguments: ['ID'],
    options: {
      by: { summary: 'Which owner or manager decided; needed', value: 'EMAIL' },
      reason: { summary: 'Why; needed to refuse', value: 'REASON' },
    },
    run: async (call) =>
      withContext(
        call.defaults,
        async (ctx) => {
          const entry = await decideHospitality(ctx, {
            ...{ id: call.argument(0), outcome },
            ...{ by: call.text('by'), reason: call.text('reason') },
          });
          await call.io.answer(toAnswer(entry), [`${entry.id} ${entry.state}`]);
          return 0;
        },
        { house: await call.loadHouse() },
      ),
  };
}

export const hospitalityApproved = decided('approved', {
  about:
    'Approves what is over a limit, by an owner or manager who neither gives it nor wrote it down; by the owner alone where nobody else on the team could.',
  examples: ['hospitality approve 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f --by maryna@example.com'],
});

export const hospitalityRefused = decided('refused', {
  about: 'Refuses what is over a limit, with why; it counts for nothing.',
  examples: [
    'hospitality refuse 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f --by maryna@example.com --reason "Too much for one person"',
  ],
});

export const hospitalityWithdrawn: Command = {
  arguments: ['ID'],
  options: { reason: { summary: 'Why it counts for nothing; needed', value: 'REASON' } },
  about: 'Takes back an entry that was not given after all, or was a mistake; it stays readable.',
  examples: ['hospitality withdraw 0198f3c2a4b87c1e9d5f6a7b8c9d0e1f --reason "They could not come"'],
  run: async (call) =>
    withContext(
      call.defaults,
      async (ctx) => {
        const withdrawal = { id: call.argument(0), reason: call.text('reason') ?? '' };
        const entry = await withdrawHospitality(ctx, withdrawal);
        await call.io.answer(toAnswer(entry), [`${entry.id} ${entry.state}`]);
        return 0;
      },
      { house: await call.loadHouse() },
    ),
};

function lineOf({
  id,
  day,
  customer,
  kind,
  purpose,
  worthMinor,
  currency,
  giver,
  state,
}: HospitalityEntry): string[] {
  const worth = `${formatDecimal(worthMinor, currencyExponent(currency) ?? 2)} ${currency}`;
  return [id, day, customer ?? '', kind, purpose, worth, giver, state];
}

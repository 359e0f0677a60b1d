import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type AppliedDraft,
  applyEntries,
  availableAt,
  type BookChange,
  debtOf,
  type Entry,
  emptyBook,
  expireDue,
  type LotBook,
  redeem,
  replay,
  reverseRedeem,
  type Taken,
} from '../../../functions/money/rewards/lots.ts';
import type { DebtPolicy } from '../../../functions/money/rewards/types.ts';

const day = 86_400_000;

type Command =
  | { do: 'earn' | 'clawback' | 'redeem'; amount: bigint; rule: string; days: number | null }
  | { do: 'reverse' | 'wait'; pick: number };

interface Account {
  book: LotBook;
  entries: Entry[];
  redeemed: { redeemSeq: number; taken: Taken[] }[];
  owed: Map<string, bigint>;
  now: number;
}

it('keeps lots, debt and balance together, and can rebuild them from the entries alone', () => {
  fc.assert(
    fc.property(fc.array(commands, { maxLength: 40 }), policies, (history, debtPolicy) => {
      const account: Account = { book: emptyBook, entries: [], redeemed: [], owed: new Map(), now: 0 };
      for (const command of history) {
        run(account, command, debtPolicy);
        expectSound(account);
      }
      expect(replay(account.entries).book).toEqual(account.book);
      expect(debtPolicy === 'forgive' ? debtOf(account.book) : 0n).toBe(0n);
    }),
    { numRuns: 300 },
  );
});

it('ends in the same balance in any order when nothing is spent, ended or forgiven', () => {
  const arrivals = fc
    .array(fc.bigInt({ min: 1n, max: 500n }), { minLength: 1, maxLength: 8 })
    .chain((amounts) => {
      const drafts = amounts.flatMap((amount) => [
        entry('earn', amount),
        entry('clawback', -amount / 2n - 1n),
      ]);
      return fc.shuffledSubarray(drafts, { minLength: drafts.length });
    });
  fc.assert(
    fc.property(arrivals, (drafts) => {
      const { book } = applyEntries(emptyBook, drafts, { debtPolicy: 'carry', now: day });
      expect(book.balance).toBe(drafts.reduce((sum, draft) => sum + draft.amount, 0n));
    }),
  );
});

function run(account: Account, command: Command, debtPolicy: DebtPolicy): void {
  account.now += command.do === 'wait' ? command.pick * day : 1;
  const change = changeBy(account, command, debtPolicy);
  if (change === null) return;
  account.book = change.book;
  account.entries.push(...change.entries);
}

function changeBy(account: Account, command: Command, debtPolicy: DebtPolicy): BookChange | null {
  const { book, now } = account;
  switch (command.do) {
    case 'earn':
    case 'clawback':
      return applyEntries(book, draftsOf(account, command), { debtPolicy, now });
    case 'redeem':
      return spend(account, command.amount);
    case 'reverse': {
      const [request] = account.redeemed.splice(command.pick % (account.redeemed.length || 1), 1);
      return request === undefined ? null : reverseRedeem(book, { ...request, now });
    }
    case 'wait':
      return expireDue(book, now);
  }
}

/** A taking back is never of more than the rule has earned. */
function draftsOf(account: Account, command: Extract<Command, { amount: bigint }>): AppliedDraft[] {
  const { rule, days } = command;
  const owed = account.owed.get(rule) ?? 0n;
  const amount = command.do === 'earn' ? command.amount : command.amount < owed ? -command.amount : -owed;
  if (amount === 0n) return [];
  account.owed.set(rule, owed + amount);
  const expiresAt = command.do === 'earn' && days !== null ? account.now + (days - 3) * day : null;
  return [
    {
      ...entry(command.do === 'earn' ? 'earn' : 'clawback', amount),
      ruleId: rule,
      expiresAt,
      effectiveAt: account.now,
    },
  ];
}

function spend(account: Account, amount: bigint): BookChange | null {
  const available = availableAt(account.book, account.now);
  const result = redeem(account.book, { amount, now: account.now });
  expect(result.ok).toBe(amount <= available);
  if (!result.ok) {
    expect(result.available).toBe(available);
    return null;
  }
  expect(result.taken.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount);
  account.redeemed.push({ redeemSeq: result.entry.seq, taken: result.taken });
  return result;
}

function expectSound({ book, entries }: Account): void {
  const remaining = book.lots.reduce((sum, lot) => sum + lot.remaining, 0n);
  const posted = entries.reduce((sum, { amount }) => sum + amount, 0n);
  expect(book.balance).toBe(posted);
  expect(entries.at(-1)?.balanceAfter ?? 0n).toBe(posted);
  expect(remaining - debtOf(book)).toBe(posted);
  expect(remaining === 0n || debtOf(book) === 0n).toBe(true);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  for (const lot of book.lots) {
    expect(lot.remaining >= 0n && lot.expired >= 0n && lot.remaining + lot.expired <= lot.amount).toBe(true);
  }
}

function entry(kind: 'earn' | 'clawback', amount: bigint): AppliedDraft {
  return { kind, amount, ruleId: 'a', version: 1, effectiveAt: 0 };
}

const policies = fc.constantFrom<DebtPolicy>('carry', 'forgive');

const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('earn' as const, 'clawback' as const, 'redeem' as const),
      amount: fc.bigInt({ min: 1n, max: 900n }),
      rule: fc.constantFrom('a', 'b'),
      days: fc.option(fc.integer({ min: 1, max: 90 })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('reverse' as const, 'wait' as const),
      pick: fc.integer({ min: 0, max: 45 }),
    }),
  },
);

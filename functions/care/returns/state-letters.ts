import type { Mail } from '../../ground/outbox/queue-mail.ts';
import type { ReturnRow } from './queries.ts';
import type { ReturnTerms } from './terms.ts';
import { toldIn } from './to-answer.ts';

/** What tells customers of a step of a return: what they are to do, and what they get. */
export function stateLetters(
  { how }: Pick<ReturnTerms, 'how'>,
  row: ReturnRow,
  { note, hasLabel, readers }: { note: string | null; hasLabel: boolean; readers: readonly string[] },
): Mail[] {
  const { reference, number, state, currency, outcome, wish } = row;
  if (state === 'withdrawn') return [];
  const told = toldIn(row);
  const isSettled = state === 'settled';
  const money = (minor: bigint | null) => (minor === null || minor === 0n ? null : { minor, currency });
  const params = {
    ...{ reference, number, state, note, hasLabel },
    outcome: outcome ?? wish,
    money: money(isSettled ? row.moneyMinor : told.moneyMinor),
    credit: money(isSettled ? row.creditMinor : told.creditMinor),
    how: state === 'approved' ? how : {},
  };
  return readers.map((customerId) => ({ template: 'return_state', params, customerId }));
}

import { adjustmentErrors } from '../functions/accounts/adjustment-errors.ts';
import type { CreditOutcome } from '../functions/credits/give-credit.ts';
import { caseMoves } from '../functions/feedback/case-state.ts';
import type { CauseChoice } from '../functions/feedback/causes.ts';
import { currencyExponent, parseDecimal } from '../functions/platform/money.ts';
import { oneOf } from './forms.ts';
import type { CaseRefusal, feedbackOperations } from './operations/feedback.ts';

type Rooms = ReturnType<typeof feedbackOperations>;

/** What is wrong with which form of the page of a case. */
export interface CaseProblem {
  form: string;
  reasons: readonly CaseRefusal[];
}

const nothing = { ok: true as const };

/** Credit for a case that was typed and is to be confirmed. */
export interface CreditToConfirm {
  confirm: { minor: bigint; currency: string };
}

/** Does what one of the forms of a case's page asks for; null when it is done. */
export async function postToCase(
  operations: Rooms,
  { feedbackId, fields }: { feedbackId: string; fields: ReadonlyMap<string, string> },
): Promise<CaseProblem | CreditToConfirm | { credit: CreditOutcome; minor: bigint } | null> {
  const value = (name: string) => fields.get(name) ?? '';
  const form = value('do');
  const act = { feedbackId, key: value('key') || null };
  if (form === 'goodwill') return giveGoodwill();
  const done = await run();
  return done.ok ? null : { form, reasons: [done.reason] };

  async function run(): Promise<{ ok: true } | { ok: false; reason: CaseRefusal }> {
    switch (form) {
      case 'answer': {
        const state = oneOf(value('state'), ['answered', 'waiting', 'resolved']) ?? 'answered';
        return operations.answer({ ...act, text: value('text'), state });
      }
      case 'note':
        return operations.note({ ...act, text: value('text') });
      case 'assign':
        return operations.assign({ ...act, staffId: value('owner') || null });
      case 'cause':
        return operations.setCause({ ...act, choice: causeOf(fields) });
      case 'move': {
        const move = oneOf(value('move'), caseMoves);
        return move === null ? nothing : operations.move({ ...act, move });
      }
      default:
        return nothing;
    }
  }

  async function giveGoodwill() {
    const currency = await operations.getCurrency();
    const typed = value('amount')
      .replace(/[\s\u00a0]/g, '')
      .replace(',', '.');
    const amount = parseDecimal(typed, currencyExponent(currency ?? '') ?? 2);
    const reason = value('reason');
    const minor = amount.ok ? amount.minor : 0n;
    const wrongs = adjustmentErrors({ amount: minor, reason }, { isGift: true });
    const reasons = wrongs.map(({ path }) => (path === 'amount' ? 'amount' : 'reason'));
    if (reasons.length > 0) return { form, reasons };
    if (value('confirmed') !== 'yes') return { confirm: { minor, currency: currency ?? '' } };
    const done = await operations.giveGoodwill({ ...act, amount: minor, reason });
    return done.ok ? { credit: done.credit, minor } : { form, reasons: [done.reason] };
  }
}

/** A new cause that was named goes before one that was chosen. */
function causeOf(fields: ReadonlyMap<string, string>): CauseChoice {
  const [name, id] = [fields.get('name') ?? '', fields.get('cause') ?? ''];
  if (name !== '') return { kind: 'named', name };
  return id === '' ? { kind: 'none' } : { kind: 'known', id };
}

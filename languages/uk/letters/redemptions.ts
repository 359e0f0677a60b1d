import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { redemptionMails } from '../../../functions/money/redemptions/letters/kinds.ts';

const causeFact = (cause: string | null): [string, string][] =>
  cause === null ? [] : [fact('На що', cause)];

export const redemptions: Letters<typeof redemptionMails> = {
  payout_paid: ({ kind, amount, cause, reference, at }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `Ми виплатили вам ${formats.money(amount)}`
        : `Вашу пожертву ${formats.money(amount)} передано`,
    heading:
      kind === 'payout'
        ? `${formats.money(amount)} вже в дорозі до вас`
        : `Пожертву ${formats.money(amount)} передано`,
    paragraphs: [
      kind === 'payout'
        ? 'Ви просили виплатити кошти з рахунку. Ми надіслали платіж; банк може обробляти його кілька днів.'
        : 'Ви віддали кошти з рахунку на добру справу. Ми їх передали. Дякуємо!',
    ],
    facts: [
      fact(kind === 'payout' ? 'Дата виплати' : 'Дата передачі', formats.day(at)),
      ...causeFact(cause),
      ...(reference === null ? [] : [fact('Номер платежу', reference)]),
    ],
    button: 'Переглянути виписку',
    notes: [],
  }),
  payout_unpaid: ({ kind, amount, cause }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `Уточнення: ${formats.money(amount)} ще не виплачено`
        : `Уточнення: пожертву ${formats.money(amount)} ще не передано`,
    heading: 'Ми написали вам зарано',
    paragraphs: [
      kind === 'payout'
        ? `Сьогодні ми повідомили, що виплатили вам ${formats.money(amount)}. Це була помилка: виплата ще попереду. Перепрошуємо; ми напишемо, щойно її зробимо.`
        : `Сьогодні ми повідомили, що передали вашу пожертву ${formats.money(amount)}. Це була помилка: ми ще маємо це зробити. Перепрошуємо; ми напишемо, щойно її передамо.`,
    ],
    facts: causeFact(cause),
    button: 'Переглянути виписку',
    notes: [],
  }),
  payout_returned: ({ kind, amount, cause, reason }, { formats }) => ({
    subject:
      kind === 'payout'
        ? `Виплату ${formats.money(amount)} повернено на ваш баланс`
        : `Пожертву ${formats.money(amount)} повернено на ваш баланс`,
    heading: `${formats.money(amount)} знову на вашому балансі`,
    paragraphs: [
      kind === 'payout'
        ? 'Ми не змогли виплатити кошти, про які ви просили. Усю суму можна витратити знову.'
        : 'Ми не змогли передати кошти, які ви хотіли віддати. Усю суму можна витратити знову.',
    ],
    facts: [...causeFact(cause), ...(reason === null ? [] : [fact('Причина', reason)])],
    button: 'Переглянути виписку',
    notes: ['Якщо щось не так, напишіть нам у розділі «Звернення» вашого кабінету.'],
  }),
};

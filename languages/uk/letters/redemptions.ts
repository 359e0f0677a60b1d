import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';
import type { redemptionMails } from '../../../functions/money/redemptions/letters/kinds.ts';

const causeFact = (cause: string | null): [string, string][] =>
  cause === null ? [] : [fact('На що', cause)];

export const redemptions: Letters<typeof redemptionMails> = {
  payout_paid: ({ kind, amount, cause, reference, at }, { formats, you }) => ({
    subject:
      kind === 'payout'
        ? you(`Ми виплатили вам ${formats.money(amount)}`, `Ми виплатили тобі ${formats.money(amount)}`)
        : you(
            `Вашу пожертву ${formats.money(amount)} передано`,
            `Твою пожертву ${formats.money(amount)} передано`,
          ),
    heading:
      kind === 'payout'
        ? you(`${formats.money(amount)} вже в дорозі до вас`, `${formats.money(amount)} вже в дорозі до тебе`)
        : `Пожертву ${formats.money(amount)} передано`,
    paragraphs: [
      kind === 'payout'
        ? you(
            'Ви просили виплатити кошти з рахунку. Ми надіслали платіж; банк може обробляти його кілька днів.',
            'За твоїм проханням ми виплатили кошти з рахунку. Платіж надіслано; банк може обробляти його кілька днів.',
          )
        : you(
            'Ви віддали кошти з рахунку на добру справу. Ми їх передали. Дякуємо!',
            'Твої кошти з рахунку передано на добру справу. Дякуємо!',
          ),
    ],
    facts: [
      fact(kind === 'payout' ? 'Дата виплати' : 'Дата передачі', formats.day(at)),
      ...causeFact(cause),
      ...(reference === null ? [] : [fact('Номер платежу', reference)]),
    ],
    button: 'Переглянути виписку',
    notes: [],
  }),
  payout_unpaid: ({ kind, amount, cause }, { formats, you }) => ({
    subject:
      kind === 'payout'
        ? `Уточнення: ${formats.money(amount)} ще не виплачено`
        : `Уточнення: пожертву ${formats.money(amount)} ще не передано`,
    heading: you('Ми написали вам зарано', 'Ми написали тобі зарано'),
    paragraphs: [
      kind === 'payout'
        ? you(
            `Сьогодні ми повідомили, що виплатили вам ${formats.money(amount)}. Це була помилка: виплата ще попереду. Перепрошуємо; ми напишемо, щойно її зробимо.`,
            `Сьогодні ми повідомили, що виплатили тобі ${formats.money(amount)}. Це була помилка: виплата ще попереду. Перепрошуємо; ми напишемо, щойно її зробимо.`,
          )
        : you(
            `Сьогодні ми повідомили, що передали вашу пожертву ${formats.money(amount)}. Це була помилка: ми ще маємо це зробити. Перепрошуємо; ми напишемо, щойно її передамо.`,
            `Сьогодні ми повідомили, що передали твою пожертву ${formats.money(amount)}. Це була помилка: ми ще маємо це зробити. Перепрошуємо; ми напишемо, щойно її передамо.`,
          ),
    ],
    facts: causeFact(cause),
    button: 'Переглянути виписку',
    notes: [],
  }),
  payout_returned: ({ kind, amount, cause, reason }, { formats, you }) => ({
    subject:
      kind === 'payout'
        ? you(
            `Виплату ${formats.money(amount)} повернено на ваш баланс`,
            `Виплату ${formats.money(amount)} повернено на твій баланс`,
          )
        : you(
            `Пожертву ${formats.money(amount)} повернено на ваш баланс`,
            `Пожертву ${formats.money(amount)} повернено на твій баланс`,
          ),
    heading: you(
      `${formats.money(amount)} знову на вашому балансі`,
      `${formats.money(amount)} знову на твоєму балансі`,
    ),
    paragraphs: [
      kind === 'payout'
        ? you(
            'Ми не змогли виплатити кошти, про які ви просили. Усю суму можна витратити знову.',
            'Ми не змогли виплатити кошти за твоїм проханням. Усю суму можна витратити знову.',
          )
        : you(
            'Ми не змогли передати кошти, які ви хотіли віддати. Усю суму можна витратити знову.',
            'Ми не змогли передати твої кошти. Усю суму можна витратити знову.',
          ),
    ],
    facts: [...causeFact(cause), ...(reason === null ? [] : [fact('Причина', reason)])],
    button: 'Переглянути виписку',
    notes: [
      you(
        'Якщо щось не так, напишіть нам у розділі «Звернення» вашого кабінету.',
        'Якщо щось не так, напиши нам у розділі «Звернення» твого кабінету.',
      ),
    ],
  }),
};
